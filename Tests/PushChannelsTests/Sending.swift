import CivilTime
import Crypto
import ErrandCore
import Foundation
import HTTPCalls
import LocalServers
import PushChannels
import Synchronization
import TaskLanguage
import Testing
import WebPush

/// What tests send, and how.
enum Sending {
    /// Names that lead where the test says, answer by answer; the last one stays.
    final class Names: Sendable {
        private let answers: Mutex<[String: [[String]]]>
        private let asked = Mutex(0)

        init(_ answers: [String: [[String]]]) {
            self.answers = Mutex(answers)
        }

        var questions: Int { asked.withLock { $0 } }

        func addresses(of name: String) throws(HTTPCallError) -> [NetworkAddress] {
            asked.withLock { $0 += 1 }
            let next = answers.withLock { answers -> [String]? in
                guard var list = answers[name], !list.isEmpty else { return nil }
                let first = list.removeFirst()
                answers[name] = list.isEmpty ? [first] : list
                return first
            }
            guard let next else { throw .noSuchHost }
            return next.compactMap { NetworkAddress($0) }
        }
    }

    static func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// Calls that only what `privateHosts` names may be this machine for.
    static func calls(privateHosts: Set<String> = ["127.0.0.1"]) -> ChannelCalls {
        ChannelCalls(privateHosts: privateHosts, now: now)
    }

    /// Calls under names, that take 127.0.0.1 for a public address.
    static func calls(_ names: Names, redirectsMax: Int = 0) -> ChannelCalls {
        var options = ChannelCalls.options(privateHosts: [])
        options.redirectsMax = redirectsMax
        let calls = HTTPCalls(options, isAllowed: { $0.description == "127.0.0.1" }) { (name) throws(HTTPCallError) in
            try names.addresses(of: name)
        }
        return ChannelCalls(calls: calls, now: now)
    }

    static func id(_ number: UInt8) -> UniqueID {
        var generator = SystemRandomNumberGenerator()
        return UniqueID("00000000-0000-7000-8000-00000000000\(number % 10)")
            ?? .version7(at: now(), using: &generator)
    }

    static func message(
        _ title: String = "Buy milk", body: String = "Due 2026-11-27, 18:00", type: NotificationType = .reminder
    ) -> OutgoingMessage {
        var message = OutgoingMessage(
            notificationID: NotificationID(id(1)), userID: UserID(id(2)), userName: "Ada", type: type, title: title,
            body: body, path: "/#/tasks/\(id(3))", remindAt: Instant(seconds: 1_800_000_000), language: .english,
            zone: .utc, topicKey: "0123456789abcdef0123456789abcdef", timeToLive: .hours(1), urgency: .high
        )
        message.taskID = TaskID(id(3))
        message.taskNumber = 7
        message.reminderID = ReminderID(id(4))
        message.actions = [.done, .snooze, .open]
        return message
    }

    static func destination(_ kind: ChannelKind, _ configuration: JSONObject) -> ChannelDestination {
        ChannelDestination(
            id: DestinationID(id(5)), ownerID: UserID(id(2)), kind: kind, name: "Test", configuration: configuration,
            identity: "test", status: .active, createdAt: Instant(seconds: 1_800_000_000)
        )
    }

    static func attempt(within time: Duration = .seconds(20)) -> DeliveryAttempt {
        DeliveryAttempt(deliveryID: DeliveryID(id(6)), number: 1, deadline: now() + time)
    }
}
