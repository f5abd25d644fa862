import AsyncHTTPClient
import NIOCore
import NIOPosix
import Synchronization

/// The clients of AsyncHTTPClient under the calls.
///
/// A client of it can be told for a host which address to connect to, once and for all of its calls. So there is one
/// for each checked destination, and one for calls that nobody guards. They keep connections; some that nobody uses are
/// kept for the next call to the same destination.
final class ClientShelf: Sendable {
    typealias Destination = AddressGuard.Destination

    /// Clients that are kept although nobody uses them.
    static let idleMax = 32

    private struct Shelved {
        let client: HTTPClient
        var users: Int
        /// Grows with every use, to find out which has not been used for longest.
        var lastUse: UInt64
    }

    private struct State {
        var clients: [Destination?: Shelved] = [:]
        var uses: UInt64 = 0
        var isClosed = false
    }

    private let options: HTTPCallOptions
    private let state = Mutex(State())

    init(_ options: HTTPCallOptions) {
        self.options = options
    }

    deinit {
        for entry in state.withLock({ $0.clients.values.map(\.client) }) { entry.shutdown { _ in } }
    }

    /// The client for a destination, nil for any, until the loan ends.
    ///
    /// - Throws: ``HTTPCallError/cancelled`` after ``close()``.
    func borrow(for destination: Destination?) throws(HTTPCallError) -> Loan {
        let client = state.withLock { state -> HTTPClient? in
            if state.isClosed { return nil }
            state.uses += 1
            let known = state.clients[destination]
            let client = known?.client ?? makeClient(destination)
            state.clients[destination] = Shelved(
                client: client, users: (known?.users ?? 0) + 1, lastUse: state.uses
            )
            return client
        }
        guard let client else { throw .cancelled }
        return Loan(client: client, destination: destination, shelf: self)
    }

    fileprivate func giveBack(_ destination: Destination?) {
        let surplus = state.withLock { state -> HTTPClient? in
            state.clients[destination]?.users -= 1
            let idle = state.clients.filter { $0.value.users == 0 && $0.key != nil }
            guard idle.count > ClientShelf.idleMax,
                let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse })
            else { return nil }
            state.clients[oldest.key] = nil
            return oldest.value.client
        }
        surplus?.shutdown { _ in }
    }

    /// Ends all connections, and with them the calls under way.
    func close() async {
        let clients = state.withLock { state in
            state.isClosed = true
            defer { state.clients = [:] }
            return state.clients.values.map(\.client)
        }
        // The only failure there is: it was closed before.
        for client in clients { try? await client.shutdown() }
    }

    private func makeClient(_ destination: Destination?) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            // Followed by us where they are: every host of the way is checked.
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(options.connectTimeout), read: options.silenceMax.map { TimeAmount($0) }
            ),
            connectionPool: .init(
                idleTimeout: TimeAmount(options.idleTimeout),
                concurrentHTTP1ConnectionsPerHostSoftLimit: options.connectionsMax
            ),
            // Of the environment none is asked: it would choose the address to connect to.
            proxy: nil, decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        // Whether and when to try again is for the caller to say.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let destination { configuration.dnsOverride[destination.host] = destination.address.description }
        return HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }
}

/// The use of a client; it ends with the last reference.
final class Loan: Sendable {
    let client: HTTPClient
    private let destination: AddressGuard.Destination?
    private let shelf: ClientShelf

    fileprivate init(client: HTTPClient, destination: AddressGuard.Destination?, shelf: ClientShelf) {
        self.client = client
        self.destination = destination
        self.shelf = shelf
    }

    deinit {
        shelf.giveBack(destination)
    }
}
