import CivilTime
import ErrandCore
import LiveService
import Synchronization
import TestSupport
import Testing

/// What one window is told, in whatever order changes and reads come about.
@Suite struct LiveWindowTests {
    @Test func `the next change is sent, a known one dropped, a later one makes the log be read`() {
        let peer = Peer()
        #expect(peer.window.restart(at: [peer.space: 5], with: [.hello(cursor: 5)]) == .sent)
        #expect(!peer.offer(.event(cursor: 6, text: "six"), 6))
        #expect(!peer.offer(.event(cursor: 6, text: "six"), 6))
        #expect(!peer.offer(.event(cursor: 4, text: "four"), 4))
        #expect(peer.offer(.event(cursor: 8, text: "eight"), 8))
        #expect(peer.texts == ["{\"type\":\"hello\",\"cursor\":5}", "six"])
        #expect(!peer.offer(.event(cursor: 9, text: "nine"), 9), "somebody reads already")
    }

    @Test func `a reading is over once everything that was offered is sent`() {
        let peer = Peer()
        _ = peer.window.restart(at: [peer.space: 0], with: [])
        #expect(peer.window.beginReading())
        #expect(!peer.window.beginReading())
        #expect(!peer.offer(.event(cursor: 1, text: "one"), 1), "the reader will find it")
        #expect(!peer.window.endReading())
        #expect(peer.window.send(.event(cursor: 1, text: "one"), 1, in: peer.space) == .sent)
        #expect(peer.window.endReading())
        #expect(!peer.offer(.event(cursor: 2, text: "two"), 2))
        #expect(peer.texts == ["one", "two"])
    }

    @Test func `a wish that comes while the log is being read is found before the reading ends`() {
        let peer = Peer()
        _ = peer.window.restart(at: [peer.space: 5], with: [])
        #expect(peer.window.beginReading())
        #expect(!peer.window.wish(from: 2), "somebody reads already")
        #expect(!peer.window.endReading())
        #expect(peer.window.takeWish() == 2)
        #expect(peer.window.takeWish() == nil)
        peer.window.move(to: 2)
        #expect(peer.window.endReading())
        #expect(peer.window.wish(from: 3), "nobody reads now")
    }

    @Test func `a window that learns of more than it was told makes the log be read`() {
        let peer = Peer()
        #expect(!peer.window.learn([peer.space: 7]), "it has not been greeted")
        _ = peer.window.restart(at: [peer.space: 7], with: [])
        #expect(!peer.window.learn([peer.space: 7]))
        #expect(peer.window.learn([peer.space: 8]))
        #expect(!peer.window.learn([peer.space: 9]), "somebody reads already")
        #expect(!peer.window.endReading())
    }

    @Test func `a window without room is ended once, one that is gone is left alone`() {
        let slow = Peer()
        _ = slow.window.restart(at: [slow.space: 0], with: [])
        slow.answer = .full
        for number in [1, 2, 3] as [ChangeNumber] {
            _ = slow.offer(.event(cursor: number, text: ""), number)
        }
        #expect(slow.ends == [.slow])
        #expect(slow.window.place(in: slow.space) == nil)
        let gone = Peer()
        _ = gone.window.restart(at: [gone.space: 0], with: [])
        gone.answer = .gone
        _ = gone.offer(.event(cursor: 1, text: ""), 1)
        #expect(gone.ends == [])
        #expect(gone.window.place(in: gone.space) == nil)
        #expect(gone.window.endReading(), "nobody reads for ever for somebody who left")
    }

    @Test func `a window that follows several spaces has a place in each`() {
        let frames = Mutex<[String]>([])
        let other = SpaceID.make()
        let window = LiveWindow(
            userID: .make(), following: [other],
            deliver: { frame in
                frames.withLock { $0.append(frame.text) }
                return .sent
            }, finish: { _ in }
        )
        let own = window.spaces[0]
        #expect(window.spaces == [window.userID.personalSpace, other])
        #expect(window.restart(at: [own: 5, other: 8], with: []) == .sent)
        #expect(!window.offer(.event(cursor: 9, text: "other nine"), 9, in: other))
        #expect(!window.offer(.event(cursor: 6, text: "own six"), 6, in: own))
        #expect(!window.offer(.event(cursor: 9, text: "again"), 9, in: other))
        #expect(window.place(in: own) == 6 && window.place(in: other) == 9)
        #expect(window.offer(.event(cursor: 11, text: "too early"), 11, in: other), "the log has to be read")
        #expect(!window.endReading(), "ten and eleven are missing in the other space")
        #expect(window.send(.event(cursor: 10, text: "other ten"), 10, in: other) == .sent)
        #expect(!window.endReading())
        #expect(window.send(.event(cursor: 11, text: "other eleven"), 11, in: other) == .sent)
        #expect(window.endReading())
        let told = frames.withLock { $0 }
        #expect(told == ["other nine", "own six", "other ten", "other eleven"])
    }

    @Test func `client frames are understood, others are not`() {
        #expect(LiveMessage(#"{"type":"auth","token":"t"}"#) == .auth(token: "t"))
        #expect(LiveMessage(#"{"type":"resume","cursor":7}"#) == .resume(cursor: 7))
        #expect(LiveMessage(#"{"type":"resume","cursor":7,"later":true}"#) == .resume(cursor: 7))
        for text in [
            "", "x", "[]", "{}", #"{"type":"auth"}"#, #"{"type":"auth","token":""}"#, #"{"type":"auth","token":7}"#,
            #"{"type":"resume","cursor":-1}"#, #"{"type":"resume","cursor":"7"}"#, #"{"type":"resume","cursor":1.5}"#,
            #"{"type":"dance"}"#,
        ] {
            #expect(LiveMessage(text) == nil, "\(text)")
        }
    }
}

/// The other end of a window.
private final class Peer: Sendable {
    private let state = Mutex((texts: [String](), ends: [LiveEnd](), answer: LiveWindow.Delivery.sent))
    private let made = Mutex<LiveWindow?>(nil)

    var window: LiveWindow {
        made.withLock { made in
            if let made { return made }
            let window = LiveWindow(
                userID: .make(),
                deliver: { frame in
                    self.state.withLock { state in
                        if state.answer == .sent { state.texts.append(frame.text) }
                        return state.answer
                    }
                },
                finish: { end in self.state.withLock { $0.ends.append(end) } }
            )
            made = window
            return window
        }
    }

    /// The space of the window's user.
    var space: SpaceID { window.spaces[0] }

    func offer(_ frame: LiveFrame, _ number: ChangeNumber) -> Bool {
        window.offer(frame, number, in: space)
    }

    var texts: [String] { state.withLock(\.texts) }
    var ends: [LiveEnd] { state.withLock(\.ends) }
    var answer: LiveWindow.Delivery {
        get { state.withLock(\.answer) }
        set { state.withLock { $0.answer = newValue } }
    }
}
