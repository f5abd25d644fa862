public import HTTPTypes
public import Hummingbird

extension RouterMethods {
    /// Answers 405 to every method that a path does not have, naming those it has.
    ///
    /// - Parameters:
    ///   - methods: those that are registered; GET brings HEAD with it.
    ///   - others: registered too, and not named to those who are refused.
    public func refuseMethods(
        at path: RouterPath, but methods: [HTTPRequest.Method], besides others: [HTTPRequest.Method] = []
    ) {
        let allowed = methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }.sorted()
        for method in HTTPRequest.Method.refusable where !allowed.contains(method.rawValue) && !others.contains(method)
        {
            on(path, method: method) { _, _ -> Response in
                throw Problem.methodNotAllowed(allowed: allowed)
            }
        }
    }
}

extension HTTPRequest.Method {
    /// Methods that get a 405 where a path does not have them.
    public static let refusable: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, .query,
    ]

    /// Registered with IANA in 2025; new clients probe for it.
    public static let query = HTTPRequest.Method(rawValue: "QUERY") ?? .get
}
