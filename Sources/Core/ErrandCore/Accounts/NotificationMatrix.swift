/// Which types of notifications a user wants over which kinds of channels.
public struct NotificationMatrix: Hashable, Sendable {
    private var rows: [NotificationType: Set<ChannelKind>]

    private init(_ rows: [NotificationType: Set<ChannelKind>]) {
        self.rows = rows
    }

    /// Who adds a destination wants to be reminded there; programs want all that happens; what concerns the account
    /// goes where it is read later.
    public static let standard = NotificationMatrix([
        .reminder: Set(ChannelKind.allCases), .digest: [.inApp, .email], .security: [.inApp, .email],
        .taskEvent: [.webhook],
    ])

    /// The channels of a type. A test goes wherever it is sent to, a notice about the account always into the inbox,
    /// what programs are told never.
    public func kinds(for type: NotificationType) -> Set<ChannelKind> {
        let chosen = rows[type] ?? []
        return switch type {
        case .test: Set(ChannelKind.outside)
        case .security: chosen.union([.inApp])
        case .taskEvent: chosen.intersection([.webhook])
        case .reminder, .digest: chosen
        }
    }

    mutating func set(_ kinds: Set<ChannelKind>, for type: NotificationType) {
        rows[type] = kinds
    }

    /// An object with a list of kinds for each type that a user decides about.
    var json: JSONValue {
        var object: JSONObject = [:]
        for type in NotificationType.chosen {
            let kinds = kinds(for: type)
            let names = ChannelKind.allCases.filter(kinds.contains).map(\.rawValue)
            object.append(type.rawValue, JSONValue(strings: names))
        }
        return .object(object)
    }

    /// Takes over what ``json`` wrote; types that are missing stay, kinds that this version does not know are left out.
    mutating func read(_ json: JSONValue) {
        for type in NotificationType.chosen {
            guard let names = json[type.rawValue]?.array else { continue }
            set(Set(names.compactMap { $0.string.flatMap(ChannelKind.init(rawValue:)) }), for: type)
        }
    }
}

extension FieldReader {
    /// `{reminder?: [kinds], digest?, security?, task_event?}`; types that are left out stay as they are in `before`.
    mutating func notificationMatrix(_ name: String) -> NotificationMatrixEdit? {
        guard let value = value(name) else { return nil }
        var reader = FieldReader(value, at: path(name))
        var edit = NotificationMatrixEdit()
        for type in NotificationType.chosen {
            let names = ChannelKind.allCases.map(\.rawValue).joined(separator: ", ")
            let kinds = reader.list(type.rawValue, expected: "a list of \(names)") { ChannelKind(rawValue: $0) }
            guard let kinds else { continue }
            if type == .security, !kinds.contains(.inApp) {
                reader.report(type.rawValue, .invalidValue, "Notices about the account always go to in_app.")
            }
            if type == .taskEvent, kinds.contains(where: { $0 != .webhook }) {
                reader.report(type.rawValue, .invalidValue, "Events of tasks go to webhook alone.")
            }
            edit.rows[type] = Set(kinds)
        }
        reader.reportUnknown()
        report(contentsOf: reader.problems)
        return edit
    }
}

/// The rows of a matrix that a request gives.
public struct NotificationMatrixEdit: Hashable, Sendable {
    var rows: [NotificationType: Set<ChannelKind>] = [:]

    func applied(to matrix: NotificationMatrix) -> NotificationMatrix {
        var matrix = matrix
        for (type, kinds) in rows { matrix.set(kinds, for: type) }
        return matrix
    }
}
