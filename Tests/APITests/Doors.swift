import ErrandClient
import ErrandCore
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// A way to do what the catalogue has.
protocol Door: Sendable {
    func take(_ name: String, _ arguments: JSONValue) async throws -> Told
}

/// What a door said, without what differs from one store to the next.
struct Told: Equatable {
    /// What was done; `null` where there is nothing to show, or it failed.
    var json: JSONValue = .null
    /// Of what went wrong; nil when all went well.
    var code: String?
    var detail = ""
    var fields: [ErrandClient.Problem.Field] = []
    var undoToken: String?

    init(_ json: JSONValue, undoToken: String?) {
        self.json = json.withoutIDs
        self.undoToken = undoToken
    }

    init(_ problem: ErrandClient.Problem) {
        code = problem.code
        detail = problem.detail
        fields = problem.fields
    }

    /// Tokens are random; whether there is one is not.
    static func == (left: Told, right: Told) -> Bool {
        left.json == right.json && left.code == right.code && left.detail == right.detail
            && left.fields == right.fields && (left.undoToken == nil) == (right.undoToken == nil)
    }
}

extension JSONValue {
    fileprivate var withoutIDs: JSONValue {
        switch self {
        case .array(let items): return .array(items.map(\.withoutIDs))
        case .object(let object):
            var kept = JSONObject()
            for member in object.members where !["id", "series_id", "next_cursor"].contains(member.name) {
                kept.append(member.name, member.value.withoutIDs)
            }
            return .object(kept)
        default: return self
        }
    }
}

/// How REST and its client say what the catalogue has.
private struct RESTRequest {
    let method: Call.Method
    let path: [String]
    var query: [(name: String, value: String)] = []
    var body: JSONValue?
    var version: Int64?

    init(_ name: String, _ arguments: JSONValue) throws {
        var fields = try #require(arguments.object)
        let task = fields["task_id"]?.integer.map(String.init) ?? ""
        let tag = fields["tag"]?.string ?? ""
        version = fields["if_version"]?.integer
        for argument in ["task_id", "if_version", "tag"] { fields[argument] = nil }
        body = .object(fields)
        switch name {
        case "tasks.create": (method, path) = (.post, ["tasks"])
        case "tasks.quick-add": (method, path) = (.post, ["tasks", "quick-add"])
        case "tasks.edit": (method, path) = (.patch, ["tasks", task])
        case "tasks.set-tags": (method, path) = (.patch, ["tasks", task, "tags"])
        case "tasks.reschedule": (method, path) = (.post, ["tasks", task, "reschedule"])
        case "tasks.delete": (method, path, body) = (.delete, ["tasks", task], nil)
        case "tags.rename": (method, path) = (.patch, ["tags", tag])
        case "tags.remove": (method, path, body) = (.delete, ["tags", tag], nil)
        case "undo": (method, path) = (.post, ["undo"])
        case "tasks.list":
            (method, path, body) = (.get, ["tasks"], nil)
            query = fields.members.map { ($0.name, $0.value.string ?? "") }
        default: (method, path, body) = (.post, ["tasks", task, String(name.dropFirst("tasks.".count))], nil)
        }
    }
}

/// Requests as anybody can send them.
struct RESTDoor: Door {
    let api: TestAPI
    let token: String

    func take(_ name: String, _ arguments: JSONValue) async throws -> Told {
        let request = try RESTRequest(name, arguments)
        let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let path = "/api/v1/" + request.path.joined(separator: "/") + (query.isEmpty ? "" : "?\(query)")
        let headers = request.version.map { ["if-match": "\"\($0)\""] } ?? [:]
        let method = try #require(HTTPRequest.Method(request.method.rawValue))
        let answer = try await api.send(
            method, path, token: token, headers: headers, bytes: request.body?.serialized()
        )
        if answer.status < 300 { return Told(answer.json, undoToken: answer.header("errand-undo")) }
        return Told(ErrandClient.Problem(answer.json, status: answer.status))
    }
}

/// Batches of one command; what no batch can do goes by REST.
struct BatchDoor: Door {
    let api: TestAPI
    let token: String

    func take(_ name: String, _ arguments: JSONValue) async throws -> Told {
        guard let op = BatchOp.allCases.first(where: { $0.entry.name == name }) else {
            return try await RESTDoor(api: api, token: token).take(name, arguments)
        }
        var args = try #require(arguments.object)
        if op == .update {
            var patch = args
            var apart = JSONObject()
            for argument in ["task_id", "if_version"] {
                apart[argument] = args[argument]
                patch[argument] = nil
            }
            apart.append("patch", .object(patch))
            args = apart
        }
        let command: JSONValue = ["id": "a", "op": .string(op.rawValue), "args": .object(args)]
        let answer = try await api.send(.post, "/api/v1/tasks/batch", token: token, json: ["commands": [command]])
        let result = try #require(answer.json["results"]?.array?.first)
        if let problem = result["problem"] {
            let place = "/commands/0/args" + (op == .update ? "/patch" : "")
            let status = Int(result["status"]?.integer ?? 0)
            return Told(ErrandClient.Problem(problem.movingPointers(from: place), status: status))
        }
        return Told(result["task"] ?? .null, undoToken: answer.header("errand-undo"))
    }
}

extension JSONValue {
    /// A problem whose fields lie at the root again.
    fileprivate func movingPointers(from place: String) -> JSONValue {
        guard var problem = object, let errors = problem["errors"]?.array else { return self }
        problem["errors"] = .array(
            errors.map { error in
                guard var field = error.object, let pointer = field["pointer"]?.string, pointer.hasPrefix(place) else {
                    return error
                }
                field["pointer"] = .string(String(pointer.dropFirst(place.count)))
                return .object(field)
            }
        )
        return .object(problem)
    }
}

/// The client of the command line, over the same router.
struct ClientDoor: Door {
    private let client: APIClient

    init(_ api: TestAPI, _ token: String) throws {
        client = APIClient(
            server: try #require(ServerAddress("http://localhost")), identity: .token(token),
            transport: RouterTransport(api: api), now: api.clock.now, pauses: []
        )
    }

    func take(_ name: String, _ arguments: JSONValue) async throws -> Told {
        let request = try RESTRequest(name, arguments)
        var call =
            request.method == .get
            ? Call.read(request.path, query: request.query)
            : Call.write(request.method, request.path, body: request.body, key: UniqueKey.next())
        call.version = request.version
        do {
            let reply = try await client.send(call)
            return Told(reply.json, undoToken: reply.undoToken)
        } catch ClientError.problem(let problem) {
            return Told(problem)
        }
    }
}

private enum UniqueKey {
    static func next() -> String { ID<TodoTask>.make().description }
}

/// Brings requests of the client to the router without a socket.
private struct RouterTransport: Transport {
    let api: TestAPI

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportReply {
        let path = request.url.path(percentEncoded: true) + (request.url.query().map { "?\($0)" } ?? "")
        do {
            let method = try #require(HTTPRequest.Method(request.method.rawValue))
            let answer = try await api.send(
                method, path, headers: request.headers, bytes: request.body.map { Array($0) }
            )
            var headers: [String: String] = [:]
            for field in answer.headers { headers[field.name.canonicalName] = field.value }
            return TransportReply(status: answer.status, headers: headers, body: Data(answer.bytes))
        } catch {
            throw .unreachable("\(error)")
        }
    }

    func stream(
        _ request: TransportRequest
    ) async throws(TransportError) -> (status: Int, body: any AsyncSequence<Data, any Error> & Sendable) {
        throw .unreachable("Nothing is streamed here.")
    }
}

/// What tools of a chat or an agent will be made of.
struct CatalogueDoor: Door {
    private let operations: Operations
    private let principal: Principal

    init(_ api: TestAPI, _ token: String) async throws {
        operations = Operations(environment: api.environment, conversations: api.conversations)
        let me = try await api.send(.get, "/api/v1/me", token: token).json
        let user = try #require(UserID(me["id"]?.string ?? ""))
        principal = Principal(userID: user, actor: .session(.make()), scopes: Set(Scope.allCases))
    }

    func take(_ name: String, _ arguments: JSONValue) async throws -> Told {
        let entry = try #require(Catalogue.entry(name))
        // Text is what the other doors have for a flag.
        var arguments = arguments
        if var object = arguments.object, object["count"] != nil {
            object["count"] = true
            arguments = .object(object)
        }
        do throws(ErrandError) {
            let answer = try await entry.read(arguments: arguments).perform(by: operations, as: principal)
            return Told(answer.json ?? .null, undoToken: answer.undoToken)
        } catch {
            return Told(ErrandClient.Problem(error.json, status: 0))
        }
    }
}

/// Tools, as an agent calls them; what has no tool goes by REST.
struct AgentToolDoor: Door {
    let agent: AgentClient

    private static let tools = [
        "tasks.create": "add_task", "tasks.edit": "update_task", "tasks.complete": "complete_task",
        "tasks.skip": "skip_occurrence", "tasks.reschedule": "reschedule_task", "tasks.reopen": "reopen_task",
        "undo": "undo", "tasks.delete": "delete_task", "tasks.restore": "restore_task", "tasks.list": "list_tasks",
    ]

    func take(_ name: String, _ arguments: JSONValue) async throws -> Told {
        guard let tool = AgentToolDoor.tools[name] else {
            return try await RESTDoor(api: agent.api, token: agent.token ?? "").take(name, arguments)
        }
        var arguments = try #require(arguments.object)
        arguments["count"] = nil
        if let rule = arguments["recurrence"]?["rrule"] { arguments["recurrence"] = rule }
        if let words = arguments["text"] {
            arguments["text"] = nil
            arguments["due_date"] = words
        }
        let result = try await agent.call(tool, .object(arguments))
        guard result["isError"] == true else {
            let json = try #require(result["structuredContent"])
            return Told(json, undoToken: json["undo"]?.string)
        }
        // The code is in the data that a chat gets; an agent reads the sentence.
        return Told(ErrandClient.Problem(["detail": result["content"]?.array?.first?["text"] ?? .null], status: 0))
    }
}

extension JSONValue {
    /// A task of REST as tools show it.
    var brief: JSONValue {
        var kept = JSONObject()
        let left: Set<String> = [
            "completed", "series_id", "recurring_parent_id", "occurrence", "created_at", "updated_at", "deleted_at",
        ]
        for member in object?.members ?? [] where !left.contains(member.name) {
            switch member.value {
            case .null, .string(""), .array([]): continue
            default: kept.append(member.name, member.value)
            }
        }
        return .object(kept)
    }
}
