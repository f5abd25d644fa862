public import ErrandCore

extension JSONValue {
    /// Indented JSON for a terminal: the same value, with everything that a terminal would obey escaped.
    public var pretty: String {
        var text = ""
        write(to: &text, indent: "")
        return text
    }

    private func write(to text: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .array(let values) where !values.isEmpty:
            text += "[\n"
            for (index, value) in values.enumerated() {
                text += inner
                value.write(to: &text, indent: inner)
                text += index < values.count - 1 ? ",\n" : "\n"
            }
            text += "\(indent)]"
        case .object(let object) where !object.isEmpty:
            text += "{\n"
            for (index, member) in object.members.enumerated() {
                text += inner + JSONValue.escaped(JSONValue.string(member.name).text) + ": "
                member.value.write(to: &text, indent: inner)
                text += index < object.members.count - 1 ? ",\n" : "\n"
            }
            text += "\(indent)}"
        case .null, .bool, .integer, .number, .string, .array, .object:
            text += JSONValue.escaped(self.text)
        }
    }

    /// What ``PlainText`` would leave out, as `\u` escapes.
    private static func escaped(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: PlainText.isObeyed) else { return json }
        return json.unicodeScalars.reduce(into: "") { result, scalar in
            if PlainText.isObeyed(scalar) {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }
}
