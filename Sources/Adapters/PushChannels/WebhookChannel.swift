public import CivilTime
public import ErrandCore
import HTTPCalls
import SignedWebhooks

/// Calls servers of users with what happens, signed as Standard Webhooks lay down.
public struct WebhookChannel: NotificationChannel {
    public let kind = ChannelKind.webhook
    private let publicURL: String
    private let calls: ChannelCalls
    private let now: @Sendable () -> Instant

    /// - Parameter publicURL: where people reach this installation, without a slash at its end.
    public init(publicURL: String, calls: ChannelCalls, now: @escaping @Sendable () -> Instant) {
        self.publicURL = publicURL
        self.calls = calls
        self.now = now
    }

    public func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        let configuration = destination.configuration
        guard let url = configuration["url"]?.string, WebAddress(url) != nil else {
            return .misconfigured(reason: "The address cannot be called.")
        }
        let secrets = secrets(of: configuration)
        guard !secrets.isEmpty else { return .misconfigured(reason: "There is no secret to sign with.") }
        let body = WebhookPayload.json(message, publicURL: publicURL).serialized()
        let signed = WebhookSignature.fields(
            id: attempt.idempotencyKey, at: now(), body: body, secrets: secrets
        )
        let call = HTTPCall(
            url, method: "POST",
            headers: [("Content-Type", "application/json"), ("User-Agent", "Errand")] + signed, body: body
        )
        switch await calls.post(call, by: attempt.deadline) {
        case .success(let answer): return AnswerTable.webhook(answer, isShort: message.isShort)
        case .failure(let error): return AnswerTable.failure(error)
        }
    }

    /// The newest first; the one before while its time lasts.
    private func secrets(of configuration: JSONObject) -> [WebhookSecret] {
        let end = configuration[ChannelForm.previousSecretEnd]?.string.flatMap { Instant($0) }
        let previous = end.map { now() < $0 } ?? true ? configuration["previous_secret"] : nil
        return [configuration["secret"], previous].compactMap { $0?.string.flatMap { WebhookSecret($0) } }
    }
}

/// `{type, timestamp, data}`, as Standard Webhooks recommend.
enum WebhookPayload {
    static func json(_ message: OutgoingMessage, publicURL: String) -> JSONValue {
        // What happened to a task is said as events say it everywhere.
        if message.type == .taskEvent, let event = message.event {
            return [
                "type": event["event_type"] ?? .string(message.type.rawValue),
                "timestamp": event["timestamp"] ?? .string(message.remindAt.description), "data": event,
            ]
        }
        return [
            "type": .string(message.type.rawValue), "timestamp": .string(message.remindAt.description),
            "data": data(message, publicURL),
        ]
    }

    private static func data(_ message: OutgoingMessage, _ publicURL: String) -> JSONValue {
        var object: JSONObject = [
            "notification_id": .string(message.notificationID.description),
            "user_id": .string(message.userID.description), "title": .string(message.title),
            "body": .string(message.body), "url": .string(publicURL + message.path),
            "task_id": JSONValue(text: message.taskID?.description),
            "task_number": message.taskNumber.map { .integer($0) } ?? .null,
            "reminder_id": JSONValue(text: message.reminderID?.description),
            "due_at": JSONValue(text: message.dueAt?.description), "remind_at": .string(message.remindAt.description),
            "late": .bool(message.isLate),
        ]
        if message.type == .digest {
            object.append(
                "tasks",
                .array(
                    message.lines.map { line in
                        [
                            "task_id": .string(line.taskID.description), "task_number": .integer(line.number),
                            "title": .string(line.title), "overdue": .bool(line.isOverdue),
                        ]
                    }
                )
            )
        }
        return .object(object)
    }
}
