public import ErrandCore

/// Changes as they happen, from a server that may come and go: reconnects and goes on where it was.
public struct LiveFeed: Sendable {
    /// What is handed on.
    public enum Item: Sendable {
        /// A frame of `GET /api/v1/live`.
        case change(JSONValue)
        /// Changes were missed that the server no longer has.
        case reset
        /// The connection is lost; it is tried again after a pause.
        case interrupted(ClientError)
    }

    private static let pauseMax = Duration.seconds(30)

    private let client: APIClient

    public init(client: APIClient) {
        self.client = client
    }

    /// Runs until `handle` returns false, or the task is cancelled.
    ///
    /// - Parameter start: The number of the last change that is known; nil begins with what happens from now on.
    /// - Throws: what waiting does not mend: no credentials, no right.
    public func follow(after start: Int64? = nil, _ handle: (Item) -> Bool) async throws(ClientError) {
        var cursor = start
        var pause = Duration.milliseconds(500)
        while true {
            do throws(ClientError) {
                guard try await connect(&cursor, handle, { pause = .milliseconds(500) }) else { return }
            } catch {
                switch error {
                case .unreachable: break
                case .problem(let problem) where problem.status == 429 || problem.status >= 500: break
                default: throw error
                }
                guard handle(.interrupted(error)) else { return }
            }
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw .cancelled
            }
            pause = min(pause * 2, LiveFeed.pauseMax)
        }
    }

    /// - Returns: whether to connect again.
    private func connect(
        _ cursor: inout Int64?, _ handle: (Item) -> Bool, _ greeted: () -> Void
    ) async throws(ClientError) -> Bool {
        let query = cursor.map { [(name: "cursor", value: String($0))] } ?? []
        let pieces = try await client.stream(.stream(["live"], query: query))
        var parser = EventStreamParser()
        do {
            for try await piece in pieces {
                guard let messages = parser.read(piece) else {
                    throw ClientError.unexpected("The server's stream makes no sense.")
                }
                for message in messages {
                    guard let frame = try? JSONValue.parse(message.data) else { continue }
                    switch message.name {
                    case "hello":
                        greeted()
                        cursor = frame["cursor"]?.integer ?? cursor
                    case "event":
                        guard let number = frame["cursor"]?.integer, number > cursor ?? 0 else { continue }
                        cursor = number
                        if !handle(.change(frame)) { return false }
                    case "reset": if !handle(.reset) { return false }
                    default: break
                    }
                }
            }
        } catch let error as ClientError {
            throw error
        } catch {
            if Task.isCancelled { throw .cancelled }
            // The connection broke off.
        }
        return true
    }
}
