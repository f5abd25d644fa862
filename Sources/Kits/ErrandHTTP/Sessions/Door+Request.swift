public import ErrandCore
import HTTPTypes
public import Hummingbird

extension Door {
    /// Which door a request came through.
    ///
    /// A cookie is only ever shown by a browser, whatever else the request says of itself; of other programs the
    /// command line names itself.
    ///
    /// - Parameter credential: what the request showed; nil for one that is about to sign in.
    public init(_ request: Request, _ credential: Credential?) {
        let isBrowser = credential?.isCookie ?? request.isFromPage
        if isBrowser {
            self = .page
        } else {
            self = request.headers[.errandClient] == Door.commandLine.name ? .commandLine : .api
        }
    }
}

extension Request {
    /// Whether a browser says that a page of ours sends it (<https://www.w3.org/TR/fetch-metadata/>).
    fileprivate var isFromPage: Bool {
        headers[.secFetchSite] == "same-origin" || headers[.origin] != nil
    }
}
