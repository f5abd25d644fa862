import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Interchange

/// `POST /api/v1/import`: the tasks of a file, which is the body as it is, whatever its type is said to be. The answer
/// is JSON, or events for clients that accept them.
///
/// It needs no `Idempotency-Key`: the ids of the tasks follow from the file.
func importTasks(_ call: APICall) async throws -> Response {
    var reader = try FieldReader(call.request.uri.query)
    let formats = (["auto"] + TaskFileFormat.allCases.map(\.rawValue)).joined(separator: ", ")
    let format = reader.parsed("format", expected: "one of \(formats)") { text -> TaskFileFormat?? in
        text == "auto" ? .some(nil) : TaskFileFormat(rawValue: text).map { .some($0) }
    }
    let options = ImportOptions(
        isDryRun: reader.bool("dry_run") ?? false, takesSettings: reader.bool("settings") ?? false
    )
    let name = reader.text("file_name", .fileName)
    try reader.finish()
    let principal = try call.principal
    guard principal.scopes.contains(.writeTasks) else { throw ErrandError.insufficientScope(.writeTasks) }
    if options.takesSettings, !principal.scopes.contains(.writeAccount) {
        throw ErrandError.insufficientScope(.writeAccount)
    }
    guard let place = call.services.imports.place(for: principal.userID) else {
        throw ErrandError.rateLimited(retryAfter: .seconds(10))
    }
    let content = try await call.services.spool.take(call.request, upTo: Limits.importBytesMax, call.context)
    let file = try ImportArchive.file(content, format: format ?? nil, name: name)
    let operations = call.services.operations
    if call.takesEvents {
        return ImportStream(
            operations: operations, file: file, options: options, principal: principal, context: call.context,
            place: place
        ).response()
    }
    defer { withExtendedLifetime(place) {} }
    let report = try await operations.importTasks(file, options, as: principal, for: call.context.correlation)
    var reply = Reply.json(report.json)
    if let newest = report.undoTokens.last { reply.headers[.errandUndo] = newest }
    return reply.response()
}
