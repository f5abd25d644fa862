public import Logging

/// Writes each record as a line for people on standard error, as `StreamLogHandler` does, which makes text of all
/// metadata whenever any is set: most requests have some, and write no line.
public struct TextLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let label: String

    public init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var handler = StreamLogHandler.standardError(label: label)
        handler.metadata = metadata
        handler.log(event: event)
    }
}
