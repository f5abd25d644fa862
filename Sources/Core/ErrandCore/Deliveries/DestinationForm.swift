/// A destination to be added, checked.
public struct DestinationForm: Hashable, Sendable {
    public let kind: ChannelKind
    public let name: String?
    public let configuration: JSONObject

    /// Reads `{kind, name?, …}`, where the rest is what the kind's ``ChannelForm`` reads.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        reader.require("kind")
        let names = DestinationForm.addable.map(\.rawValue).joined(separator: ", ")
        let kind = reader.parsed("kind", expected: "one of \(names)") { text in
            DestinationForm.addable.first { $0.rawValue == text }
        }
        let name = reader.text("name", .destinationName)
        let configuration = kind.flatMap { ChannelForm.of($0)?.read(&reader) }
        if kind == nil { _ = reader.rest() }
        try reader.finish()
        guard let kind, let configuration else { throw .invalid("/kind", .required, "Is required.") }
        self.init(kind: kind, name: name, configuration: configuration)
    }

    private init(kind: ChannelKind, name: String?, configuration: JSONObject) {
        self.kind = kind
        self.name = name
        self.configuration = configuration
    }

    /// A browser adds itself, by another form.
    private static let addable: [ChannelKind] = [.email, .webhook, .ntfy]

    /// Reads a subscription as browsers write it, with `name` beside it.
    public static func subscription(
        _ json: JSONValue, at pointer: String = ""
    ) throws(ErrandError) -> DestinationForm {
        var reader = FieldReader(json, at: pointer)
        let name = reader.text("name", .destinationName)
        let configuration = ChannelForm.webPush.read(&reader)
        try reader.finish()
        return DestinationForm(kind: .webPush, name: name, configuration: configuration ?? [:])
    }
}

/// A change of a destination, checked.
public struct DestinationEdit: Hashable, Sendable {
    public let name: String?
    /// False for nothing to be sent there.
    public let isEnabled: Bool?

    /// Reads `{name?, enabled?}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        name = reader.text("name", .destinationName)
        isEnabled = reader.bool("enabled")
        try reader.finish()
    }
}
