import CivilTime
import Interpreter
import TaskLanguage

/// What a model is asked with: one message of a user, and all that goes with it.
struct ModelTalk: Sendable {
    let model: any LanguageModel
    let message: String
    let history: ModelHistory
    /// Of the user, as it reads where they speak from.
    let context: LanguageContext
    let settings: UserSettings
    let tasks: [TodoTask]
    let named: NamedTasks
    let topic: ChatTopic
    /// What takes back the last change of the conversation.
    let lastUndo: [String]
    /// Whether the user has said that the last change is to be taken back.
    let asksForUndo: Bool
    let caller: ToolContext

    /// Asks the model, and does what it asks for, until it has said all, or has taken ``Limits/modelTime``, or nobody
    /// listens any more.
    ///
    /// - Parameter clock: by which time is counted.
    func run(_ clock: any Clock<Duration>, tell: @escaping ChatListener) async -> ModelProgress {
        await withTaskGroup(of: Event.self) { group in
            group.addTask { .done(await ModelLoop(talk: self, tell: tell).run()) }
            group.addTask { (try? await clock.sleep(for: Limits.modelTime)) == nil ? .over : .late }
            group.addTask { await ModelTalk.beat(clock, tell) }
            var reason: ModelProgress.End?
            for await event in group {
                switch event {
                case .late: reason = .failed(.tooSlow)
                case .left: reason = .left
                case .over: continue
                case .done(var progress):
                    group.cancelAll()
                    if progress.end == .left { progress.end = reason ?? .left }
                    return progress
                }
                group.cancelAll()
            }
            preconditionFailure("The loop ends with an event.")
        }
    }

    private enum Event: Sendable {
        case done(ModelProgress)
        /// The time is up.
        case late
        /// Nobody listens.
        case left
        /// The work is over.
        case over
    }

    /// Gives signs of life until the work is over or nobody takes them.
    private static func beat(_ clock: any Clock<Duration>, _ tell: ChatListener) async -> Event {
        while (try? await clock.sleep(for: Limits.chatBeat)) != nil {
            do throws(CancellationError) {
                try await tell(.waiting)
            } catch {
                return .left
            }
        }
        return .over
    }
}
