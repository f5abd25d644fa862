import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct SessionTests {
    @Test func `a session ends when unused for a month and after three months in any case`() {
        let session = Session.make(user: .make())
        #expect(!session.isOver(at: .testStart + .days(30) - .seconds(1)))
        #expect(session.isOver(at: .testStart + .days(30)))
        let used = Session.make(user: .make(), rotatedAt: .testStart + .days(89))
        #expect(!used.isOver(at: .testStart + .days(90) - .seconds(1)))
        #expect(used.isOver(at: .testStart + .days(90)))
        #expect(Session.make(user: .make(), revokedAt: .testStart).isOver(at: .testStart))
    }
}
