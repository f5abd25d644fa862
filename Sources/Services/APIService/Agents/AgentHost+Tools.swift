import Crypto
import ErrandCore
import Foundation
import ModelContextProtocol
import SignedTokens

extension AgentHost {
    /// Under which a client answers whether something is to be done.
    private static let questionKey = "confirm"

    /// - Throws: `invalidParams` for an unknown tool, and for a state that is not ours.
    func call(
        _ name: String, _ arguments: JSONValue, _ request: ClientRequest, _ caller: Caller
    ) async throws(ProtocolError) -> JSONValue {
        guard let (tool, arguments) = ToolCatalogue.find(name, arguments) else {
            throw .invalidParams("There is no tool \(name.prefix(100)).")
        }
        let context = context(caller, onceKey: request.meta["idempotency_key"]?.string)
        var asked = arguments
        if let answer = try consent(to: tool, arguments, request, caller) {
            guard answer else { return request.response(ToolOutcome.declined) }
            var object = arguments.object ?? JSONObject()
            object["confirm"] = true
            asked = .object(object)
        }
        let outcome = await tool.call(asked, via: .mcp, in: context)
        guard let question = outcome.question else { return request.response(outcome) }
        guard request.canAsk else {
            // A client that cannot ask is told what to do instead.
            return request.response(outcome)
        }
        do throws(ErrandError) {
            let state = try states.seal(AgentHost.subject(tool, arguments), for: caller.principal.userID)
            return request.ask([(AgentHost.questionKey, Question(question, AgentHost.form))], state: state)
        } catch {
            throw .failing(with: error)
        }
    }

    /// What the person said to the question that the same call has put before; nil where they said nothing yet.
    private func consent(
        to tool: Tool, _ arguments: JSONValue, _ request: ClientRequest, _ caller: Caller
    ) throws(ProtocolError) -> Bool? {
        guard let state = request.requestState else { return nil }
        let subject = AgentHost.subject(tool, arguments)
        guard states.isValid(state, about: subject, for: caller.principal.userID) else {
            throw .invalidParams("The requestState is not of this call, or too old.")
        }
        switch request.answer(to: AgentHost.questionKey, AgentHost.form) {
        case .missing: return nil
        case .declined: return false
        case .given(let content): return content["confirm"]?.bool
        }
    }

    /// What a consent is good for: this tool with these arguments.
    private static func subject(_ tool: Tool, _ arguments: JSONValue) -> String {
        let digest = SHA256.hash(data: Array(arguments.canonicalText.utf8))
        return "\(tool.name) \(Base64URL.encode(Array(digest)))"
    }

    private static let form = Form([.init("confirm", .boolean, title: "Yes, do it", isRequired: true)])
}

extension ClientRequest {
    /// An outcome as `tools/call` answers it: the sentence for people, the data for programs, and again as text for
    /// those that read no data.
    fileprivate func response(_ outcome: ToolOutcome) -> JSONValue {
        if outcome.isError { return toolResponse([.text(outcome.sentence)], isError: true) }
        return toolResponse(
            [.text(outcome.sentence), .text(outcome.structured.text)], structured: outcome.structured
        )
    }
}
