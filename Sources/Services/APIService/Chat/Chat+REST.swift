import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `POST /api/v1/chat`: JSON, or events for clients that accept them.
func chat(_ call: APICall) async throws -> Response {
    let message = try ChatMessage(call.json)
    let chat = Chat(operations: call.services.operations, model: call.services.model)
    let taken = try await chat.take(
        message, as: try call.principal, for: call.context.correlation, onceKey: try call.onceKey()?.key)
    if call.takesEvents { return ChatStream(chat: chat, requestID: call.context.requestID).response(to: taken) }
    let answer = try await chat.answer(taken) { (_) async throws(CancellationError) in }
    var response = Response(json: answer.json)
    if let token = answer.undoToken { response.headers[.errandUndo] = token }
    return response
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
