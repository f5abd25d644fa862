import CivilTime
import Crypto
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /api/v1/audit`
func listAudit(_ call: APICall) async throws -> Response {
    var query = try QueryReader(call.request.uri.query)
    var filter = AuditFilter()
    filter.taskID = query.parsed("task_id", expected: "the id of a task") { TaskID($0) }
    filter.action = query.parsed("action", expected: "an event type, task.updated say") { action in
        EventTypes.row(of: EventType(action))?.type.name
    }
    filter.from = query.parsed("from", expected: "an RFC 3339 date-time with offset") { Instant($0) }
    filter.to = query.parsed("to", expected: "an RFC 3339 date-time with offset") { Instant($0) }
    let limit = query.integer("limit", in: Limits.pageSize) ?? Limits.pageSizeDefault
    let cursor = query.string("cursor")
    try query.finish()
    return Response(json: try await call.ask(ListAudit(filter, cursor: cursor, limit: limit)).json)
}

/// `GET /api/v1/audit/verify`: computes every hash of the user's log anew.
func verifyAudit(_ call: APICall) async throws -> Response {
    var verification = AuditVerification(chain: AuditChain { bytes in Array(SHA256.hash(data: bytes)) })
    while verification.isGood {
        let records = try await call.ask(ReadAudit(after: verification.checked, limit: auditSliceSize))
        if records.isEmpty { break }
        for record in records {
            if let entry = record.entry { verification.check(entry) } else { verification.markUnreadable() }
        }
    }
    return Response(json: verification.json)
}

/// `GET /api/v1/audit/export`: the whole log, an entry a line, the oldest first (<https://jsonlines.org>).
func exportAudit(_ call: APICall) async throws -> Response {
    let (principal, operations) = (try call.principal, call.services.operations)
    let first = try await operations.ask(ReadAudit(after: 0, limit: auditSliceSize), as: principal)
    let body = ResponseBody { writer in
        var slice = first
        while let last = slice.last {
            var lines: [UInt8] = []
            for record in slice {
                // What cannot be read is left out, and so found missing by whoever verifies the export.
                if let entry = record.entry { lines += entry.json.serialized() + [UInt8(ascii: "\n")] }
            }
            try await writer.write(ByteBuffer(bytes: lines))
            slice = try await operations.ask(ReadAudit(after: last.sequence, limit: auditSliceSize), as: principal)
        }
        try await writer.finish(nil)
    }
    return Response(
        status: .ok,
        headers: [
            .contentType: "application/jsonl", .cacheControl: "private, no-store",
            .contentDisposition: "attachment; filename=\"errand-audit.jsonl\"",
        ],
        body: body
    )
}

private let auditSliceSize = 500
