public import ErrandCore
import HTTPCalls

/// Publishes to topics of ntfy, which pass messages on to telephones (<https://docs.ntfy.sh/publish/#publish-as-json>).
public struct NtfyChannel: NotificationChannel {
    /// Of a message's text: longer ones become a file, which nobody wants for a reminder.
    private static let textBytesMax = 4_000

    public let kind = ChannelKind.ntfy
    private let publicURL: String
    private let calls: ChannelCalls

    /// - Parameter publicURL: where people reach this installation, without a slash at its end.
    public init(publicURL: String, calls: ChannelCalls) {
        self.publicURL = publicURL
        self.calls = calls
    }

    public func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        let configuration = destination.configuration
        guard let server = configuration["server"]?.string, let topic = configuration["topic"]?.string,
            WebAddress(server) != nil
        else { return .misconfigured(reason: "The address cannot be called.") }
        var headers = [(name: "Content-Type", value: "application/json"), ("User-Agent", "Errand")]
        if let token = configuration["token"]?.string { headers.append(("Authorization", "Bearer \(token)")) }
        let call = HTTPCall(server, method: "POST", headers: headers, body: body(message, topic: topic).serialized())
        switch await calls.post(call, by: attempt.deadline) {
        case .success(let answer): return AnswerTable.ntfy(answer, isShort: message.isShort)
        case .failure(let error): return AnswerTable.failure(error)
        }
    }

    /// What is published, below the size from which ntfy makes a file of it.
    package func body(_ message: OutgoingMessage, topic: String) -> JSONValue {
        let url = JSONValue.string(publicURL + message.path)
        var text = message.text.isEmpty ? message.title : message.text
        for count in [1_000, 300] where text.utf8.count > NtfyChannel.textBytesMax {
            text = WebPushPayload.cut(text, to: count)
        }
        return [
            "topic": .string(topic), "title": .string(WebPushPayload.cut(message.title, to: 200)),
            "message": .string(text), "priority": .integer(priority(message.urgency)),
            "tags": JSONValue(strings: [message.type == .reminder ? "alarm_clock" : "bell"]), "click": url,
            "actions": [
                [
                    "action": "view", "label": .string(OutgoingMessage.Action.open.label(in: message.language)),
                    "url": url,
                ]
            ],
        ]
    }

    /// 1 to 5, of which 3 is usual.
    private func priority(_ urgency: OutgoingMessage.Urgency) -> Int64 {
        switch urgency {
        case .veryLow: 1
        case .low: 2
        case .normal: 3
        case .high: 4
        }
    }
}
