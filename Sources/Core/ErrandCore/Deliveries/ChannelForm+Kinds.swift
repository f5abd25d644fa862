import CivilTime

extension ChannelForm {
    /// `{endpoint, expirationTime?, keys: {p256dh, auth}}`, as browsers write a `PushSubscription`. Kept as `endpoint`,
    /// `p256dh` and `auth`, both of them base64url without padding.
    static let webPush = ChannelForm(
        kind: .webPush,
        read: { reader in
            reader.require("endpoint")
            reader.require("keys")
            let endpoint = reader.webAddress("endpoint")
            // Browsers give null, or milliseconds; the push service says when it is over.
            switch reader.value("expirationTime") {
            case nil, .null?, .integer?, .number?: break
            default: reader.report("expirationTime", .wrongType, "Must be a number or null.")
            }
            var configuration: JSONObject = [:]
            if let keys = reader.value("keys") {
                var inner = FieldReader(keys, at: reader.path("keys"))
                inner.require("p256dh")
                inner.require("auth")
                let key = inner.base64("p256dh", bytes: 65)
                let secret = inner.base64("auth", bytes: 16)
                inner.reportUnknown()
                reader.report(contentsOf: inner.problems)
                configuration["p256dh"] = JSONValue(text: key)
                configuration["auth"] = JSONValue(text: secret)
            }
            guard reader.problems.isEmpty, let endpoint else { return nil }
            configuration["endpoint"] = .string(endpoint.text)
            return configuration
        },
        identity: { $0["endpoint"]?.string ?? "" }, host: { host(of: $0["endpoint"]) },
        // The rest of an endpoint is as good as a password.
        shown: { ["host": .string(host(of: $0["endpoint"]))] }
    )

    /// `{address}`. Nothing is sent there before its owner has shown that it is theirs.
    static let email = ChannelForm(
        kind: .email,
        read: { reader in
            reader.require("address")
            let address = reader.parsed("address", expected: "an e-mail address") { EmailAddress($0) }
            return address.map { ["address": .string($0.text)] }
        },
        identity: { EmailAddress($0["address"]?.string ?? "")?.key ?? "" }, host: { _ in "" },
        shown: { ["address": $0["address"] ?? .null] }, initialStatus: .unverified
    )

    /// `{url}`. The secret that calls are signed with is made here, and shown once. Replaced, the one before signs
    /// beside it for ``Limits/previousSecretLifetime``; there are never more than the two.
    static let webhook = ChannelForm(
        kind: .webhook,
        read: { reader in
            reader.require("url")
            return reader.webAddress("url").map { ["url": .string($0.text)] }
        },
        completed: { configuration, randomBytes in
            var complete = configuration
            complete["secret"] = webhookSecret(randomBytes)
            return complete
        },
        rotated: { configuration, now, randomBytes in
            var next = configuration
            if let secret = configuration["secret"] {
                next["previous_secret"] = secret
                next[previousSecretEnd] = .string((now + Limits.previousSecretLifetime).description)
            }
            next["secret"] = webhookSecret(randomBytes)
            return next
        },
        identity: { $0["url"]?.string ?? "" }, host: { host(of: $0["url"]) },
        shown: { configuration in
            var shown: JSONObject = ["url": configuration["url"] ?? .null]
            if let end = configuration[previousSecretEnd] { shown.append(previousSecretEnd, end) }
            return shown
        }, shownOnce: ["secret"]
    )

    /// The member of a webhook's configuration that says until when the secret before the newest one signs as well.
    public static let previousSecretEnd = "previous_secret_until"

    private static func webhookSecret(_ randomBytes: (Int) -> [UInt8]) -> JSONValue {
        .string("whsec_" + Base64.encode(randomBytes(24)))
    }

    /// `{server?, topic, token?}`: the server is <https://ntfy.sh> unless it is another.
    static let ntfy = ChannelForm(
        kind: .ntfy,
        read: { reader in
            reader.require("topic")
            let server = reader.contains("server") ? reader.webAddress("server") : WebAddress("https://ntfy.sh")
            let topic = reader.parsed("topic", expected: "1 to 64 letters, digits, - or _", ntfyTopic)
            let token = reader.parsed("token", expected: "an access token") { text in
                (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
            }
            guard let server, let topic else { return nil }
            var configuration: JSONObject = ["server": .string(server.text), "topic": .string(topic)]
            if let token { configuration["token"] = .string(token) }
            return configuration
        },
        identity: { "\($0["server"]?.string ?? "") \($0["topic"]?.string ?? "")" }, host: { host(of: $0["server"]) },
        // Whoever knows a topic can read it, but its owner has to recognise it.
        shown: { ["server": $0["server"] ?? .null, "topic": $0["topic"] ?? .null, "token": .bool($0["token"] != nil)] }
    )

    private static func host(of address: JSONValue?) -> String {
        address?.string.flatMap { WebAddress($0) }?.host ?? ""
    }

    /// What ntfy takes for the name of a topic (<https://docs.ntfy.sh/publish/>).
    private static func ntfyTopic(_ text: String) -> String? {
        let isFit = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        return isFit && (1...64).contains(text.utf8.count) ? text : nil
    }
}

extension FieldReader {
    /// The address of a server that may be called.
    public mutating func webAddress(_ name: String) -> WebAddress? {
        parsed(name, expected: "an https address without user or fragment") { WebAddress($0) }
    }

    /// That many bytes in base64url, padded or not; given back without padding.
    mutating func base64(_ name: String, bytes: Int) -> String? {
        parsed(name, expected: "\(bytes) bytes in base64url") { text in
            let bare = String(text.prefix { $0 != "=" })
            guard text.utf8.count - bare.utf8.count <= 2, bare.utf8.count <= 4 * bytes,
                let decoded = Base64URL.decode(bare), decoded.count == bytes
            else { return nil }
            return bare
        }
    }
}
