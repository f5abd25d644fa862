public import ErrandCore

/// A value of a state store, and which version of it.
public struct SidecarState: Hashable, Sendable {
    public let value: JSONValue
    /// Changes with every write; nil where the store has none.
    public let etag: String?
}

/// What must be so for a write to take place.
public enum StatePrecondition: Hashable, Sendable {
    /// The last one wins.
    case none
    /// There is no value yet.
    case absent
    /// The value is still the one with this entity tag.
    case unchanged(etag: String)
}

/// State (<https://docs.dapr.io/reference/api/state_api/>).
extension Sidecar {
    /// How often ``updateState(_:in:attemptsMax:_:)`` tries, unless it is told otherwise.
    public static let stateAttemptsMax = 5
    private static let statePause = Duration.milliseconds(20)

    /// - Parameter key: without `||`, which separates the parts of keys in the store.
    /// - Returns: nil when there is none.
    public func state(_ key: String, in store: String) async throws(SidecarError) -> SidecarState? {
        let reply = try await succeed(
            SidecarRequest(path: "\(try Sidecar.path(ofState: key, store))?consistency=strong")
        )
        guard reply.status != 204, !reply.body.isEmpty else { return nil }
        guard let value = try? JSONValue.parse(reply.body) else { throw .unreadable }
        return SidecarState(value: value, etag: reply.header("etag"))
    }

    /// - Parameter lifetime: after it the value is gone, whole seconds; nil for never.
    /// - Throws: ``SidecarError/conflict`` when the precondition does not hold.
    public func save(
        state value: JSONValue, for key: String, in store: String, if precondition: StatePrecondition,
        lifetime: Duration? = nil
    ) async throws(SidecarError) {
        _ = try Sidecar.path(ofState: key, store)
        var item: JSONObject = ["key": .string(key), "value": value]
        if case .unchanged(let etag) = precondition { item.append("etag", .string(etag)) }
        if let lifetime {
            item.append("metadata", ["ttlInSeconds": .string(String(max(lifetime.components.seconds, 1)))])
        }
        let concurrency: JSONValue = precondition == .none ? "last-write" : "first-write"
        item.append("options", ["concurrency": concurrency, "consistency": "strong"])
        let reply = try await http.send(
            SidecarRequest(
                method: "POST", path: "/v1.0/state/\(store.urlSegment)",
                headers: [("Content-Type", "application/json")],
                body: JSONValue.array([.object(item)]).serialized()
            )
        )
        if reply.isSuccess { return }
        if reply.status == 409 { throw .conflict }
        // PostgreSQL answers 500 where there is a value already, and says why in a sentence only.
        if precondition == .absent, reply.status == 500, try await state(key, in: store) != nil { throw .conflict }
        throw reply.refusal
    }

    /// Removes a value; one that does not exist is no error.
    ///
    /// - Throws: ``SidecarError/conflict`` when `etag` is given and the value is another by now.
    public func delete(state key: String, in store: String, ifUnchanged etag: String? = nil) async throws(SidecarError)
    {
        let concurrency = etag == nil ? "last-write" : "first-write"
        let reply = try await http.send(
            SidecarRequest(
                method: "DELETE",
                path: "\(try Sidecar.path(ofState: key, store))?concurrency=\(concurrency)&consistency=strong",
                headers: etag.map { [("If-Match", $0)] } ?? []
            )
        )
        if reply.status == 409 { throw .conflict }
        guard reply.isSuccess else { throw reply.refusal }
    }

    /// Reads, changes and writes a value, again from the beginning when somebody else was faster.
    ///
    /// - Parameter change: the value that follows from the present one (nil: there is none) and is written; nil
    ///   removes it. Runs once per attempt and must have no effect of its own.
    /// - Returns: what was written.
    /// - Throws: ``SidecarError/conflict`` when others were faster `attemptsMax` times.
    @discardableResult
    public func updateState(
        _ key: String, in store: String, attemptsMax: Int = stateAttemptsMax,
        _ change: (JSONValue?) -> JSONValue?
    ) async throws(SidecarError) -> JSONValue? {
        for attempt in 1... {
            let present = try await state(key, in: store)
            let next = change(present?.value)
            do throws(SidecarError) {
                if let next {
                    let precondition = present.map { $0.etag.map(StatePrecondition.unchanged) ?? .none } ?? .absent
                    try await save(state: next, for: key, in: store, if: precondition)
                } else if let present {
                    try await delete(state: key, in: store, ifUnchanged: present.etag)
                }
                return next
            } catch .conflict where attempt < attemptsMax {
                do {
                    try await Task.sleep(for: Sidecar.statePause * attempt * .random(in: 0.5...1.5))
                } catch {
                    throw .cancelled
                }
            }
        }
        throw .conflict
    }

    private static func path(ofState key: String, _ store: String) throws(SidecarError) -> String {
        guard !key.isEmpty, !key.contains("||") else { throw .invalidCall("The state's key is empty or holds '||'.") }
        return "/v1.0/state/\(store.urlSegment)/\(key.urlSegment)"
    }
}
