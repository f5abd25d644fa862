/// The name of an element: its namespace and its name there (Namespaces in XML 1.0 §3).
public struct XMLName: Hashable, Sendable {
    /// As a URI; empty where there is none.
    public let namespace: String
    public let local: String

    public init(_ namespace: String, _ local: String) {
        self.namespace = namespace
        self.local = local
    }

    /// Of WebDAV itself (RFC 4918 §14).
    public static func dav(_ local: String) -> XMLName { XMLName("DAV:", local) }

    /// Of calendars (RFC 4791 §9).
    public static func calendar(_ local: String) -> XMLName { XMLName("urn:ietf:params:xml:ns:caldav", local) }

    /// What calendarserver.org added, which most clients go by
    /// (<https://github.com/apple/ccs-calendarserver/blob/master/doc/Extensions/caldav-ctag.txt>).
    public static func calendarServer(_ local: String) -> XMLName { XMLName("http://calendarserver.org/ns/", local) }
}
