import ErrandCore
import ErrandHTTP

/// What an address of CalDAV names. Each account has places of its own, so that a program with two accounts keeps them
/// apart.
enum CalendarPlace: Hashable, Sendable {
    case root
    /// Whose tasks they are.
    case principal(UserID)
    /// Where all calendars of a person are: there is one.
    case home(UserID)
    case tasks(UserID)
    case task(UserID, name: String)

    /// Reads a path; with or without a slash at its end.
    ///
    /// - Returns: nil for one that names nothing.
    init?(_ path: String) {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            guard let text = part.percentDecoded() else { return nil }
            parts.append(text)
        }
        guard parts.first == "dav" else { return nil }
        switch (parts.count, parts.count > 1 ? parts[1] : "") {
        case (1, _): self = .root
        case (3, "principals"):
            guard let id = UserID(parts[2]) else { return nil }
            self = .principal(id)
        case (3, "calendars"):
            guard let id = UserID(parts[2]) else { return nil }
            self = .home(id)
        case (4...5, "calendars"):
            guard let id = UserID(parts[2]), parts[3] == "tasks" else { return nil }
            self = parts.count == 4 ? .tasks(id) : .task(id, name: parts[4])
        default: return nil
        }
    }

    /// Its path, percent-encoded.
    var path: String {
        switch self {
        case .root: "/dav/"
        case .principal(let id): "/dav/principals/\(id)/"
        case .home(let id): "/dav/calendars/\(id)/"
        case .tasks(let id): "/dav/calendars/\(id)/tasks/"
        case .task(let id, let name): "/dav/calendars/\(id)/tasks/\(CalendarPlace.encoded(name))"
        }
    }

    /// Nil for the root, which is everybody's.
    var owner: UserID? {
        switch self {
        case .root: nil
        case .principal(let id), .home(let id), .tasks(let id), .task(let id, _): id
        }
    }

    /// Whether there is such a place for everybody, as against a task, which may be there or not.
    var isCollection: Bool { if case .task = self { false } else { true } }

    /// What can be done there, for `Allow` (RFC 9110 §10.2.1).
    var methods: [String] {
        switch self {
        case .root, .principal, .home: ["OPTIONS", "PROPFIND", "PROPPATCH"]
        case .tasks: ["OPTIONS", "PROPFIND", "PROPPATCH", "REPORT"]
        case .task: ["DELETE", "GET", "HEAD", "OPTIONS", "PROPFIND", "PROPPATCH", "PUT"]
        }
    }

    /// A name as a segment of a path (RFC 3986 §3.3).
    private static func encoded(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x40: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
