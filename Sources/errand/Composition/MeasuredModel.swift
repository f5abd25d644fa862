import ErrandCore
import LanguageModels
import Logging
import Metrics

/// A model whose steps are counted and timed. Nothing that is said, and no key, gets into log or metrics.
struct MeasuredModel: LanguageModel {
    let model: any LanguageModel

    var name: String { model.name }

    func step(
        _ prompt: ModelPrompt, tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(ModelFailure) -> ModelStep {
        let start = ContinuousClock.now
        do throws(ModelFailure) {
            let step = try await model.step(prompt, tell: tell)
            record(step.ending.outcome, since: start)
            count(step.usage.input, "in")
            count(step.usage.output, "out")
            return step
        } catch {
            record(error.outcome, since: start)
            throw error
        }
    }

    private func record(_ outcome: String, since start: ContinuousClock.Instant) {
        Counter(label: "errand_model_calls_total", dimensions: [("outcome", outcome)]).increment()
        Recorder(label: "errand_model_call_seconds", dimensions: [], aggregate: true)
            .record((ContinuousClock.now - start) / Duration.seconds(1))
    }

    private func count(_ tokens: Int, _ direction: String) {
        guard tokens > 0 else { return }
        Counter(label: "errand_model_tokens_total", dimensions: [("direction", direction)]).increment(by: tokens)
    }
}

extension MeasuredModel {
    /// The model of a configuration, measured and logged, and what ends its connections.
    static func make(
        _ options: ModelServerOptions, _ environment: Environment, _ logger: Logger
    ) -> (model: MeasuredModel, close: @Sendable () async -> Void) {
        let surroundings = ModelServer.Surroundings(now: environment.now, randomBytes: environment.randomBytes)
        let server = ModelServer(options, surroundings) { notice in
            var metadata: Logger.Metadata = ["reason": "\(notice)", "attempts": "\(notice.attempts)"]
            if let status = notice.status { metadata["status"] = "\(status)" }
            if let code = notice.code { metadata["code"] = "\(code)" }
            logger.warning("The model has not answered", metadata: metadata)
        }
        return (MeasuredModel(model: server), { await server.close() })
    }
}

extension ModelStep.Ending {
    /// As a label of a metric.
    fileprivate var outcome: String {
        switch self {
        case .complete: "answered"
        case .tooLong: "cut"
        case .filtered: "filtered"
        }
    }
}

extension ModelFailure {
    /// As a label of a metric.
    fileprivate var outcome: String {
        switch self {
        case .notAllowed: "not_allowed"
        case .notFound: "not_found"
        case .overused: "overused"
        case .promptTooLong: "prompt_too_long"
        case .filtered: "filtered"
        case .unavailable: "unavailable"
        case .notUnderstood: "not_understood"
        case .cancelled: "cancelled"
        }
    }
}
