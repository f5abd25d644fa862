import ErrandCore
import NIOHTTP1

/// `/v1.0/state/{store}` ([reference](https://docs.dapr.io/reference/api/state_api/)).
struct StateAPI: Sendable {
    let appID: String
    let stores: [String: StateStore]
    let faults: Faults

    func answer(_ call: APICall, _ path: some Collection<String>) throws(APIError) -> APIAnswer {
        let keys = StateAPI.keys(call, path.dropFirst())
        guard keys.contains(where: { $0.hasPrefix(faults.stateKeyPrefix) }) else { return try done(call, path) }
        let isWrite = call.method == .DELETE || call.method != .GET && path.dropFirst().first != "bulk"
        guard !faults.happens(\.stateRefused), !isWrite || !faults.happens(\.stateWriteRefused) else {
            throw APIError(500, "ERR_STATE_STORE", "the state store cannot be reached")
        }
        let answer = try done(call, path)
        guard !isWrite || !faults.happens(\.stateAnswerLost) else {
            throw APIError(500, "ERR_STATE_STORE", "the answer of the state store is lost")
        }
        return answer
    }

    /// The keys that a call names.
    private static func keys(_ call: APICall, _ path: some Collection<String>) -> [String] {
        let body = (try? JSONValue.parse(call.body)) ?? .null
        return switch (call.method, path.first) {
        case (.POST, nil), (.PUT, nil): body.array?.compactMap { $0["key"]?.string } ?? []
        case (.POST, "bulk"): body["keys"]?.array?.compactMap(\.string) ?? []
        case (.POST, "transaction"), (.PUT, "transaction"):
            body["operations"]?.array?.compactMap { $0["request"]?["key"]?.string } ?? []
        default: [path.joined(separator: "/")]
        }
    }

    private func done(_ call: APICall, _ path: some Collection<String>) throws(APIError) -> APIAnswer {
        guard !stores.isEmpty else {
            throw APIError(500, "ERR_STATE_STORE_NOT_CONFIGURED", "no state store is configured")
        }
        guard let name = path.first, let store = stores[name] else {
            throw APIError(400, "ERR_STATE_STORE_NOT_FOUND", "state store \(path.first ?? "") is not found")
        }
        let rest = path.dropFirst()
        switch (call.method, rest.first) {
        case (.POST, nil), (.PUT, nil): return try save(call, store)
        case (.POST, "bulk"): return try bulkGet(call, store)
        case (.POST, "transaction"), (.PUT, "transaction"): return try transact(call, store)
        case (.GET, _?): return get(rest.joined(separator: "/"), store)
        case (.DELETE, _?): return try delete(call, rest.joined(separator: "/"), store)
        default: throw APIError(405, "ERR_METHOD_NOT_ALLOWED", "method not allowed")
        }
    }

    private func save(_ call: APICall, _ store: StateStore) throws(APIError) -> APIAnswer {
        guard let items = try? JSONValue.parse(call.body).array else { throw StateAPI.malformed("no list of items") }
        // Each on its own: what comes before a conflict stays.
        for item in items {
            let change = try StateAPI.change(item, value: item["value"] ?? .null)
            if change.etag != nil, change.key.hasPrefix(faults.stateKeyPrefix), faults.happens(\.stateTagStale) {
                throw APIError(409, "ERR_STATE_SAVE", "possible etag mismatch of key \(change.key)")
            }
            do throws(StateStore.Conflict) {
                try store.apply([change], of: appID)
            } catch {
                guard !error.isCreation else { throw APIError(500, "ERR_STATE_SAVE", "no item was updated") }
                throw APIError(409, "ERR_STATE_SAVE", "possible etag mismatch of key \(error.key)")
            }
        }
        return .noContent
    }

    private func get(_ key: String, _ store: StateStore) -> APIAnswer {
        guard let entry = store.entry(key, of: appID) else { return .noContent }
        var answer = APIAnswer.json(entry.value)
        answer.headers.append(("ETag", entry.etag))
        return answer
    }

    private func delete(_ call: APICall, _ key: String, _ store: StateStore) throws(APIError) -> APIAnswer {
        let etag = call.header("If-Match")
        let isFirstWrite = call.query("concurrency") == "first-write" && etag != nil
        if etag != nil, key.hasPrefix(faults.stateKeyPrefix), faults.happens(\.stateTagStale) {
            throw APIError(409, "ERR_STATE_DELETE", "possible etag mismatch of key \(key)")
        }
        do throws(StateStore.Conflict) {
            let change = StateStore.Change(key: key, value: nil, etag: etag, isFirstWrite: isFirstWrite)
            try store.apply([change], of: appID)
        } catch {
            throw APIError(409, "ERR_STATE_DELETE", "possible etag mismatch of key \(error.key)")
        }
        return .noContent
    }

    private func bulkGet(_ call: APICall, _ store: StateStore) throws(APIError) -> APIAnswer {
        guard let keys = try? JSONValue.parse(call.body)["keys"]?.array?.compactMap(\.string) else {
            throw StateAPI.malformed("no list of keys")
        }
        let items = keys.map { key -> JSONValue in
            guard let entry = store.entry(key, of: appID) else { return ["key": .string(key)] }
            return ["key": .string(key), "data": entry.value, "etag": .string(entry.etag)]
        }
        return .json(.array(items))
    }

    private func transact(_ call: APICall, _ store: StateStore) throws(APIError) -> APIAnswer {
        guard let operations = try? JSONValue.parse(call.body)["operations"]?.array else {
            throw StateAPI.malformed("no list of operations")
        }
        var changes: [StateStore.Change] = []
        for operation in operations {
            guard let request = operation["request"] else { throw StateAPI.malformed("an operation has no request") }
            switch operation["operation"]?.string {
            case "upsert": changes.append(try StateAPI.change(request, value: request["value"] ?? .null))
            case "delete": changes.append(try StateAPI.change(request, value: nil))
            default: throw APIError(400, "ERR_NOT_SUPPORTED_STATE_OPERATION", "operation is not supported")
            }
        }
        do throws(StateStore.Conflict) {
            try store.apply(changes, of: appID)
        } catch {
            // In a transaction a conflict is a failure like any other.
            throw APIError(500, "ERR_STATE_TRANSACTION", "possible etag mismatch of key \(error.key)")
        }
        return .noContent
    }

    private static func change(_ item: JSONValue, value: JSONValue?) throws(APIError) -> StateStore.Change {
        guard let key = item["key"]?.string, !key.isEmpty, !key.contains("||") else {
            throw malformed("a key is missing or holds ||")
        }
        let isFirstWrite = item["options"]?["concurrency"]?.string == "first-write"
        return StateStore.Change(key: key, value: value, etag: item["etag"]?.string, isFirstWrite: isFirstWrite)
    }

    private static func malformed(_ message: String) -> APIError {
        APIError(400, "ERR_MALFORMED_REQUEST", message)
    }
}
