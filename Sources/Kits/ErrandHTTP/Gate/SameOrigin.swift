import HTTPTypes
public import Hummingbird

/// Keeps other sites from using a visitor's cookies (cross-site request forgery).
public enum SameOrigin {
    /// Browsers say where a request comes from: in `Sec-Fetch-Site`, older ones in `Origin`. Programs say nothing,
    /// which is fine as long as they do not come with nothing but a cookie.
    ///
    /// - Throws: ``Problem/crossSiteRequest``.
    public static func check(_ request: Request, cookieIsOnlyCredential: Bool) throws(Problem) {
        if let site = request.headers[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw .crossSiteRequest }
        } else if let origin = request.headers[.origin] {
            guard let authority = request.head.authority, origin.hasSuffix("://\(authority)") else {
                throw .crossSiteRequest
            }
        } else if cookieIsOnlyCredential {
            throw .crossSiteRequest
        }
    }
}
