/// What a model is told that a call gave, in few bytes.
enum ModelResultText {
    /// JSON text of at most so many bytes: of lists that are too long the beginning, and how many more there are.
    static func of(_ result: JSONValue, bytes: Int) -> String {
        let whole = result.text
        if whole.utf8.count <= bytes { return whole }
        var shown = 50
        while shown > 0 {
            let text = result.shortened(to: shown).text
            if text.utf8.count <= bytes { return text }
            shown /= 2
        }
        var few = JSONObject()
        for name in ["status", "code", "task_id", "count", "detail"] {
            if let value = result[name], value.text.utf8.count <= bytes / 8 { few.append(name, value) }
        }
        few.append("more", "The rest is too long to be shown.")
        return JSONValue.object(few).text
    }
}

extension JSONValue {
    /// With so many entries of each list, and as much of each text.
    fileprivate func shortened(to count: Int) -> JSONValue {
        switch self {
        case .array(let values):
            let kept = values.prefix(count).map { $0.shortened(to: count) }
            return .array(values.count > count ? kept + [.string("\(values.count - count) more")] : kept)
        case .object(let object):
            var kept = JSONObject()
            for member in object.members { kept.append(member.name, member.value.shortened(to: count)) }
            return .object(kept)
        case .string(let text) where text.utf8.count > count * 20: return .string(text.prefix(count * 20) + "…")
        default: return self
        }
    }
}
