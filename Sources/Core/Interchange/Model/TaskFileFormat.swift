/// Whose file it is.
public enum TaskFileFormat: String, CaseIterable, Sendable {
    /// Errand's own JSON export, which loses nothing.
    case json
    case csv
    /// iCalendar (RFC 5545): to-dos, and events.
    case ical
    case markdown
    case todotxt
    case todoist
    case ticktick
    /// JSON of `task export`.
    case taskwarrior
    /// The `data.json` of an export.
    case vikunja
    /// JSON of Microsoft Graph.
    case microsoftToDo = "microsofttodo"

    /// Those that Errand writes.
    public static let written: [TaskFileFormat] = [.json, .csv, .ical, .markdown, .todotxt]

    /// What HTTP and mail programs know such a file by (IANA media types; todo.txt and Markdown are text).
    public var mediaType: String {
        switch self {
        case .json, .taskwarrior, .vikunja, .microsoftToDo: "application/json"
        case .csv, .todoist, .ticktick: "text/csv; charset=utf-8"
        case .ical: "text/calendar; charset=utf-8"
        case .markdown: "text/markdown; charset=utf-8"
        case .todotxt: "text/plain; charset=utf-8"
        }
    }
}
