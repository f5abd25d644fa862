import ErrandCore
import HTTPTypes
package import Hummingbird

/// One row of the route table.
package struct Route: Sendable {
    /// Who may call.
    package enum Access: Sendable {
        /// Anybody; a credential is not looked at.
        case open
        /// Anybody, by the stricter limit for guesses.
        case credentials
        /// Whoever shows a valid credential.
        case authenticated
    }

    package enum Body: Sendable {
        case none
        /// `{}` or nothing.
        case empty
        case optional
        case required
        /// A file, which the handler reads itself.
        case file
    }

    typealias Handler = @Sendable (APICall) async throws -> Response

    package let method: HTTPRequest.Method
    /// Parameters in braces.
    package let path: String
    /// The row of the catalogue that it is; nil for what no user does.
    package let operation: String?
    let access: Access
    let body: Body
    /// Whether the handler reads the query; where it does not, a query is refused.
    let readsQuery: Bool
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, operation: String?, access: Access, body: Body = .none,
        readsQuery: Bool = false, handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.operation = operation
        self.access = access
        self.body = body
        self.readsQuery = readsQuery || access == .open
        self.handler = handler
    }

    /// Whether its answers are sent with gzip to those who like that better. Lists and feeds are: they are what is
    /// long, and none of them has a secret in it, as the answers have that carry tokens, keys or addresses with a
    /// token; see ``Response/pack(for:)``.
    var isPacked: Bool { operation.map { Route.packed.contains($0) } ?? false }

    private static let packed: Set<String> = [
        Catalogue.listTasks.name, Catalogue.listOccurrences.name, Catalogue.listTags.name, Catalogue.listFilters.name,
        Catalogue.listNotifications.name, Catalogue.listConversations.name,
        Catalogue.listAudit.name, AssistedOperation.readFeed.name,
    ]
}
