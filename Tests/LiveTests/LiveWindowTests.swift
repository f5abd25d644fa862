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
        #expect(peer.window.restart(at: 5, with: [.hello(cursor: 5)]) == .sent)
        #expect(!peer.window.offer(.event(cursor: 6, text: "six"), cursor: 6))
        #expect(!peer.window.offer(.event(cursor: 6, text: "six"), cursor: 6))
        #expect(!peer.window.offer(.event(cursor: 4, text: "four"), cursor: 4))
        #expect(peer.window.offer(.event(cursor: 8, text: "eight"), cursor: 8))
        #expect(peer.texts == ["{\"type\":\"hello\",\"cursor\":5}", "six"])
        #expect(!peer.window.offer(.event(cursor: 9, text: "nine"), cursor: 9), "somebody reads already")
    }

    @Test func `a reading is over once everything that was offered is sent`() {
        let peer = Peer()
        _ = peer.window.restart(at: 0, with: [])
        #expect(peer.window.beginReading())
        #expect(!peer.window.beginReading())
        #expect(!peer.window.offer(.event(cursor: 1, text: "one"), cursor: 1), "the reader will find it")
        #expect(!peer.window.endReading())
        #expect(peer.window.send(.event(cursor: 1, text: "one"), cursor: 1) == .sent)
        #expect(peer.window.endReading())
        #expect(!peer.window.offer(.event(cursor: 2, text: "two"), cursor: 2))
        #expect(peer.texts == ["one", "two"])
    }

    @Test func `a window without room is ended once, one that is gone is left alone`() {
        let slow = Peer()
        _ = slow.window.restart(at: 0, with: [])
        slow.answer = .full
        for cursor in 1...3 as ClosedRange<Int64> {
            _ = slow.window.offer(.event(cursor: cursor, text: ""), cursor: cursor)
        }
        #expect(slow.ends == [.slow])
        #expect(slow.window.place == nil)
        let gone = Peer()
        _ = gone.window.restart(at: 0, with: [])
        gone.answer = .gone
        _ = gone.window.offer(.event(cursor: 1, text: ""), cursor: 1)
        #expect(gone.ends == [])
        #expect(gone.window.place == nil)
        #expect(gone.window.endReading(), "nobody reads for ever for somebody who left")
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

    var texts: [String] { state.withLock(\.texts) }
    var ends: [LiveEnd] { state.withLock(\.ends) }
    var answer: LiveWindow.Delivery {
        get { state.withLock(\.answer) }
        set { state.withLock { $0.answer = newValue } }
    }
}
