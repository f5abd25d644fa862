import CKafka
import ErrandCore
import Synchronization

/// Publishes records with whichever producer is at work.
///
/// A producer sends without gaps until something fails for good or takes too long; then it drops all it has and
/// another takes its place. So a series of records that is published again may be there twice, once in part, but no
/// record ever comes before those that precede it in the series.
final class KafkaPublisher: Sendable {
    private enum State {
        /// The next record needs a producer.
        case idle
        case open(KafkaProducer)
        case closed
    }

    private let configuration: KafkaConfiguration
    private let report: KafkaNotice.Report
    private let state = Mutex(State.idle)

    /// How long a producer may take to deliver what it has when it is no longer needed.
    private static let flushMax = Duration.seconds(10)

    init(_ configuration: KafkaConfiguration, _ report: @escaping KafkaNotice.Report) {
        self.configuration = configuration
        self.report = report
    }

    /// Makes a producer now rather than with the first record.
    func open() throws(KafkaConfigurationError) {
        _ = try producer()
    }

    /// Sends records in order and returns once all of them are acknowledged by all replicas in sync.
    ///
    /// - Throws: ``ErrandError/unavailable`` after ``KafkaConfiguration/deliveryTimeout`` at the latest.
    func publish(_ records: [OutgoingRecord]) async throws(ErrandError) {
        if records.isEmpty { return }
        var open: KafkaProducer?
        do throws(KafkaConfigurationError) {
            open = try producer()
        } catch {
            report(KafkaNotice(.error, "Cannot make a producer: \(error)"))
        }
        guard let producer = open else { throw .unavailable }
        guard let failure = await producer.send(records, within: configuration.deliveryTimeout) else { return }
        report(KafkaNotice(.warning, "\(records.count) records were not published: \(failure)"))
        let isFirst = state.withLock { state in
            guard case .open(let current) = state, current === producer else { return false }
            state = .idle
            return true
        }
        if isFirst { await producer.close(within: .zero) }
        throw .unavailable
    }

    /// Delivers what is on its way, for ten seconds at most. Nothing can be published afterwards.
    func close() async {
        let last = state.withLock { state -> KafkaProducer? in
            defer { state = .closed }
            return if case .open(let producer) = state { producer } else { nil }
        }
        await last?.close(within: KafkaPublisher.flushMax)
    }

    /// Nil once closed.
    private func producer() throws(KafkaConfigurationError) -> KafkaProducer? {
        try state.withLock { (state) throws(KafkaConfigurationError) in
            switch state {
            case .open(let producer): return producer
            case .closed: return nil
            case .idle:
                let producer = try KafkaProducer(configuration.producerProperties, report)
                state = .open(producer)
                return producer
            }
        }
    }
}
