import Crypto
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import SignedTokens

/// `POST /api/v1/me/feeds`: the only answer that shows the address. It is not kept for an idempotency key, since that
/// would store the secret.
func createFeed(_ call: APICall) async throws -> Response {
    let form = try FeedForm(call.json)
    let secret = FeedSecret(randomBytes: call.services.operations.environment.randomBytes(32))
    let command = CreateFeed(form, hash: secret.hash)
    let feed = try await call.services.operations.perform(command, as: try call.principal).outcome
    var json = feed.json
    if case .object(var object) = json {
        object["url"] = .string("\(call.services.accessTokens.issuer)/feeds/\(secret.text).ics")
        json = .object(object)
    }
    return Response(.created, json: json, headers: [.location: "/api/v1/me/feeds/\(feed.id)"])
}

/// `GET /feeds/{secret}.ics`: what calendars read. The address is the credential; no other is looked at.
///
/// An address that leads nowhere counts as a guess of the caller's, one that is good against the limit of the feed:
/// servers that read for many people come from few addresses.
func readFeed(_ call: APICall) async throws -> Response {
    guard let secret = (try? call.parameter("secret")).flatMap({ FeedSecret($0) }),
        let feed = try await call.services.operations.feed(hash: secret.hash)
    else {
        try call.services.gate.countGuess(from: call.address)
        throw ErrandError.notFound(.feed)
    }
    try call.services.gate.countReading(of: feed.id)
    let (known, edition) = (call.request.headers[.ifNoneMatch], call.services.edition)
    let answer = try await call.services.operations.content(of: feed) { validator in
        EntityTag.matches(known, EntityTag.text(validator, edition))
    }
    switch answer {
    case .unchanged(let validator):
        return Response(status: .notModified, headers: feedHeaders(EntityTag.text(validator, edition)))
    case .answer(let bytes, let validator):
        let tag = validator.map { EntityTag.text($0, edition) } ?? contentTag(bytes)
        if EntityTag.matches(known, tag) { return Response(status: .notModified, headers: feedHeaders(tag)) }
        var headers = feedHeaders(tag)
        headers[.contentDisposition] = "inline; filename=\"errand.ics\""
        return Response(.ok, bytes: bytes, type: "text/calendar; charset=utf-8", headers: headers)
    }
}

/// The tag of what changes without a sign: weak, since it is sent with gzip as well.
private func contentTag(_ bytes: [UInt8]) -> String {
    "W/\"\(Base64URL.encode(Array(SHA256.hash(data: bytes).prefix(16))))\""
}

private func feedHeaders(_ tag: String) -> HTTPFields {
    [.eTag: tag, .cacheControl: "private, no-cache", .referrerPolicy: "no-referrer", .robotsTag: "noindex"]
}

extension HTTPField.Name {
    /// A literal of token characters, so the name is always valid.
    fileprivate static var robotsTag: HTTPField.Name {
        guard let name = HTTPField.Name("x-robots-tag") else { preconditionFailure("x-robots-tag is a field name") }
        return name
    }
}
