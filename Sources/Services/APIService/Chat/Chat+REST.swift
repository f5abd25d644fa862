import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /api/v1/chat`: JSON, or events for clients that accept them.
func chat(_ call: APICall) async throws -> Response {
    let message = try ChatMessage(call.json)
    let answer = try await Chat(operations: call.services.operations).answer(
        message, as: try call.principal, for: call.context.correlation, onceKey: try call.onceKey()?.key
    )
    return call.takesEvents ? eventStream(of: answer) : Response(json: answer.json)
}

/// `POST /api/{user_id}/chat`: the address that earlier to-do chatbots have; `me` is whoever asks.
func chatClassic(_ call: APICall) async throws -> Response {
    let user = try call.parameter("user_id")
    let principal = try call.principal
    guard user == "me" || user == principal.userID.description else {
        throw Problem(
            .forbidden, code: "not_your_chat", title: "This is somebody else's chat.",
            detail: "The address names another user than the credential."
        )
    }
    return try await chat(call)
}

extension APICall {
    fileprivate var takesEvents: Bool {
        request.headers[values: .accept].contains { $0.contains("text/event-stream") }
    }
}

/// What was called, what is said, and all of it at the end.
private func eventStream(of answer: ChatAnswer) -> Response {
    var text = ""
    func add(_ event: String, _ data: JSONValue) { text += "event: \(event)\ndata: \(data.text)\n\n" }
    for call in answer.toolCalls { add("tool", call) }
    add("delta", ["text": .string(answer.response)])
    add("done", answer.json)
    return Response(
        status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
}
