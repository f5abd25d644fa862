import CivilTime
package import ErrandCore
import TaskLanguage

/// What the service worker of the page reads: our members, and the same as Declarative Web Push, which Safari shows
/// without a service worker.
package enum WebPushPayload {
    /// Steps by which a message that is too long is cut, until it fits.
    private static let bodies = [1_000, 200, 0]
    private static let titles = [200, 60]

    /// JSON of at most `sizeBytesMax` bytes.
    ///
    /// - Parameter publicURL: of this installation, without a slash at its end.
    package static func bytes(_ message: OutgoingMessage, publicURL: String, upTo sizeBytesMax: Int) -> [UInt8] {
        var candidate = json(message, text: message.text, publicURL, isDeclarative: !message.isShort).serialized()
        if candidate.count <= sizeBytesMax { return candidate }
        candidate = json(message, text: message.text, publicURL, isDeclarative: false).serialized()
        for count in bodies where candidate.count > sizeBytesMax {
            let text = cut(message.text, to: count)
            candidate = json(message, text: text, publicURL, isDeclarative: false).serialized()
        }
        for count in titles where candidate.count > sizeBytesMax {
            var short = message
            short.title = cut(message.title, to: count)
            candidate = json(short, text: "", publicURL, isDeclarative: false).serialized()
        }
        return candidate
    }

    private static func json(
        _ message: OutgoingMessage, text: String, _ publicURL: String, isDeclarative: Bool
    ) -> JSONValue {
        let url = JSONValue.string(publicURL + message.path)
        let actions = JSONValue.array(
            message.actions.map { action in
                [
                    "action": .string(action.rawValue), "title": .string(action.label(in: message.language)),
                    "navigate": url,
                ]
            }
        )
        var object: JSONObject = [
            "type": .string(message.type.rawValue), "title": .string(message.title), "body": .string(text),
            "tag": .string(message.topicKey), "url": url, "lang": .string(message.language.rawValue),
            "actions": actions, "notification_id": .string(message.notificationID.description),
            "task_id": JSONValue(text: message.taskID?.description),
            "reminder_id": JSONValue(text: message.reminderID?.description),
            "timestamp": .integer(message.remindAt.milliseconds),
        ]
        if isDeclarative {
            // 8030 tells a declarative message from any other.
            object.append("web_push", 8030)
            object.append(
                "notification",
                [
                    "title": .string(message.title), "body": .string(text), "navigate": url,
                    "tag": .string(message.topicKey), "lang": .string(message.language.rawValue), "actions": actions,
                ]
            )
        }
        return .object(object)
    }

    /// - Returns: the text, or its beginning and a sign that there is more.
    static func cut(_ text: String, to count: Int) -> String {
        if count == 0 { return "" }
        return text.count <= count ? text : text.prefix(count - 1) + "…"
    }
}
