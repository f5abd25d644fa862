public import ErrandCore

/// A conversation over standard input and output: one client, both eras, messages in lines.
///
/// What comes in goes to ``receive(_:)``, what requests gave to ``finish(_:with:)``; whoever owns it does the actions
/// in their order.
public struct StdioConversation: Sendable {
    public enum Action: Hashable, Sendable {
        case send(JSONValue)
        case perform(ClientRequest)
        /// Nobody wants the answer any more.
        case cancel(MessageID)
    }

    private let server: ProtocolServer
    private var running: Set<MessageID> = []
    private var listening: [(id: MessageID, subscription: Subscription)] = []
    private var subscribed = Subscription()
    private let isFollowed: @Sendable (String) -> Bool

    /// - Parameter isFollowed: whether changes of a resource can be told.
    public init(server: ProtocolServer, isFollowed: @escaping @Sendable (String) -> Bool) {
        self.server = server
        self.isFollowed = isFollowed
    }

    /// One line, without its end.
    public mutating func receive(_ line: some Sequence<UInt8>) -> [Action] {
        let json: JSONValue
        do {
            json = try JSONValue.parse(line)
        } catch {
            return [.send(ProtocolError.parseError.response(to: nil))]
        }
        let message: IncomingMessage
        do {
            message = try IncomingMessage(json)
        } catch {
            return [.send(error.response(to: IncomingMessage.id(of: json)))]
        }
        if message == .response { return [] }
        switch server.receive(message, in: nil) {
        case .answer(let answer): return [.send(answer)]
        case .refusal(let error, let id, _): return [.send(error.response(to: id))]
        case .noted(let method, let params): return note(method, params)
        case .request(let request): return take(request)
        }
    }

    private mutating func note(_ method: String, _ params: JSONObject) -> [Action] {
        guard method == "notifications/cancelled", let id = MessageID(params["requestId"]) else { return [] }
        if let index = listening.firstIndex(where: { $0.id == id }) {
            listening.remove(at: index)
            return []
        }
        return running.remove(id) == nil ? [] : [.cancel(id)]
    }

    private mutating func take(_ request: ClientRequest) -> [Action] {
        if running.contains(request.id) || listening.contains(where: { $0.id == request.id }) {
            return [.send(request.failure(.invalidRequest("The id is in use.")))]
        }
        switch request.operation {
        case .subscribe(let uri):
            guard isFollowed(uri) else { return [.send(request.failure(.resourceNotFound(uri, in: request.era)))] }
            subscribed.add(uri)
            return [.send(request.response([:]))]
        case .unsubscribe(let uri):
            subscribed.remove(uri)
            return [.send(request.response([:]))]
        case .listen:
            guard var subscription = Subscription(request) else { return [] }
            subscription.keep(where: isFollowed)
            listening.append((request.id, subscription))
            return subscription.acknowledgement.map { [.send($0)] } ?? []
        default:
            running.insert(request.id)
            return [.perform(request)]
        }
    }

    /// What a request is answered with, unless it was cancelled meanwhile.
    public mutating func finish(_ id: MessageID, with answer: JSONValue) -> [Action] {
        running.remove(id) == nil ? [] : [.send(answer)]
    }

    /// Something to say while a request is at work.
    public func notify(_ id: MessageID, _ message: JSONValue) -> [Action] {
        running.contains(id) ? [.send(message)] : []
    }

    /// Whether anybody wants to be told of changes.
    public var isFollowing: Bool { !subscribed.uris.isEmpty || listening.contains { !$0.subscription.uris.isEmpty } }

    /// Tells of resources that are not what they were.
    public func changed(_ isChanged: (String) -> Bool) -> [Action] {
        ([subscribed] + listening.map(\.subscription)).flatMap { subscription in
            subscription.uris.filter(isChanged).map { .send(subscription.updated($0)) }
        }
    }

    /// Ends what is listened to.
    public mutating func end() -> [Action] {
        let last = listening.compactMap(\.subscription.end).map { Action.send($0) }
        listening = []
        return last
    }
}
