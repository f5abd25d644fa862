import APIService
import ErrandCore
import TestSupport
import Testing

@Suite struct ImportDeskTests {
    @Test func `a person has one file read at a time, and few people do`() {
        let desk = ImportDesk()
        let people = (0..<ImportDesk.capacity).map { _ in UserID.make() }
        #expect(desk.enter(people[0]))
        #expect(!desk.enter(people[0]), "the same person")
        for person in people.dropFirst() { #expect(desk.enter(person)) }
        let late = UserID.make()
        #expect(!desk.enter(late), "no place is left")
        desk.leave(people[1])
        #expect(desk.enter(late))
        #expect(!desk.enter(people[1]))
    }
}
