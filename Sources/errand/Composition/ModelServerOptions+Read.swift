import ErrandCore
import Foundation
import LanguageModels

extension ModelServerOptions {
    private static let headersMax = 20
    private static let bodyBytesMax = 16_384
    private static let keyBytesMax = 4096
    private static let textBytesMax = 500

    /// The model that chat may ask: `ERRAND_MODEL` (`--model`) or `OPENAI_MODEL` names it. Nil where nothing does, and
    /// where it is `off`: a key alone sends nothing anywhere.
    ///
    /// - Parameters:
    ///   - settings: by flag, environment and file.
    ///   - environment: the only place of keys and headers. Everybody on a machine can read flags.
    static func read(
        _ settings: Setting.Reader, _ environment: [String: String]
    ) throws(ConfigurationError) -> ModelServerOptions? {
        func text(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let named = settings.text("model").map { ("model", $0) } ?? text("OPENAI_MODEL").map { ("OPENAI_MODEL", $0) }
        guard let (name, model) = named else {
            guard settings.text("model-url") == nil else {
                throw ConfigurationError(name: "model", expected: "set where model-url is, or off")
            }
            return nil
        }
        if model == "off" { return nil }
        guard model.utf8.count <= textBytesMax, isPlain(model) else {
            throw ConfigurationError(name: name, expected: "the name of a model, at most \(textBytesMax) letters")
        }
        var options = ModelServerOptions(model: model)
        let url = settings.text("model-url").map { ("model-url", $0) }
        if let (name, url) = url ?? text("OPENAI_BASE_URL").map({ ("OPENAI_BASE_URL", $0) }) {
            options.baseURL = try baseURL(url, name)
        }
        try options.readDoor(settings, key: text("ERRAND_MODEL_KEY"), orElse: text("OPENAI_API_KEY"))
        try options.readForm(settings)
        if let headers = text("ERRAND_MODEL_HEADERS") { options.extraHeaders = try extraHeaders(headers) }
        if let body = settings.text("model-body") { options.extraBody = try extraBody(body) }
        if let seconds = try settings.integer("model-connect-seconds", 1...60) {
            options.connectTime = .seconds(seconds)
        }
        if let seconds = try settings.integer("model-seconds", 1...600) { options.wholeTime = .seconds(seconds) }
        if let seconds = try settings.integer("model-silence-seconds", 1...600) {
            options.silenceMax = .seconds(seconds)
        }
        return options
    }

    /// How one gets in, and by which path.
    private mutating func readDoor(
        _ settings: Setting.Reader, key ours: String?, orElse theirs: String?
    ) throws(ConfigurationError) {
        if let key = ours ?? theirs {
            guard key.utf8.count <= ModelServerOptions.keyBytesMax, ModelServerOptions.isFieldValue(key) else {
                throw ConfigurationError(
                    name: ours == nil ? "OPENAI_API_KEY" : "ERRAND_MODEL_KEY", expected: "letters without spaces"
                )
            }
            self.key = key
        }
        if let name = settings.text("model-auth-header") {
            guard ModelServerOptions.isFieldName(name) else {
                throw ConfigurationError(name: "model-auth-header", expected: "the name of a header field")
            }
            authHeader = name
        }
        switch settings.text("model-path-style") {
        case nil, "v1":
            guard settings.text("model-api-version") == nil else {
                throw ConfigurationError(name: "model-api-version", expected: "set with model-path-style azure only")
            }
        case "azure":
            guard let version = settings.text("model-api-version"), ModelServerOptions.isPlain(version),
                version.utf8.count <= 40
            else { throw ConfigurationError(name: "model-api-version", expected: "a version, 2024-10-21 say") }
            pathStyle = .azureDated(apiVersion: version)
            if settings.text("model-auth-header") == nil { authHeader = "api-key" }
            // Its address is that of the resource, however much of the path is given with it.
            if baseURL.hasSuffix("/openai") { baseURL.removeLast("/openai".count) }
        default: throw ConfigurationError(name: "model-path-style", expected: "v1 or azure")
        }
    }

    /// In which form it is asked.
    private mutating func readForm(_ settings: Setting.Reader) throws(ConfigurationError) {
        let switches = ["on": true, "off": false]
        if let dialect = try settings.choice("model-dialect", choices(Dialect.self)) { self.dialect = dialect }
        if pathStyle != .v1, dialect == .responses {
            throw ConfigurationError(name: "model-dialect", expected: "auto or chat with model-path-style azure")
        }
        streamsWithTools = try settings.choice("model-stream-tools", switches) ?? streamsWithTools
        tokenField = try settings.choice("model-token-field", choices(TokenField.self)) ?? tokenField
        tokensMax = try settings.integer("model-tokens", 1...1_000_000)
        usage = try settings.choice("model-usage", choices(UsageWish.self)) ?? usage
        emptyContent = try settings.choice("model-empty-content", choices(EmptyContent.self)) ?? emptyContent
        keepsTextBesideCalls = try settings.choice("model-text-beside-calls", switches) ?? keepsTextBesideCalls
    }

    private func choices<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> [String: Choice] {
        Dictionary(uniqueKeysWithValues: Choice.allCases.map { ($0.rawValue, $0) })
    }

    private static func baseURL(_ text: String, _ name: String) throws(ConfigurationError) -> String {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host?.isEmpty == false, url.user == nil, url.password == nil, url.query == nil, url.fragment == nil
        else { throw ConfigurationError(name: name, expected: "an http or https address without user and query") }
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    private static func extraHeaders(_ text: String) throws(ConfigurationError) -> [(name: String, value: String)] {
        let framing: Set<String> = ["host", "content-length", "transfer-encoding", "connection"]
        let members = (try? JSONValue.parse(text))?.object?.members ?? []
        let headers = members.compactMap { member -> (name: String, value: String)? in
            guard let value = member.value.string, isFieldName(member.name), isFieldValue(value, spaces: true),
                !framing.contains(member.name.lowercased())
            else { return nil }
            return (member.name, value)
        }
        guard headers.count == members.count, (1...headersMax).contains(headers.count) else {
            throw ConfigurationError(
                name: "ERRAND_MODEL_HEADERS", expected: "a JSON object of at most \(headersMax) header fields"
            )
        }
        return headers
    }

    private static func extraBody(_ text: String) throws(ConfigurationError) -> JSONObject {
        guard text.utf8.count <= bodyBytesMax, let body = (try? JSONValue.parse(text))?.object,
            reservedMembers.isDisjoint(with: body.members.map(\.name))
        else {
            let reserved = reservedMembers.sorted().joined(separator: ", ")
            throw ConfigurationError(name: "model-body", expected: "a JSON object without \(reserved)")
        }
        return body
    }

    /// RFC 9110 §5.1.
    private static func isFieldName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func isFieldValue(_ text: String, spaces: Bool = false) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) || spaces && $0 == 0x20 }
    }

    /// Without controls.
    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
