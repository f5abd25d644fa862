import ErrandCore
import NotificationService
import Testing

@Suite struct SendingRoomTests {
    private let pace = ChannelPace(concurrency: 8, concurrencyPerHost: 2, timeLimit: .seconds(10))

    /// Sends to each of them, as far as there is room; in their order, whether there was.
    private func take(_ hosts: [String], in room: inout SendingRoom) -> [Bool] {
        var taken: [Bool] = []
        for host in hosts { taken.append(room.take(host)) }
        return taken
    }

    /// Sends to each of them once, and it takes so long.
    private func send(to hosts: [String], in room: inout SendingRoom, taking duration: Duration) {
        for host in hosts {
            let isTaken = room.take(host)
            #expect(isTaken)
            room.giveBack(host, after: duration)
        }
    }

    @Test func `so many are sent at once, and so many to one host`() {
        var room = SendingRoom(pace)
        #expect(take(["a", "a", "a"], in: &room) == [true, true, false], "one host has its share")
        #expect(room.full == ["a"] && room.free == 6)
        let others = take(["b", "b", "c", "c", "d", "d", "e"], in: &room)
        #expect(others == [true, true, true, true, true, true, false], "all have theirs")
        room.giveBack("a", after: .seconds(1))
        #expect(room.free == 1 && room.full == ["b", "c", "d"])
        #expect(take(["e"], in: &room) == [true])
    }

    @Test func `any number of dead hosts leaves half of the room to others`() {
        var room = SendingRoom(pace)
        let dead = (0..<20).map { "dead-\($0)" }
        send(to: dead, in: &room, taking: .seconds(10))
        #expect(take(dead.flatMap { [$0, $0] }, in: &room).count { $0 } == 4, "half of it")
        #expect(room.full == Set(dead) && room.free == 4)
        let others = take(["a", "a", "b", "b", "c"], in: &room)
        #expect(others == [true, true, true, true, false], "the other half is there")
    }

    @Test func `a host that is quick again is one like others`() {
        var room = SendingRoom(pace)
        send(to: ["a", "b", "c"], in: &room, taking: .seconds(3))
        #expect(take(["a", "a", "b", "b", "c"], in: &room) == [true, true, true, true, false])
        room.giveBack("a", after: .milliseconds(20))
        #expect(take(["c", "a"], in: &room) == [true, true], "there is room among the slow, and a is none of them")
    }

    @Test func `where all goes to one host, it has all of the room, however slow`() {
        var room = SendingRoom(ChannelPace(concurrency: 4, concurrencyPerHost: 4, timeLimit: .seconds(30)))
        send(to: [""], in: &room, taking: .seconds(20))
        #expect(take(["", "", "", "", ""], in: &room) == [true, true, true, true, false])
    }

    @Test func `slow hosts are remembered, and not without end`() {
        var room = SendingRoom(pace)
        send(to: (0..<1_000).map { "\($0)" }, in: &room, taking: .seconds(5))
        #expect(room.isEmpty)
        _ = take((990..<1_000).map { "\($0)" }, in: &room)
        #expect((1...300).contains(room.full.count))
    }
}
