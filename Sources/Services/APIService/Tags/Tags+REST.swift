import ErrandCore
import ErrandHTTP
import Hummingbird

/// `GET /api/v1/tags`
func listTags(_ call: APICall) async throws -> Response {
    let counts = try await call.ask(ListTags())
    return Response(
        json: ["items": .array(counts.map(\.json)), "next_cursor": .null],
        headers: [.cacheControl: "private, no-cache"]
    )
}

/// `PATCH /api/v1/tags/{name}`
func renameTag(_ call: APICall) async throws -> Response {
    var reader = FieldReader(call.json)
    reader.require("name")
    let name = reader.text("name", .tag) ?? ""
    try reader.finish()
    return try await call.perform(RenameTag(try call.tag(), to: Tag(name: name))) { Reply.json($0.json) }
}

/// `DELETE /api/v1/tags/{name}`
func removeTag(_ call: APICall) async throws -> Response {
    try await call.perform(RemoveTag(try call.tag())) { _ in .noContent }
}

extension APICall {
    fileprivate func tag() throws -> Tag {
        guard case .success(let name) = TextRule.tag.apply(to: try parameter("name")) else {
            throw ErrandError.notFound(.tag)
        }
        return Tag(name: name)
    }
}
