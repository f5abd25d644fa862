/// A secret that app and sidecar share. It shows in no description, dump or log.
public struct SidecarToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// For the header `dapr-api-token` only.
    let text: String

    /// - Returns: nil when there is none.
    /// - Throws: ``InvalidSidecarSetting`` for what cannot be sent in a header: to take it for none would open the
    ///   door that it was meant to close.
    init?(_ setting: String, _ given: String?) throws(InvalidSidecarSetting) {
        let text = given.map(SidecarToken.trimmed) ?? ""
        guard !text.isEmpty else { return nil }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InvalidSidecarSetting(setting, "printable ASCII without spaces")
        }
        self.text = text
    }

    /// Whether `given` is the token. How long it takes depends on the lengths alone.
    func matches(_ given: String?) -> Bool {
        let (own, given) = (Array(text.utf8), Array((given ?? "").utf8))
        var difference = own.count ^ given.count
        for index in given.indices { difference |= Int(own[index % own.count] ^ given[index]) }
        return difference == 0
    }

    public var description: String { "(secret)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static func trimmed(_ text: String) -> String {
        let inner = text.drop(while: \.isWhitespace)
        return String(inner.prefix(inner.count - inner.reversed().prefix(while: \.isWhitespace).count))
    }
}
