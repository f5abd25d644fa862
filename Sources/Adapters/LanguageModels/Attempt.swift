import ErrandCore
import HTTPTypes

/// One request and its answer.
struct Attempt: Sendable {
    /// How long the connection is left open after an answer that says it is whole, so that it can be used again.
    private static let grace = Duration.milliseconds(250)

    struct Outcome: Sendable {
        let result: Result<ModelStep, RetryPlan.Failure>
        /// Whether any text was told.
        let hasTold: Bool
    }

    let request: ModelRequest
    let transport: ModelTransport
    let surroundings: ModelServer.Surroundings

    /// - Parameter end: when the time for everything is over.
    func run(
        until end: ContinuousClock.Instant, tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async -> Outcome {
        // What is read beyond the pace of whoever listens is limited by the transport.
        let (parts, source) = AsyncStream.makeStream(of: ReplyPart.self)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do throws(RetryPlan.Failure) {
                    try await transport.exchange(request) { source.yield($0) }
                } catch {
                    source.yield(.failed(error))
                }
                source.finish()
            }
            group.addTask {
                guard (try? await Task.sleep(until: end, clock: .continuous)) != nil else { return }
                source.yield(.failed(.outOfTime))
                source.finish()
            }
            var reading = Reading(request, surroundings)
            let result = await read(parts, &reading, tell) {
                group.addTask {
                    try? await Task.sleep(for: Attempt.grace)
                    source.finish()
                }
            }
            group.cancelAll()
            return Outcome(result: result, hasTold: reading.hasTold)
        }
    }

    /// - Parameter whole: called once the answer is whole, though the connection may not have ended.
    private func read(
        _ parts: AsyncStream<ReplyPart>, _ reading: inout Reading,
        _ tell: @Sendable (_ text: String) async throws(CancellationError) -> Void, whole: () -> Void
    ) async -> Result<ModelStep, RetryPlan.Failure> {
        do throws(RetryPlan.Failure) {
            var isWhole = false
            for await part in parts {
                try await hand(reading.take(part), to: tell)
                if reading.isWhole, !isWhole {
                    isWhole = true
                    whole()
                }
            }
            if Task.isCancelled { throw .cancelled }
            try await hand(reading.finish(), to: tell)
            return .success(try reading.step())
        } catch {
            return .failure(error)
        }
    }

    private func hand(
        _ text: String, to tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(RetryPlan.Failure) {
        guard !text.isEmpty else { return }
        do { try await tell(text) } catch { throw .cancelled }
    }
}

/// What has come of an answer, header and all.
struct Reading: Sendable {
    private let surroundings: ModelServer.Surroundings
    private var status: Int?
    private var hints = RetryHints()
    /// What the server says instead of an answer.
    private var refusal: [UInt8] = []
    private var answer: AnswerReader
    private(set) var hasTold = false

    init(_ request: ModelRequest, _ surroundings: ModelServer.Surroundings) {
        self.surroundings = surroundings
        answer = AnswerReader(request.dialect)
    }

    var isWhole: Bool { answer.isComplete }

    /// - Returns: text of the model that is new.
    mutating func take(_ part: ReplyPart) throws(RetryPlan.Failure) -> String {
        switch part {
        case .failed(let failure):
            // Nobody waits for more.
            guard isWhole else { throw failure }
            return ""
        case .head(let status, let headers):
            self.status = status
            hints = RetryHints(now: surroundings.now()) { name in
                HTTPField.Name(name).flatMap { headers[$0] }
            }
            return ""
        case .bytes(let bytes):
            guard isAnswer else {
                refusal += bytes.prefix(ServerRefusal.bytesMax - refusal.count)
                return ""
            }
            return try told { (answer) throws(AnswerFault) in try answer.read(bytes) }
        }
    }

    /// To be called once, where the answer ends.
    mutating func finish() throws(RetryPlan.Failure) -> String {
        guard let status else { throw .unreachable }
        guard isAnswer else { throw .refused(ServerRefusal(status: status, body: refusal), hints) }
        return try told { (answer) throws(AnswerFault) in try answer.finish() }
    }

    func step() throws(RetryPlan.Failure) -> ModelStep {
        do throws(AnswerFault) {
            return try answer.step { "call_" + surroundings.randomBytes(12).map(Reading.hexadecimal).joined() }
        } catch {
            throw RetryPlan.Failure(error)
        }
    }

    private var isAnswer: Bool { status.map { (200...299).contains($0) } ?? false }

    private mutating func told(
        _ read: (inout AnswerReader) throws(AnswerFault) -> String
    ) throws(RetryPlan.Failure) -> String {
        do throws(AnswerFault) {
            let text = try read(&answer)
            if !text.isEmpty { hasTold = true }
            return text
        } catch {
            throw RetryPlan.Failure(error)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

extension RetryPlan.Failure {
    fileprivate init(_ fault: AnswerFault) {
        self =
            switch fault {
            case .refused(let refusal): .refused(refusal, RetryHints())
            case .brokenOff: .unreachable
            case .notUnderstood, .tooLarge: .notUnderstood
            }
    }
}
