import CivilTime

/// A place in a list as clients carry it: opaque text that is only good for the query it came from.
struct ListCursor: Hashable, Sendable {
    let position: PagePosition
    /// Of filter and order; see ``ListCursor/fingerprint(of:)``.
    let fingerprint: String

    /// Base64url of a small JSON list.
    var text: String {
        var values: [JSONValue] = [.string(fingerprint)]
        switch position {
        case .number(let key, let id):
            values += ["n", key.map { .integer($0) } ?? .null, .string(id.description)]
        case .text(let key, let id):
            values += ["k", .string(key), .string(id.description)]
        case .match(let tier, let number):
            values += ["m", JSONValue(tier), .integer(number)]
        }
        return Base64URL.encode(JSONValue.array(values).serialized())
    }

    /// - Throws: ``ErrandError/invalidCursor`` when `text` is not a cursor of this query.
    init(_ text: String, fingerprint: String) throws(ErrandError) {
        guard text.utf8.count <= 4096, let bytes = Base64URL.decode(text),
            let values = (try? JSONValue.parse(bytes))?.array, values.count == 4,
            values[0].string == fingerprint,
            let position = ListCursor.position(values[1].string, values[2], values[3])
        else { throw .invalidCursor }
        self.position = position
        self.fingerprint = fingerprint
    }

    init(position: PagePosition, fingerprint: String) {
        self.position = position
        self.fingerprint = fingerprint
    }

    private static func position(_ kind: String?, _ key: JSONValue, _ last: JSONValue) -> PagePosition? {
        switch (kind, key, last) {
        case ("n", .null, .string(let id)): TaskID(id).map { .number(nil, $0) }
        case ("n", .integer(let key), .string(let id)): TaskID(id).map { .number(key, $0) }
        // Cursors of "t" have a place in an order that is no more.
        case ("k", .string(let key), .string(let id)): TaskID(id).map { .text(key, $0) }
        case ("m", .integer(let tier), .integer(let number)):
            (0...9).contains(tier) ? .match(tier: Int(tier), number: number) : nil
        default: nil
        }
    }

    /// FNV-1a of what the client asked for: tells queries apart, protects nothing.
    static func fingerprint(of parts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        return String(hash, radix: 36)
    }
}
