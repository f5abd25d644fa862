import CivilTime

extension ChannelDestination {
    /// As its owner sees it: nothing of it is a secret.
    public var json: JSONValue {
        var object = settingsJSON
        object.append("failures", JSONValue(failures))
        object.append("last_result", lastResult?.json ?? .null)
        object.append("created_at", .string(createdAt.description))
        return .object(object)
    }

    /// The same without what every send changes: for events.
    var settingsJSON: JSONObject {
        [
            "id": .string(id.description), "kind": .string(kind.rawValue), "name": .string(name),
            "status": .string(status.rawValue),
            "configuration": .object(ChannelForm.of(kind)?.shown(configuration) ?? [:]),
        ]
    }

    /// As it is shown once, when it was made: with the secrets that were made for it.
    public var newJSON: JSONValue {
        guard var object = json.object else { return json }
        for name in (ChannelForm.of(kind)?.shownOnce ?? []).sorted() { object[name] = configuration[name] }
        return .object(object)
    }
}

extension ChannelDestination.LastResult {
    var json: JSONValue {
        [
            "at": .string(at.description), "succeeded": .bool(succeeded), "reason": JSONValue(text: reason),
        ]
    }
}
