import ErrandCore

/// Remembers what takes back the last change made from this machine.
public struct UndoFile: Sendable {
    private let folder: PrivateFolder
    private let name = "undo.json"

    public init(folder: PrivateFolder) {
        self.folder = folder
    }

    /// - Returns: nil when the last change was made at another server, or there is nothing to take back.
    public func token(at server: ServerAddress) throws(ClientError) -> String? {
        guard let bytes = try folder.read(name), let json = try? JSONValue.parse(bytes),
            json["server"]?.string == server.description
        else { return nil }
        return json["token"]?.string
    }

    public func store(_ token: String, at server: ServerAddress) throws(ClientError) {
        let json: JSONValue = ["server": .string(server.description), "token": .string(token)]
        try folder.write(json.serialized() + [UInt8(ascii: "\n")], to: name)
    }

    public func clear() throws(ClientError) {
        try folder.remove(name)
    }
}
