import ErrandCore

/// An error of a server, read leniently: each has its own form.
///
/// What it says in words may repeat what it was asked, keys among it, so it is only looked through and never shown.
package struct ServerRefusal: Error, Hashable, Sendable {
    /// Bytes of an error that are read.
    static let bytesMax = 65_536

    /// Of HTTP; where the error came in an answer that began well, what it says or what comes nearest.
    package let status: Int
    private(set) var code = ""
    private(set) var type = ""
    private(set) var parameter = ""
    /// In small letters.
    private(set) var message = ""

    /// - Parameter status: of HTTP, or what comes nearest.
    init(status: Int) {
        self.status = status
    }

    package init(status: Int, body: [UInt8]) {
        self.init(status: status)
        if let value = try? JSONValue.parse(body) {
            read(value)
        } else {
            message = String(decoding: body.prefix(2000), as: UTF8.self).lowercased()
        }
    }

    /// The error in an answer that began well; nil where there is none.
    init?(inAnswer value: JSONValue) {
        let isError =
            value["error"].map { $0 != .null } ?? false || value["object"] == "error" || value["type"] == "error"
            || value.array?.first?["error"] != nil || value.object?.members.map(\.name) == ["detail"]
        guard isError else { return nil }
        var refusal = ServerRefusal(status: 0)
        refusal.read(value)
        let numbers = [Int(refusal.code), refusal.statusInBody].compactMap(\.self).filter { (400...599).contains($0) }
        self.init(status: numbers.first ?? refusal.impliedStatus)
        read(value)
    }

    private var statusInBody: Int?

    /// The forms: `{"error": {…}}`, a list of it, `{"error": "…"}`, `{"detail": …}`, and the error itself.
    private mutating func read(_ value: JSONValue) {
        switch value {
        case .array(let values): if let first = values.first { read(first) }
        case .object(let object):
            if let error = object["error"], error != .null { return read(error) }
            code = object["code"].flatMap(ServerRefusal.word) ?? ""
            type = object["type"]?.string ?? object["status"]?.string ?? ""
            parameter = object["param"]?.string ?? ""
            statusInBody = (object["status"]?.integer ?? object["status_code"]?.integer).flatMap { Int(exactly: $0) }
            message = (object["message"] ?? object["detail"]).map { ($0.string ?? $0.text).lowercased() } ?? ""
            // Azure says inside why.
            if let inner = object["innererror"]?["code"]?.string, inner == "ResponsibleAIPolicyViolation" {
                code = "content_filter"
            }
        case .string(let text): message = text.lowercased()
        default: break
        }
    }

    private static func word(_ value: JSONValue) -> String? {
        value.string ?? value.integer.map(String.init)
    }

    /// The status that belongs to an error in a stream, where only words say what it is.
    private var impliedStatus: Int {
        switch (code, type) {
        case _ where isTooLong || isFiltered: 400
        case _ where isQuota || code == "rate_limit_exceeded" || type == "RESOURCE_EXHAUSTED": 429
        case ("invalid_api_key", _), (_, "authentication_error"): 401
        case (_, "invalid_request_error"): 400
        default: 500
        }
    }
}

extension ServerRefusal {
    /// The prompt is longer than the model reads. Of 413 and 400, but servers also take other numbers.
    var isTooLong: Bool {
        if status == 413 || code == "context_length_exceeded" || type == "exceed_context_size_error" { return true }
        guard status == 0 || status == 400 || status == 422 || status == 500 else { return false }
        return [
            "context length", "context size", "context window", "maximum context", "context_length_exceeded",
            "prompt is too long", "input is too long",
        ].contains { message.contains($0) }
    }

    /// Held back for what is said.
    var isFiltered: Bool { code == "content_filter" || code == "content_policy_violation" }

    /// The account is used up: another attempt helps nobody.
    var isQuota: Bool {
        let words = ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance"]
        return status == 402 || words.contains(code) || words.contains(type)
    }

    /// What the server does not take of the request.
    func names(_ member: String) -> Bool {
        parameter == member || parameter.hasPrefix(member + ".") || message.contains(member)
    }

    /// Code or type, for a log: nothing but what a program would write.
    package var label: String? {
        [code, type].first { word in
            !word.isEmpty && word.utf8.count <= 60
                && word.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                    default: false
                    }
                }
        }
    }
}
