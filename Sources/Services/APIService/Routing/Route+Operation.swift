import ErrandCore
import HTTPTypes
import Hummingbird

extension Route {
    /// A route that is a row of the catalogue: what it reads follows from the row, what it answers is the row's JSON.
    ///
    /// - Parameters:
    ///   - headers: of every answer that does not have them already.
    ///   - reply: what only HTTP has, status and headers; nil for 200, or 204 where there is nothing to show.
    init<Outcome>(
        _ method: HTTPRequest.Method, _ path: String, _ entry: CatalogueEntry<Outcome>, headers: HTTPFields = [:],
        reply: (@Sendable (Outcome, APICall) -> Reply)? = nil
    ) {
        self.init(
            method, path, operation: entry.name, access: .authenticated, body: Body(entry.fields, method),
            readsQuery: entry.fields.includeParameters
        ) { call in
            try await call.answer(entry) { outcome in
                var answer =
                    reply.map { $0(outcome, call) } ?? entry.json(outcome).map { Reply.json($0) } ?? Reply.noContent
                for field in headers where answer.headers[field.name] == nil { answer.headers.append(field) }
                return answer
            }
        }
    }

    /// A route that is about one task, and answers it with its ETag.
    init(_ method: HTTPRequest.Method, _ path: String, _ entry: CatalogueEntry<TodoTask>) {
        self.init(method, path, entry) { task, _ in entry.json(task) == nil ? .noContent : .task(.ok, task) }
    }

    /// A route that is a row of the catalogue, and has an answer of its own for it.
    init<Outcome>(
        _ method: HTTPRequest.Method, _ path: String, _ entry: CatalogueEntry<Outcome>, handler: @escaping Handler
    ) {
        self.init(
            method, path, operation: entry.name, access: .authenticated, body: Body(entry.fields, method),
            readsQuery: entry.fields.includeParameters, handler: handler
        )
    }

    /// A route that does a part of an operation itself.
    init(
        _ method: HTTPRequest.Method, _ path: String, _ operation: AssistedOperation,
        access: Access = .authenticated, body: Body = .none, readsQuery: Bool = false, _ handler: @escaping Handler
    ) {
        self.init(
            method, path, operation: operation.name, access: access, body: body, readsQuery: readsQuery,
            handler: handler
        )
    }
}

extension Route.Body {
    /// What follows for the body from the fields that an operation reads.
    fileprivate init(_ fields: OperationFields, _ method: HTTPRequest.Method) {
        switch fields {
        case .body, .bodyAnd: self = .required
        case .none, .parameters: self = method == .post ? .empty : .none
        }
    }
}

extension OperationFields {
    fileprivate var includeParameters: Bool {
        switch self {
        case .parameters, .bodyAnd: true
        case .none, .body: false
        }
    }
}
