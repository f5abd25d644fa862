import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct ModelTests {
    @Test func `ids made later sort later and read back`() throws {
        var generator = Generator(state: 7)
        var previous: UniqueID?
        for second in 0..<200 {
            let id = UniqueID.version7(at: .testStart + .seconds(second), using: &generator)
            let text = id.description
            #expect(UniqueID(text) == id)
            #expect(UniqueID(text.uppercased()) == id)
            #expect(text.split(separator: "-")[2].hasPrefix("7"))
            #expect("89ab".contains(text.split(separator: "-")[3].first ?? "x"))
            if let previous { #expect(previous < id) }
            previous = id
        }
    }

    @Test(arguments: [
        "", "x", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0190f3a000007000800000000000000a", "0190f3a0-0000-7000-8000-00000000000g",
    ])
    func `what is no id is refused`(_ text: String) {
        #expect(UniqueID(text) == nil)
    }

    @Test func `tags that differ in case only are one tag`() {
        #expect(Tag(name: "Straße") == Tag(name: "STRASSE"))
        #expect(Tag(name: "ΣΊΣΥΦΟΣ") == Tag(name: "σίσυφος"))
        #expect(Tag(name: "e\u{301}") == Tag(name: "É"))
        #expect(Tag(name: "a") != Tag(name: "á"))
        #expect(
            [Tag(name: "Home"), Tag(name: "work"), Tag(name: "HOME")].withoutRepeats.map(\.name) == ["Home", "work"])
    }

    @Test(arguments: [
        ("buy milk", ["buy*", "milk*"], []), ("\"buy milk\" now", ["buy milk", "now*"], []),
        ("milk -cow -\"the farm\"", ["milk*"], ["cow", "the farm"]), ("!!! -- \"\"", [], []),
        ("a\"b c\"d", ["a*", "b c", "d*"], []),
        ("\"open end", ["open end"], []), ("a\u{0}b", ["a*", "b*"], []), ("🎉", ["🎉*"], []), ("-", [], []),
    ])
    func `a search is taken apart`(_ text: String, _ required: [String], _ excluded: [String]) {
        let query = SearchQuery(text)
        #expect(query.required.map { $0.text + ($0.matchesPrefix ? "*" : "") } == required)
        #expect(query.excluded.map(\.text) == excluded)
    }

    @Test func `a search has a limit of terms`() {
        let query = SearchQuery((1...100).map(String.init).joined(separator: " "))
        #expect(query.required.count == Limits.searchTermsMax)
    }

    @Test func `a due date falls where its owner is, unless it names a zone`() throws {
        let date = try #require(LocalDate("2026-01-20"))
        let time = try #require(LocalTime("18:00"))
        let paris = UserSettings.standard(in: try #require(Zone(identifier: "Europe/Paris")))
        let tokyo = UserSettings.standard(in: try #require(Zone(identifier: "Asia/Tokyo")))
        #expect(Due.floating(date, time).span(for: paris).start.description == "2026-01-20T17:00:00Z")
        #expect(Due.floating(date, time).span(for: tokyo).start.description == "2026-01-20T09:00:00Z")
        let zoned = Due.zoned(date, time, paris.zone)
        #expect(zoned.span(for: paris) == zoned.span(for: tokyo))
        let day = Due.date(date).span(for: tokyo)
        #expect(day.start.description == "2026-01-19T15:00:00Z")
        #expect(day.overdue.description == "2026-01-20T15:00:00Z")
    }
}
