/// One answer within a multi-status (RFC 4918 §13, §14.24).
public struct MultistatusResponse: Hashable, Sendable {
    /// The path it is about, percent-encoded.
    public let href: String
    /// Properties that are there, with their values.
    public var found: [XMLElement]
    /// Names of properties that are not.
    public var missing: [XMLName]
    /// Of the resource as a whole, in place of properties.
    public var status: Int?
    /// What was not kept to, where ``status`` says so: the name of a precondition (RFC 4918 §16).
    public var condition: XMLName?

    public init(href: String, found: [XMLElement] = [], missing: [XMLName] = []) {
        self.href = href
        self.found = found
        self.missing = missing
    }

    public init(href: String, status: Int, condition: XMLName? = nil) {
        self.init(href: href)
        self.status = status
        self.condition = condition
    }

    public var element: XMLElement {
        var parts = [XMLElement(.dav("href"), text: href)]
        if let status {
            parts.append(Self.line(status))
            if let condition { parts.append(XMLElement(.dav("error"), [XMLElement(condition)])) }
        } else {
            if !found.isEmpty || missing.isEmpty { parts.append(Self.group(200, found)) }
            if !missing.isEmpty { parts.append(Self.group(404, missing.map { XMLElement($0) })) }
        }
        return XMLElement(.dav("response"), parts)
    }

    /// Properties that share a status.
    public static func group(_ status: Int, _ properties: [XMLElement]) -> XMLElement {
        XMLElement(.dav("propstat"), [XMLElement(.dav("prop"), properties), line(status)])
    }

    private static func line(_ status: Int) -> XMLElement {
        let reasons = [200: "OK", 403: "Forbidden", 404: "Not Found", 507: "Insufficient Storage"]
        return XMLElement(.dav("status"), text: "HTTP/1.1 \(status) \(reasons[status] ?? "")")
    }
}

/// What a PROPFIND or a report wants to know of each resource (RFC 4918 §9.1).
public enum PropertyRequest: Hashable, Sendable {
    /// Everything that is cheap to tell.
    case all
    /// What there is, without values.
    case names
    case these([XMLName])

    /// Reads `prop`, `propname` or `allprop` among the children of an element. None of them is ``all``.
    public init(_ element: XMLElement?) {
        if let prop = element?.first(.dav("prop")) {
            self = .these(prop.children.map(\.name))
        } else if element?.first(.dav("propname")) != nil {
            self = .names
        } else {
            self = .all
        }
    }

    /// What is answered of a resource, given what it can tell.
    ///
    /// - Parameters:
    ///   - usual: what ``all`` stands for.
    ///   - value: nil for a property that the resource does not have.
    public func response(
        of href: String, usual: [XMLName], _ value: (XMLName) throws -> XMLElement?
    ) rethrows -> MultistatusResponse {
        var response = MultistatusResponse(href: href)
        switch self {
        case .all: response.found = try usual.compactMap(value)
        case .names: response.found = try usual.compactMap { try value($0) == nil ? nil : XMLElement($0) }
        case .these(let names):
            for name in names {
                if let element = try value(name) {
                    response.found.append(element)
                } else {
                    response.missing.append(name)
                }
            }
        }
        return response
    }
}
