import Synchronization

/// What a model says, on its way to whoever listens: legible, with a gap between steps, and no more than an answer may
/// have.
final class ToldText: Sendable {
    private struct State {
        var text = ""
        var count = 0
        var isNewStep = true
    }

    /// Leaves room for what is said behind it.
    private static let lengthMax = Limits.answerLengthMax - 4_096

    private let state = Mutex(State())
    private let tell: ChatListener

    init(_ tell: @escaping ChatListener) {
        self.tell = tell
    }

    var text: String { state.withLock { $0.text } }
    /// Whether the model has said anything in this step.
    var hasSpoken: Bool { state.withLock { !$0.isNewStep } }

    func beginStep() { state.withLock { $0.isNewStep = true } }

    func hear(_ piece: String) async throws(CancellationError) {
        let told = state.withLock { state -> String in
            var piece = TextRule.legible(piece)
            if state.isNewStep {
                piece = String(piece.drop(while: \.isWhitespace))
                guard !piece.isEmpty else { return "" }
                if !state.text.isEmpty { piece = "\n\n" + piece }
                state.isNewStep = false
            }
            let room = ToldText.lengthMax - state.count
            let scalars = piece.unicodeScalars.prefix(max(room, 0))
            state.count += scalars.count
            let told = String(String.UnicodeScalarView(scalars))
            state.text += told
            return told
        }
        if !told.isEmpty { try await tell(.delta(told)) }
    }
}
