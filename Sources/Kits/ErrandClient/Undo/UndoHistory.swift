public import CivilTime
public import ErrandCore

/// What one person has done from this machine and can take back, and what of it they took back and can do again.
///
/// Two stacks of undo tokens of the server, which alone decides what a token is still good for: this remembers their
/// order.
public struct UndoHistory: Equatable, Sendable {
    /// Which way to go.
    public enum Direction: Sendable {
        case undo, redo
    }

    fileprivate struct Step: Equatable, Sendable {
        let token: String
        /// When it came, by the clock of this machine.
        let at: Instant
    }

    /// How far back each stack goes; what is older falls off. An import of many tasks is many steps.
    public static let stepsMax = 1_000

    /// The newest last.
    fileprivate var done: [Step] = []
    fileprivate var undone: [Step] = []

    public init() {}

    /// The token to send for a step in a direction; nil when there is none.
    public func next(_ direction: Direction) -> String? {
        switch direction {
        case .undo: done.last?.token
        case .redo: undone.last?.token
        }
    }

    /// How many steps there are in a direction.
    public func count(_ direction: Direction) -> Int {
        switch direction {
        case .undo: done.count
        case .redo: undone.count
        }
    }

    /// Something new was done, from where there is no way forward to what was taken back before.
    public mutating func record(_ token: String, at instant: Instant) {
        done.push(Step(token: token, at: instant))
        undone = []
    }

    /// A step was taken.
    ///
    /// - Parameters:
    ///   - token: what was sent; it is used up.
    ///   - direction: which way it was meant; a token that is known to go the other way goes there.
    ///   - answer: what leads back; nil when nothing has changed.
    public mutating func take(_ token: String, _ direction: Direction, answer: String?, at instant: Instant) {
        let isRedo =
            undone.contains { $0.token == token } || (direction == .redo && !done.contains { $0.token == token })
        forget(token)
        guard let answer else { return }
        let step = Step(token: answer, at: instant)
        if isRedo { done.push(step) } else { undone.push(step) }
    }

    /// The server takes a token no more. One that is too old has nothing but older ones below it.
    public mutating func drop(_ token: String, at instant: Instant) {
        done.drop(token, at: instant)
        undone.drop(token, at: instant)
    }

    private mutating func forget(_ token: String) {
        done.removeAll { $0.token == token }
        undone.removeAll { $0.token == token }
    }
}

extension [UndoHistory.Step] {
    fileprivate mutating func push(_ step: UndoHistory.Step) {
        append(step)
        if count > UndoHistory.stepsMax { removeFirst(count - UndoHistory.stepsMax) }
    }

    fileprivate mutating func drop(_ token: String, at instant: Instant) {
        guard let place = firstIndex(where: { $0.token == token }) else { return }
        if self[place].at + Limits.undoLifetime <= instant {
            removeSubrange(...place)
        } else {
            remove(at: place)
        }
    }

    fileprivate var json: JSONValue {
        .array(map { ["token": .string($0.token), "at": .string($0.at.description)] })
    }

    fileprivate init(_ json: JSONValue?) {
        self = (json?.array ?? []).compactMap { step in
            guard let token = step["token"]?.string, let at = step["at"]?.string.flatMap({ Instant($0) }) else {
                return nil
            }
            return UndoHistory.Step(token: token, at: at)
        }
    }
}

extension UndoHistory {
    /// As the file holds it.
    public var json: JSONValue { ["undo": done.json, "redo": undone.json] }

    /// Reads what ``json`` wrote; steps that make no sense are left out.
    public init(_ json: JSONValue) {
        done = [Step](json["undo"]).suffix(UndoHistory.stepsMax)
        undone = [Step](json["redo"]).suffix(UndoHistory.stepsMax)
    }
}
