public import ErrandCore
import HTTPTypes

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

/// What is to become of a value.
public enum StateChange: Hashable, Sendable {
    case write(JSONValue)
    case remove
    case keep
}

/// State (<https://docs.dapr.io/reference/api/state_api/>).
extension Sidecar {
    /// How often ``updateState(_:in:lifetime:attemptsMax:_:)`` tries, unless it is told otherwise.
    public static let stateAttemptsMax = 5
    private static let statePause = Duration.milliseconds(20)
    /// From then on, pauses grow no longer.
    private static let statePausesMax = 10

    /// - Parameter key: without `||`, which separates the parts of keys in the store.
    /// - Returns: nil when there is none.
    public func state(_ key: String, in store: String) async throws(SidecarError) -> SidecarState? {
        let reply = try await succeed(
            SidecarRequest(path: "\(try Sidecar.path(ofState: key, store))?consistency=strong")
        )
        guard reply.status != 204, !reply.body.isEmpty else { return nil }
        guard let value = try? JSONValue.parse(reply.body) else { throw .unreadable }
        return SidecarState(value: value, etag: reply.headers[.eTag])
    }

    /// Several values at once, by key; those that are not there are left out.
    public func states(_ keys: [String], in store: String) async throws(SidecarError) -> [String: JSONValue] {
        for key in keys { _ = try Sidecar.path(ofState: key, store) }
        let reply = try await succeed(
            SidecarRequest(
                method: "POST", path: "/v1.0/state/\(store.urlSegment)/bulk",
                headers: [("Content-Type", "application/json")],
                body: (["keys": JSONValue(strings: keys)] as JSONValue).serialized()
            )
        )
        guard let items = (try? JSONValue.parse(reply.body))?.array else { throw .unreadable }
        var values: [String: JSONValue] = [:]
        for item in items {
            // A key that could not be read is no key that is not there.
            guard let key = item["key"]?.string, (item["error"]?.string ?? "").isEmpty else { throw .unreadable }
            if let value = item["data"], value != .null { values[key] = value }
        }
        return values
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
    /// - Parameters:
    ///   - lifetime: of what is written; nil for ever.
    ///   - change: what follows from the present value (nil: there is none). Runs once per attempt and must have no
    ///     effect of its own.
    /// - Returns: what is there now.
    /// - Throws: ``SidecarError/conflict`` when others were faster `attemptsMax` times; ``SidecarError/unreadable``
    ///   when the store gives no entity tags; what `change` throws.
    @discardableResult
    public func updateState(
        _ key: String, in store: String, lifetime: Duration? = nil, attemptsMax: Int = stateAttemptsMax,
        _ change: (JSONValue?) throws(SidecarError) -> StateChange
    ) async throws(SidecarError) -> JSONValue? {
        for attempt in 1... {
            let present = try await state(key, in: store)
            do throws(SidecarError) {
                switch try change(present?.value) {
                case .keep: return present?.value
                case .remove:
                    if let present { try await delete(state: key, in: store, ifUnchanged: try present.requiredTag) }
                    return nil
                case .write(let value):
                    let precondition: StatePrecondition =
                        if let present { .unchanged(etag: try present.requiredTag) } else { .absent }
                    try await save(state: value, for: key, in: store, if: precondition, lifetime: lifetime)
                    return value
                }
            } catch .conflict where attempt < attemptsMax {
                let pause = Sidecar.statePause * min(attempt, Sidecar.statePausesMax)
                do { try await Task.sleep(for: pause * .random(in: 0.5...1.5)) } catch { throw .cancelled }
            }
        }
        throw .conflict
    }

    private static func path(ofState key: String, _ store: String) throws(SidecarError) -> String {
        guard !key.isEmpty, !key.contains("||") else { throw .invalidCall("The state's key is empty or holds '||'.") }
        return "/v1.0/state/\(store.urlSegment)/\(key.urlSegment)"
    }
}

extension SidecarState {
    /// Without it, a write could not depend on what was read.
    fileprivate var requiredTag: String {
        get throws(SidecarError) {
            guard let etag else { throw .unreadable }
            return etag
        }
    }
}
