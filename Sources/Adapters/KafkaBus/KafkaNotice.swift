/// Something that whoever runs the service may want to know: a broker that cannot be reached, a record that is no
/// event. Holds ids and reasons, no secrets and no content of users.
public struct KafkaNotice: Hashable, Sendable {
    public enum Level: Sendable {
        case debug, info, warning, error
    }

    public let level: Level
    public let text: String

    init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }

    /// Where notices go. Called from librdkafka's threads, too.
    public typealias Report = @Sendable (KafkaNotice) -> Void
}
