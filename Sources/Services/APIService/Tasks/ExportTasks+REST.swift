import CivilTime
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Interchange
import NIOCore

/// `GET /api/v1/export`: what the user has as one file, written slice by slice.
func exportTasks(_ call: APICall) async throws -> Response {
    let form = try ExportForm(call.request.uri.query)
    let principal = try call.principal
    let operations = call.services.operations
    let first = try await operations.ask(ExportTasks(after: 0, limit: exportSliceSize), as: principal)
    let now = operations.environment.now()
    let body = ResponseBody { writer in
        var file = form.file(first, at: now)
        try await writer.write(ByteBuffer(bytes: file.head()))
        var slice = first
        while true {
            var bytes: [UInt8] = []
            for task in slice.tasks where form.includes(task) { bytes += file.text(of: task) }
            if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            guard let next = slice.next else { break }
            slice = try await operations.ask(ExportTasks(after: next, limit: exportSliceSize), as: principal)
        }
        if form.hasHistory {
            try await writer.write(ByteBuffer(string: OwnExport.historyHead))
            var place = Int64(0)
            while let piece = try await operations.history(after: place, as: principal) {
                try await writer.write(ByteBuffer(bytes: piece.bytes))
                place = piece.last
            }
        }
        try await writer.write(ByteBuffer(bytes: file.tail()))
        try await writer.finish(nil)
    }
    return Response(
        status: .ok,
        headers: [
            .contentType: form.format.mediaType, .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename=\"\(form.fileName)\"",
        ],
        body: body
    )
}

private let exportSliceSize = 500

extension Operations {
    /// A slice of the log with its hashes, as members of a list; nil after the last one.
    fileprivate func history(
        after place: Int64, as principal: Principal
    ) async throws -> (bytes: [UInt8], last: Int64)? {
        let slice = try await ask(ReadAudit(after: place, limit: exportSliceSize), as: principal)
        guard let last = slice.last else { return nil }
        var bytes: [UInt8] = []
        for record in slice {
            guard let entry = record.entry else { continue }
            if record.sequence > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes += entry.json.serialized()
        }
        return (bytes, last.sequence)
    }
}

/// What is asked for.
private struct ExportForm: Sendable {
    let format: TaskFileFormat
    let asEvents: Bool
    /// Whether the log of everything goes along, which only Errand's own document has a place for.
    let hasHistory: Bool
    private let onlyOpen: Bool

    init(_ query: String?) throws {
        var reader = try FieldReader(query)
        let formats = TaskFileFormat.written.map(\.rawValue).joined(separator: ", ")
        let format = reader.parsed("format", expected: "one of \(formats)") { text in
            TaskFileFormat(rawValue: text).flatMap { TaskFileFormat.written.contains($0) ? $0 : nil }
        }
        let include = reader.parsed("include", expected: "open or all") { ["open", "all"].contains($0) ? $0 : nil }
        let kind = reader.parsed("as", expected: "todo or event") { ["todo", "event"].contains($0) ? $0 : nil }
        if kind != nil, let format, format != .ical { reader.report("as", .excluded, "Goes with format=ical.") }
        hasHistory = reader.bool("history") ?? false
        if hasHistory, let format, format != .json { reader.report("history", .excluded, "Goes with format=json.") }
        try reader.finish()
        self.format = format ?? .json
        asEvents = kind == "event"
        onlyOpen = include == "open"
    }

    /// An empty file of that form.
    func file(_ export: ExportTasks.Answer, at now: Instant) -> any ExportWriter {
        let settings = export.user.settings
        let options = WriterOptions(
            now: now, zone: settings.zone, asEvents: asEvents, allDayReminderTime: settings.allDayReminderTime
        )
        if let writer = TaskFiles.writer(format, options) { return PortableExport(writer: writer) }
        return OwnExport(user: export.user, filters: export.filters, now: now)
    }

    func includes(_ task: TodoTask) -> Bool { !onlyOpen || !(task.isCompleted || task.isInTrash) }

    var fileName: String {
        switch format {
        case .ical: "errand-export.ics"
        case .markdown: "errand-export.md"
        case .todotxt: "todo.txt"
        case .csv: "errand-export.csv"
        default: "errand-export.json"
        }
    }
}

/// Makes a file of tasks, one by one.
private protocol ExportWriter {
    func head() -> [UInt8]
    mutating func text(of task: TodoTask) -> [UInt8]
    func tail() -> [UInt8]
}

/// Errand's own document, which loses nothing.
private struct OwnExport: ExportWriter {
    let user: User
    let filters: [SavedFilter]
    let now: Instant
    private var isFirst = true

    init(user: User, filters: [SavedFilter], now: Instant) {
        self.user = user
        self.filters = filters
        self.now = now
    }

    func head() -> [UInt8] {
        let head: JSONValue = [
            "format": "errand", "version": 1, "exported_at": .string(now.description), "user": user.json,
            "filters": .array(filters.map(\.json)),
        ]
        // The object is left open and its last member, the list, filled as the slices come.
        return head.serialized().dropLast() + Array(",\"tasks\":[".utf8)
    }

    mutating func text(of task: TodoTask) -> [UInt8] {
        defer { isFirst = false }
        return (isFirst ? [] : [UInt8(ascii: ",")]) + task.exportJSON.serialized()
    }

    /// Between the tasks and the log.
    static let historyHead = "],\"history\":["

    func tail() -> [UInt8] { Array("]}".utf8) }
}

/// A file of another kind, which has what its format has a place for.
private struct PortableExport: ExportWriter {
    var writer: any TaskFileWriter

    func head() -> [UInt8] { writer.head() }

    mutating func text(of task: TodoTask) -> [UInt8] { writer.text(of: PortableTask(task)) }

    func tail() -> [UInt8] { writer.tail() }
}
