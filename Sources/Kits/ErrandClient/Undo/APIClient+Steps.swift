import ErrandCore

extension APIClient {
    /// Takes back the last change made from this machine that is not taken back yet, or does again what was taken
    /// back last.
    ///
    /// - Parameters:
    ///   - file: where the steps are remembered, those of `owner`.
    ///   - token: of another change than the next one.
    ///   - key: unique to this step, as in ``Call/write(_:_:body:key:)``.
    ///   - remark: is told when the step was taken, but cannot be written down.
    /// - Throws: ``ClientError/unexpected(_:)`` with a sentence for a person when there is nothing to do, or the token
    ///   is not good any more: then it is forgotten. One that something else is in the way of is kept.
    public func step(
        _ direction: UndoHistory.Direction, of owner: UndoOwner, in file: UndoFile, token: String? = nil, key: String,
        remark: (ClientError) -> Void
    ) async throws(ClientError) -> Reply {
        try await file.inTurn { () async throws(ClientError) in
            let next = try file.history(of: owner).next(direction)
            guard let token = token ?? next else {
                throw .unexpected(direction.nothingToDo)
            }
            let reply: Reply
            do throws(ClientError) {
                reply = try await send(.write(.post, ["undo"], body: ["token": .string(token)], key: key))
            } catch {
                guard case .problem(let problem) = error else { throw error }
                if problem.code == "undo_conflict" { throw .unexpected(direction.inTheWay) }
                if problem.code != "undo_expired" { throw error }
                let instant = now()
                try await file.change(of: owner) { $0.drop(token, at: instant) }
                throw .unexpected(direction.expired)
            }
            do throws(ClientError) {
                let (answer, instant) = (reply.undoToken, now())
                try await file.change(of: owner) { $0.take(token, direction, answer: answer, at: instant) }
            } catch {
                remark(error)
            }
            return reply
        }
    }
}

extension UndoHistory.Direction {
    fileprivate var nothingToDo: String {
        switch self {
        case .undo: "There is nothing to undo."
        case .redo: "There is nothing to redo."
        }
    }

    fileprivate var expired: String {
        switch self {
        case .undo: "This change can no longer be taken back: that works once, within ten minutes."
        case .redo: "What was taken back cannot be done again any more: that works once, within ten minutes."
        }
    }

    fileprivate var inTheWay: String {
        switch self {
        case .undo: "A task has been changed since, so the change cannot be taken back."
        case .redo: "A task has been changed since, so what was taken back cannot be done again."
        }
    }
}
