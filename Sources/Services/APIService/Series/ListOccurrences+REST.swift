import CivilTime
import ErrandCore
import ErrandHTTP
import Hummingbird

/// `GET /api/v1/tasks/{id}/occurrences`
func listOccurrences(_ call: APICall) async throws -> Response {
    var query = try QueryReader(call.request.uri.query)
    let expected = "an RFC 3339 date-time of the years 1901 to 2998"
    let from = query.parsed("from", expected: expected, usableInstant)
    let to = query.parsed("to", expected: expected, usableInstant)
    let limit = query.integer("limit", in: Limits.occurrences) ?? Limits.occurrencesDefault
    try query.finish()
    let items = try await call.ask(ListOccurrences(try call.reference(), from: from, to: to, limit: limit))
    return Response(json: ["items": .array(items.map(\.json))])
}

private func usableInstant(_ text: String) -> Instant? {
    guard let year = Int(text.prefix(4)), (1901...2998).contains(year) else { return nil }
    return Instant(text)
}
