/// Takes the members of a JSON object in their order: into a value that can be looked at (``JSONObject``), or as text
/// right away (``JSONText``). What is wanted both ways has one list of its members.
///
/// Every name is new, and of letters, digits and `_`.
protocol JSONMembers {
    mutating func append(_ name: String, _ value: JSONValue)
    /// `null` for nil.
    mutating func append(_ name: String, text: String?)
    mutating func append(_ name: String, number: Int64)
    mutating func append(_ name: String, flag: Bool)
    mutating func append(_ name: String, texts: [String])
}

extension JSONObject: JSONMembers {
    mutating func append(_ name: String, text: String?) { append(name, JSONValue(text: text)) }
    mutating func append(_ name: String, number: Int64) { append(name, .integer(number)) }
    mutating func append(_ name: String, flag: Bool) { append(name, .bool(flag)) }
    mutating func append(_ name: String, texts: [String]) { append(name, JSONValue(strings: texts)) }
}

/// JSON text under construction, for answers that are long: a page of a list as ``JSONValue`` is a thousand values that
/// are made to be written once.
struct JSONText: JSONMembers {
    private(set) var bytes: [UInt8] = []
    /// Whether nothing is before the next member or element.
    private var isFirst = true

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// An object, as an element of an array or by itself.
    mutating func object(_ members: (inout JSONText) -> Void) {
        separate()
        enclosed("{", "}", members)
    }

    /// A member that is an array.
    mutating func append(_ name: String, array elements: (inout JSONText) -> Void) {
        begin(name)
        enclosed("[", "]", elements)
    }

    mutating func append(_ name: String, _ value: JSONValue) {
        begin(name)
        value.write(to: &bytes)
    }

    mutating func append(_ name: String, text: String?) {
        begin(name)
        if let text { bytes.append(json: text) } else { bytes.append(ascii: "null") }
    }

    mutating func append(_ name: String, number: Int64) {
        begin(name)
        bytes.append(decimal: number)
    }

    mutating func append(_ name: String, flag: Bool) {
        begin(name)
        bytes.append(ascii: flag ? "true" : "false")
    }

    mutating func append(_ name: String, texts: [String]) {
        append(name) { array in
            for text in texts {
                array.separate()
                array.bytes.append(json: text)
            }
        }
    }

    private mutating func begin(_ name: String) {
        separate()
        bytes.append(json: name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func enclosed(_ opening: StaticString, _ closing: StaticString, _ body: (inout JSONText) -> Void) {
        bytes.append(ascii: opening)
        isFirst = true
        body(&self)
        bytes.append(ascii: closing)
        isFirst = false
    }
}
