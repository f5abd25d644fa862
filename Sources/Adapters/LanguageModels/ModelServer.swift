public import CivilTime
public import ErrandCore
import HTTPCalls
import Synchronization

/// A ``LanguageModel`` on a server that speaks as OpenAI's does: OpenAI, Azure, Ollama, vLLM, llama.cpp, LM Studio,
/// Gemini, LiteLLM, OpenRouter and their like.
///
/// What a server has shown that it wants to be asked otherwise is remembered as long as the process runs.
public final class ModelServer: LanguageModel, Sendable {
    /// Where time and chance come from.
    public struct Surroundings: Sendable {
        let now: @Sendable () -> Instant
        /// Bytes that nobody can guess.
        let randomBytes: @Sendable (Int) -> [UInt8]
        /// Waits before another attempt.
        let pause: @Sendable (Duration) async throws -> Void

        public init(
            now: @escaping @Sendable () -> Instant, randomBytes: @escaping @Sendable (Int) -> [UInt8],
            pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        ) {
            self.now = now
            self.randomBytes = randomBytes
            self.pause = pause
        }
    }

    /// What was learned of the server.
    private struct Known {
        var dialect: ModelRequest.Dialect
        var adaptations = Adaptations()
    }

    private let options: ModelServerOptions
    private let surroundings: Surroundings
    private let transport: ModelTransport
    private let known: Mutex<Known>
    private let report: @Sendable (ModelNotice) -> Void

    public var name: String { options.model }

    /// - Parameter report: is told of steps that have failed, for a log.
    public convenience init(
        _ options: ModelServerOptions, _ surroundings: Surroundings,
        report: @escaping @Sendable (ModelNotice) -> Void = { _ in }
    ) {
        self.init(options, surroundings, transport: .http(options), report: report)
    }

    /// - Parameter transport: in the place of HTTP.
    package init(
        _ options: ModelServerOptions, _ surroundings: Surroundings, transport: ModelTransport,
        report: @escaping @Sendable (ModelNotice) -> Void = { _ in }
    ) {
        self.options = options
        self.surroundings = surroundings
        self.transport = transport
        self.report = report
        let dialect: ModelRequest.Dialect =
            switch options.dialect {
            case .chat: .chat
            case .responses: .responses
            case .auto: options.isOpenAI && options.pathStyle == .v1 ? .responses : .chat
            }
        known = Mutex(Known(dialect: dialect))
    }

    /// Ends all connections, and with them the steps under way.
    public func close() async {
        await transport.close()
    }

    public func step(
        _ prompt: ModelPrompt, tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(ModelFailure) -> ModelStep {
        var plan = RetryPlan()
        var (dialect, adaptations) = known.withLock { ($0.dialect, $0.adaptations) }
        let end = ContinuousClock.now + options.wholeTime
        var attempts = 0
        while true {
            let request = ModelRequest(options: options, dialect: dialect, adaptations: adaptations, prompt: prompt)
            let attempt = await Attempt(
                request: request, transport: transport, surroundings: surroundings
            ).run(until: end, tell: tell)
            attempts += 1
            let failure: RetryPlan.Failure
            switch attempt.result {
            case .success(let step):
                known.withLock { $0 = Known(dialect: dialect, adaptations: adaptations) }
                return step
            case .failure(let reason): failure = reason
            }
            plan.hasTold = attempt.hasTold
            switch plan.verdict(on: failure, of: request, jitter: jitter) {
            case .giveUp(let meaning): throw giveUp(meaning, failure, attempts)
            case .otherwise(let otherDialect, let otherwise): (dialect, adaptations) = (otherDialect, otherwise)
            case .again(let pause):
                guard ContinuousClock.now + pause < end else {
                    throw giveUp(RetryPlan.meaning(of: failure), failure, attempts)
                }
                do { try await surroundings.pause(pause) } catch { throw .cancelled }
            }
        }
    }

    /// From 0 up to 1.
    private var jitter: Double {
        Double(surroundings.randomBytes(1).first ?? 0) / 256
    }

    private func giveUp(_ meaning: ModelFailure, _ failure: RetryPlan.Failure, _ attempts: Int) -> ModelFailure {
        if meaning != .cancelled { report(ModelNotice(meaning, failure, attempts: attempts)) }
        return meaning
    }
}

/// A step that has failed, told without anything that was said or any key.
public struct ModelNotice: Hashable, Sendable, CustomStringConvertible {
    public let failure: ModelFailure
    /// Of HTTP; nil where no answer came.
    public let status: Int?
    /// The server's word for it, such as `invalid_api_key`: letters, digits, `-`, `.`, `_`, at most 60.
    public let code: String?
    public let attempts: Int

    init(_ meaning: ModelFailure, _ failure: RetryPlan.Failure, attempts: Int) {
        self.failure = meaning
        self.attempts = attempts
        if case .refused(let refusal, _) = failure {
            (status, code) = (refusal.status, refusal.label)
        } else {
            (status, code) = (nil, nil)
        }
    }

    /// What can be done about it.
    public var description: String {
        switch failure {
        case .notAllowed: "the key is missing, wrong or not allowed this"
        case .notFound: "nothing there: check the model's name, and whether the base URL ends in /v1"
        case .overused: "the account is used up, or too many have asked"
        case .promptTooLong: "the prompt is longer than the model can read"
        case .filtered: "the server refused for what is said"
        case .unavailable: "nothing answers, or not in time, or the answer broke off"
        case .notUnderstood: "the answer was not understood, or the question was refused"
        case .cancelled: "cancelled"
        }
    }
}
