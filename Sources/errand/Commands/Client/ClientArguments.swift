public import ArgumentParser
import ErrandClient
public import ErrandCore

extension TaskReference: ExpressibleByArgument {
    /// A number, with or without `#`, or an id.
    public init?(argument: String) {
        self.init(argument.hasPrefix("#") ? String(argument.dropFirst()) : argument)
    }
}

extension Priority: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(name: argument)
    }

    public static var allValueStrings: [String] { allCases.reversed().map(\.name) }
}

/// A due date with its zone, as the commands that set one take it.
struct DueOptions: ParsableArguments {
    @Option(help: ArgumentHelp("2026-11-30, 2026-11-30T18:00, or with an offset.", valueName: "date"))
    var due: String?

    @Option(help: "Zone of the due time, such as Europe/Paris (default: wherever you are).")
    var zone: String?

    mutating func validate() throws {
        _ = try member
    }

    /// The member of a task that sets the due date; `none` clears it.
    var member: (name: String, value: JSONValue)? {
        get throws {
            guard let due else {
                if zone != nil { throw ValidationError("--zone needs a --due to go with.") }
                return nil
            }
            if due == "none" { return ("due", .null) }
            do {
                return try DueArgument(due, zone: zone).member
            } catch {
                throw ValidationError(error.sentence)
            }
        }
    }
}
