import APIService
import ErrandCore
import TestSupport
import Testing

@Suite struct ImportDeskTests {
    @Test func `a person has one file read at a time, and few people do`() {
        let desk = ImportDesk()
        let people = (0..<ImportDesk.capacity).map { _ in UserID.make() }
        var places = people.prefix(1).map { desk.place(for: $0) }
        #expect(desk.place(for: people[0]) == nil, "the same person")
        places += people.dropFirst().map { desk.place(for: $0) }
        #expect(places.allSatisfy { $0 != nil })
        let late = UserID.make()
        #expect(desk.place(for: late) == nil, "no place is left")
        places[1] = nil
        let last = desk.place(for: late)
        #expect(last != nil)
        withExtendedLifetime((places, last)) { #expect(desk.place(for: people[1]) == nil) }
    }
}
