import CivilTime
import ErrandClient
import ErrandCore
import Foundation

extension ClientSession {
    /// How long a token of `errand mcp` lasts; as long as that of a program which was let in on the consent page.
    private static let agentLifetime = Duration.days(90)

    /// The same server with a credential that its door for agents takes. The session of somebody who is signed in is
    /// not for that door, so a personal token is made once, which is kept for the next time and listed with the others.
    func agentClient() async throws(ClientError) -> APIClient {
        guard !hasEnvironmentToken, case .signedIn? = try credentials.read().sessions[server] else { return client }
        let token = try await agents.token(of: try undoOwner()) { (token) async throws(ClientError) in
            do throws(ClientError) {
                _ = try await client(as: .token(token.secret)).send(.read(["me"]))
                return true
            } catch {
                if case .notSignedIn = error { return false }
                throw error
            }
        } make: { () async throws(ClientError) in
            try await makeAgentToken()
        }
        return client(as: .token(token.secret))
    }

    private func makeAgentToken() async throws(ClientError) -> AgentTokenFile.Token {
        let scopes: [Scope] = [.readTasks, .writeTasks, .readAccount]
        let body: JSONValue = [
            "name": .string("errand mcp (\(ProcessInfo.processInfo.hostName.prefix(40)))"),
            "scopes": JSONValue(strings: scopes.map(\.rawValue)),
            "expires_at": .string((ClientSession.now() + ClientSession.agentLifetime).description),
        ]
        let key = ClientSession.uniqueID().description
        let json = try await client.send(.write(.post, ["me", "tokens"], body: body, key: key)).json
        guard let id = json["id"]?.string, let secret = json["token"]?.string else {
            throw .unexpected("The server's answer holds no token. Is this an Errand server?")
        }
        return AgentTokenFile.Token(id: id, secret: secret)
    }

    /// Ends what `errand mcp` was let do here, as far as the server can be reached.
    func endAgent() async throws(ClientError) {
        guard case .signedIn(let session)? = try credentials.read().sessions[server],
            let token = try await agents.remove(undoOwner(.signedIn(session)))
        else { return }
        let key = ClientSession.uniqueID().description
        do throws(ClientError) {
            _ = try await client.send(.write(.delete, ["me", "tokens", token.id], key: key))
        } catch {
            Terminal.remark("errand: The token of errand mcp could not be revoked. \(error.sentence)")
        }
    }
}
