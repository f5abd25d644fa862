import ErrandCore

/// Decides what follows an attempt that has failed.
package struct RetryPlan: Sendable {
    /// Further attempts because the server was busy or could not be reached.
    static let retriesMax = 2
    /// Further attempts because it wants to be asked otherwise.
    static let adaptationsMax = 4
    /// From this on, waiting is no use to anybody.
    static let delayMax = Duration.seconds(120)

    /// Why an attempt has failed.
    package enum Failure: Error, Hashable, Sendable {
        case refused(ServerRefusal, RetryHints)
        /// The connection did not come about, or broke off.
        case unreachable
        /// The time for the whole step is over.
        case outOfTime
        case notUnderstood
        case cancelled
    }

    enum Verdict: Hashable, Sendable {
        case giveUp(ModelFailure)
        case again(after: Duration)
        case otherwise(ModelRequest.Dialect, Adaptations)
    }

    /// Whether any text was told: it cannot be taken back, so nothing is tried again.
    var hasTold = false
    private var retries = 0
    private var adaptations = 0
    private var switches = 0

    /// - Parameter jitter: from 0 up to 1: how much of a quarter is taken off the pause.
    mutating func verdict(on failure: Failure, of request: ModelRequest, jitter: Double) -> Verdict {
        let meaning = RetryPlan.meaning(of: failure)
        guard !hasTold else { return .giveUp(meaning) }
        if case .refused(let refusal, _) = failure, adaptations < RetryPlan.adaptationsMax,
            let verdict = adapted(to: refusal, request)
        {
            adaptations += 1
            if case .otherwise(let dialect, _) = verdict, dialect != request.dialect { switches += 1 }
            return verdict
        }
        guard retries < RetryPlan.retriesMax, let pause = pause(after: failure, jitter) else { return .giveUp(meaning) }
        retries += 1
        return .again(after: pause)
    }

    /// Nil where another attempt is no use.
    private func pause(after failure: Failure, _ jitter: Double) -> Duration? {
        var hints = RetryHints()
        // A model that is being loaded takes longer than a crowd.
        var first = Duration.milliseconds(500)
        switch failure {
        case .unreachable: break
        case .outOfTime, .notUnderstood, .cancelled: return nil
        case .refused(let refusal, let given):
            let isTransient = [408, 409, 429].contains(refusal.status) || refusal.status >= 500
            guard !refusal.isQuota, !refusal.isTooLong, !refusal.isFiltered, given.shouldRetry ?? isTransient else {
                return nil
            }
            hints = given
            if refusal.status == 503 { first = .seconds(2) }
        }
        if let delay = hints.delay { return delay <= RetryPlan.delayMax ? delay : nil }
        return min(first * (1 << retries), .seconds(8)) * (1 - 0.25 * jitter)
    }

    /// What the failure is for those who asked for a step.
    static func meaning(of failure: Failure) -> ModelFailure {
        switch failure {
        case .unreachable, .outOfTime: .unavailable
        case .notUnderstood: .notUnderstood
        case .cancelled: .cancelled
        case .refused(let refusal, _): meaning(of: refusal)
        }
    }

    private static func meaning(of refusal: ServerRefusal) -> ModelFailure {
        if refusal.isTooLong { return .promptTooLong }
        if refusal.isFiltered { return .filtered }
        if refusal.isQuota { return .overused }
        return switch refusal.status {
        case 401, 403: .notAllowed
        case 404, 405, 410: .notFound
        case 429: .overused
        case 408, 409, 500...: .unavailable
        default: .notUnderstood
        }
    }

    // MARK: Asking otherwise

    /// How else the server may be asked; nil where it is not about that.
    private func adapted(to refusal: ServerRefusal, _ request: ModelRequest) -> Verdict? {
        if let verdict = otherDialect(for: refusal, request) { return verdict }
        guard refusal.status == 400 || refusal.status == 422, !refusal.isTooLong, !refusal.isFiltered,
            let body = request.body.object
        else { return nil }
        var next = request.adaptations
        let isChat = request.dialect == .chat
        if refusal.names("reasoning_effort") || !isChat && refusal.parameter.hasPrefix("reasoning") {
            guard let effort = effort(after: refusal, request) else { return nil }
            next.effort = effort
        } else if request.isStream, refusal.parameter == "stream" {
            next.leavesOutStream = true
        } else if body["stream_options"] != nil, refusal.names("stream_options") || refusal.names("include_usage"),
            request.options.usage == .auto
        {
            next.leavesOutUsage = true
        } else if !next.swapsTokenField, request.options.tokensMax != nil,
            ["max_tokens", "max_completion_tokens", "max_output_tokens"].contains(where: refusal.names)
        {
            next.swapsTokenField = true
        } else if body["temperature"] != nil, refusal.names("temperature") {
            next.leavesOutTemperature = true
        } else if body["parallel_tool_calls"] != nil, refusal.names("parallel_tool_calls") {
            next.leavesOutParallelCalls = true
        } else if body["include"] != nil, refusal.names("include") || refusal.message.contains("encrypted") {
            next.leavesOutThoughts = true
        } else if isChat, !next.usesDeveloperRole, refusal.message.contains("developer") {
            next.usesDeveloperRole = true
        } else {
            return nil
        }
        return .otherwise(request.dialect, next)
    }

    /// Responses where a model calls tools in nothing else; back where there are none.
    private func otherDialect(for refusal: ServerRefusal, _ request: ModelRequest) -> Verdict? {
        guard request.options.dialect == .auto, request.options.pathStyle == .v1 else { return nil }
        switch request.dialect {
        case .chat:
            guard switches == 0, refusal.status == 400, !request.prompt.tools.isEmpty,
                refusal.message.contains("/responses")
                    || refusal.names("reasoning_effort") && isAboutTools(refusal, request)
            else { return nil }
            return .otherwise(.responses, Adaptations())
        case .responses:
            guard switches < 2, [404, 405, 501].contains(refusal.status), refusal.code != "model_not_found" else {
                return nil
            }
            return .otherwise(.chat, Adaptations(effort: switches == 0 ? .asConfigured : .none))
        }
    }

    /// Whether the effort is refused because of the tools, and not because the configured one is unknown.
    private func isAboutTools(_ refusal: ServerRefusal, _ request: ModelRequest) -> Bool {
        request.options.extraBody["reasoning_effort"] == nil || refusal.message.contains("tool")
    }

    private func effort(after refusal: ServerRefusal, _ request: ModelRequest) -> Adaptations.Effort? {
        switch request.adaptations.effort {
        case .asConfigured:
            let isConfigured =
                request.options.extraBody["reasoning_effort"] != nil || request.options.extraBody["reasoning"] != nil
            if request.dialect == .responses || !isAboutTools(refusal, request) {
                return isConfigured ? .leftOut : nil
            }
            return Adaptations.Effort.none
        case .none: return .leftOut
        case .leftOut: return nil
        }
    }
}
