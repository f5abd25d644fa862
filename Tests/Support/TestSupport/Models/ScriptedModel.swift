public import ErrandCore
import Synchronization

/// A model that says what a test tells it to, one step after the other, and keeps what it was asked.
public final class ScriptedModel: LanguageModel {
    public enum Step: Sendable {
        /// Says it in pieces.
        case say([String])
        /// Asks for calls: names, and arguments as text.
        case call([(name: String, arguments: String)], saying: String = "")
        case fail(ModelFailure)
        /// Says something, then breaks off.
        case breakOff(String)
        /// Answers nothing until it is cancelled.
        case hang
        /// Ends for another reason than having said all.
        case end(ModelStep.Ending, String)
        /// Whatever a test makes of the prompt.
        case reply(@Sendable (ModelPrompt) -> Step)
    }

    private struct State {
        var steps: [Step]
        var prompts: [ModelPrompt] = []
        var cancelled = 0
        var ids = 0
    }

    public let name = "scripted"
    private let state: Mutex<State>
    private let repeats: Bool
    /// Has an element each time the model hangs.
    public let hanging: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// - Parameter repeats: whether the last step is done for ever; otherwise the model says "Done." once all are.
    public init(_ steps: [Step] = [], repeats: Bool = false) {
        state = Mutex(State(steps: steps))
        self.repeats = repeats
        (hanging, signal) = AsyncStream.makeStream()
    }

    /// What it was asked, the oldest first.
    public var prompts: [ModelPrompt] { state.withLock { $0.prompts } }
    /// How many steps were cancelled.
    public var cancelled: Int { state.withLock { $0.cancelled } }

    /// Goes on with these.
    public func play(_ steps: [Step]) { state.withLock { $0.steps = steps } }

    public func step(
        _ prompt: ModelPrompt, tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(ModelFailure) -> ModelStep {
        let step = state.withLock { state -> Step in
            state.prompts.append(prompt)
            if repeats, state.steps.count == 1 { return state.steps[0] }
            return state.steps.isEmpty ? .say(["Done."]) : state.steps.removeFirst()
        }
        return try await play(step, prompt, tell)
    }

    private func play(
        _ step: Step, _ prompt: ModelPrompt,
        _ tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(ModelFailure) -> ModelStep {
        let usage = ModelUsage(input: 100, output: 10)
        switch step {
        case .say(let pieces):
            try await speak(pieces, tell)
            return ModelStep(text: pieces.joined(), usage: usage)
        case .call(let calls, let text):
            if !text.isEmpty { try await speak([text], tell) }
            let made = calls.map { call in
                ModelCall(id: "call_\(nextID())", name: call.name, arguments: call.arguments)
            }
            return ModelStep(text: text, calls: made, usage: usage)
        case .fail(let failure): throw failure
        case .breakOff(let text):
            try await speak([text], tell)
            throw .unavailable
        case .hang:
            signal.yield()
            try? await Task.sleep(for: .seconds(3_600))
            state.withLock { $0.cancelled += 1 }
            throw .cancelled
        case .end(let ending, let text):
            try await speak([text], tell)
            let call = ModelCall(id: "call_\(nextID())", name: "add_task", arguments: #"{"title":"half"}"#)
            return ModelStep(text: text, calls: [call], ending: ending, usage: usage)
        case .reply(let make): return try await play(make(prompt), prompt, tell)
        }
    }

    private func nextID() -> Int {
        state.withLock { state in
            state.ids += 1
            return state.ids
        }
    }

    private func speak(
        _ pieces: [String], _ tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(ModelFailure) {
        do throws(CancellationError) {
            for piece in pieces { try await tell(piece) }
        } catch {
            state.withLock { $0.cancelled += 1 }
            throw .cancelled
        }
    }
}
