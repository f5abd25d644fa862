import CivilTime
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /api/v1/export`: everything the user has, as one JSON document, written slice by slice.
func exportTasks(_ call: APICall) async throws -> Response {
    var reader = try FieldReader(call.request.uri.query)
    _ = reader.parsed("format", expected: "json") { $0 == "json" ? $0 : nil }
    try reader.finish()
    let principal = try call.principal
    let operations = call.services.operations
    let sliceSize = 500
    let first = try await operations.ask(ExportTasks(after: 0, limit: sliceSize), as: principal)
    let head: JSONValue = [
        "format": "errand", "version": 1, "exported_at": .string(operations.environment.now().description),
        "user": first.user.json, "filters": .array(first.filters.map(\.json)),
    ]
    let body = ResponseBody { writer in
        // The object is left open and its last member, the list, filled as the slices come.
        try await writer.write(ByteBuffer(bytes: head.serialized().dropLast() + Array(",\"tasks\":[".utf8)))
        var slice = first
        var separator = ""
        while true {
            for task in slice.tasks {
                try await writer.write(ByteBuffer(bytes: Array(separator.utf8) + task.json.serialized()))
                separator = ","
            }
            guard let next = slice.next else { break }
            slice = try await operations.ask(ExportTasks(after: next, limit: sliceSize), as: principal)
        }
        try await writer.write(ByteBuffer(string: "]}"))
        try await writer.finish(nil)
    }
    return Response(
        status: .ok,
        headers: [
            .contentType: "application/json", .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename=\"errand-export.json\"",
        ],
        body: body
    )
}
