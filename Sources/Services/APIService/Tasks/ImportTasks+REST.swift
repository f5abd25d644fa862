import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Interchange

/// `POST /api/v1/import`: the tasks of a file, which is the body as it is, whatever its type is said to be.
///
/// It needs no `Idempotency-Key`: the ids of the tasks follow from the file.
func importTasks(_ call: APICall) async throws -> Response {
    var reader = try FieldReader(call.request.uri.query)
    let formats = (["auto"] + TaskFileFormat.allCases.map(\.rawValue)).joined(separator: ", ")
    let format = reader.parsed("format", expected: "one of \(formats)") { text -> TaskFileFormat?? in
        text == "auto" ? .some(nil) : TaskFileFormat(rawValue: text).map { .some($0) }
    }
    let isDryRun = reader.bool("dry_run") ?? false
    let name = reader.text("file_name", .fileName)
    try reader.finish()
    let principal = try call.principal
    guard principal.scopes.contains(.writeTasks) else { throw ErrandError.insufficientScope(.writeTasks) }
    guard call.services.imports.enter(principal.userID) else {
        throw ErrandError.rateLimited(retryAfter: .seconds(10))
    }
    defer { call.services.imports.leave(principal.userID) }
    let body = try await JSONBody.collect(call.request, upTo: Limits.importBytesMax)
    let file = ImportFile(Array(body.readableBytesView), format: format ?? nil, name: name)
    let report = try await call.services.operations.importTasks(
        file, isDryRun: isDryRun, as: principal, for: call.context.correlation
    )
    var reply = Reply.json(report.json)
    if let newest = report.undoTokens.last { reply.headers[.errandUndo] = newest }
    return reply.response()
}
