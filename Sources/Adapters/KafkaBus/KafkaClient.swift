import CKafka

/// A client of librdkafka: the handle that all its functions take, and what they call back.
///
/// Whoever opens a client destroys it, once nobody uses it any more.
// librdkafka's functions lock what they share; the pointers never change.
struct KafkaClient: @unchecked Sendable {
    let handle: OpaquePointer
    /// What librdkafka calls back about; held here because the handle does not count references.
    private let listener: KafkaListener

    enum Kind {
        case producer, consumer
    }

    /// - Throws: the settings were refused.
    init(
        _ kind: Kind, _ properties: [KafkaConfiguration.Property], _ listener: KafkaListener
    ) throws(KafkaConfigurationError) {
        let settings = rd_kafka_conf_new()
        var text = [CChar](repeating: 0, count: 512)
        for (name, value) in properties {
            let result = rd_kafka_conf_set(settings, name, value, &text, text.count)
            guard result == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(settings)
                // librdkafka's own words would repeat the value.
                throw KafkaConfigurationError(.client, "something that librdkafka takes as \(name)")
            }
        }
        rd_kafka_conf_set_opaque(settings, Unmanaged.passUnretained(listener).toOpaque())
        rd_kafka_conf_set_log_cb(settings) { handle, level, facility, message in
            guard let handle, let facility, let message, let listener = KafkaListener.of(handle) else { return }
            // Remarks on settings are for who chose them, not for who runs the service.
            let isRemark = String(cString: facility) == "CONFWARN"
            let level = isRemark ? .debug : KafkaNotice.Level.of(syslog: level)
            listener.report(KafkaNotice(level, "librdkafka: " + String(cString: message)))
        }
        let isProducer = kind == .producer
        if isProducer { KafkaListener.listenToDeliveries(settings) }
        if listener.partitions != nil { KafkaListener.listenToGroup(settings) }
        let type = isProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
        guard let handle = rd_kafka_new(type, settings, &text, text.count) else {
            rd_kafka_conf_destroy(settings)
            throw KafkaConfigurationError(.client, "usable; librdkafka says: \(text.untilZero)")
        }
        self.handle = handle
        self.listener = listener
    }

    /// What made the client unusable for good.
    var fatalError: String? {
        var text = [CChar](repeating: 0, count: 512)
        guard rd_kafka_fatal_error(handle, &text, text.count) != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return text.untilZero
    }
}

/// What librdkafka's callbacks find by the handle: deliveries call back on the thread that polls a producer, the group
/// on the thread that polls a consumer, notices come on any thread.
final class KafkaListener: Sendable {
    let report: KafkaNotice.Report
    /// The partitions of a member of a group; nil for those who are in none.
    fileprivate let partitions: AssignedPartitions?

    init(_ report: @escaping KafkaNotice.Report, partitions: AssignedPartitions? = nil) {
        self.report = report
        self.partitions = partitions
    }

    static func of(_ client: OpaquePointer) -> KafkaListener? {
        rd_kafka_opaque(client).map { Unmanaged<KafkaListener>.fromOpaque($0).takeUnretainedValue() }
    }

    static func listenToDeliveries(_ settings: OpaquePointer?) {
        rd_kafka_conf_set_dr_msg_cb(settings) { _, message, _ in
            guard let message = message?.pointee, let opaque = message._private else { return }
            // Balances the reference that KafkaProducer gave to each message.
            Unmanaged<PendingBatch>.fromOpaque(opaque).takeRetainedValue()
                .finishedOne(failure: message.err == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : message.err.text)
        }
    }

    static func listenToGroup(_ settings: OpaquePointer?) {
        rd_kafka_conf_set_rebalance_cb(settings) { client, event, list, _ in
            guard let client, let list, let partitions = KafkaListener.of(client)?.partitions else { return }
            if event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
                partitions.assigned(list, to: client)
            } else {
                partitions.revoked(list, from: client)
            }
        }
        rd_kafka_conf_set_offset_commit_cb(settings) { client, error, _, _ in
            let isFine = error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR__NO_OFFSET
            guard let client, !isFine else { return }
            KafkaListener.of(client)?.partitions?.failedToCommit(error)
        }
    }
}

extension rd_kafka_resp_err_t {
    var text: String { String(cString: rd_kafka_err2str(self)) }
}

extension KafkaNotice.Level {
    /// Severities of RFC 5424.
    fileprivate static func of(syslog level: Int32) -> KafkaNotice.Level {
        switch level {
        case ...3: .error
        case 4: .warning
        case 5...6: .info
        default: .debug
        }
    }
}

extension [CChar] {
    /// The C string in it.
    fileprivate var untilZero: String {
        String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
