import Dispatch
import Glibc
import Synchronization

/// Asks the system for the addresses of names, as it would to connect to them.
///
/// The system's own function blocks and cannot be given up. So it runs on threads of its own, and whoever waits for it
/// can leave; the thread is free when the system has answered.
final class NameLookup: Sendable {
    /// Names asked for at once, those that nobody waits for any more included. Beyond that a call is refused at once,
    /// or names that take for ever could take up all threads.
    static let atOnceMax = 32

    private let queue = DispatchQueue(label: "errand.name-lookup", attributes: .concurrent)
    private let underway = Mutex(0)

    /// Every address of the name, those first that the system would try first.
    ///
    /// - Throws: ``HTTPCallError/noSuchHost``, ``HTTPCallError/busy``, ``HTTPCallError/cancelled``.
    func addresses(of name: String) async throws(HTTPCallError) -> [NetworkAddress] {
        let isFree = underway.withLock { count in
            guard count < NameLookup.atOnceMax else { return false }
            count += 1
            return true
        }
        guard isFree else { throw .busy }
        let answer = Awaited<[NetworkAddress]>()
        queue.async { [self] in
            let found = NameLookup.ask(name)
            underway.withLock { $0 -= 1 }
            answer.resolve(found.isEmpty ? .failure(.noSuchHost) : .success(found))
        }
        return try await answer.value()
    }

    private static func ask(_ name: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        return sequence(first: first) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            entry.flatMap { address($0.pointee) }
        }
    }

    private static func address(_ entry: addrinfo) -> NetworkAddress? {
        guard let socket = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            return socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { socket in
                withUnsafeBytes(of: socket.pointee.sin_addr) { NetworkAddress(bytes: Array($0)) }
            }
        case AF_INET6:
            return socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { socket in
                withUnsafeBytes(of: socket.pointee.sin6_addr) { NetworkAddress(bytes: Array($0)) }
            }
        default: return nil
        }
    }
}

/// A value that comes from somewhere else, waited for once, until it comes or the task is cancelled.
private final class Awaited<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Result<Value, HTTPCallError>, Never>)
        case resolved(Result<Value, HTTPCallError>)
    }

    private let state = Mutex(State.empty)

    /// The first result counts.
    func resolve(_ result: Result<Value, HTTPCallError>) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<Value, HTTPCallError>, Never>? in
            switch state {
            case .empty:
                state = .resolved(result)
                return nil
            case .waiting(let continuation):
                state = .resolved(result)
                return continuation
            case .resolved: return nil
            }
        }
        waiting?.resume(returning: result)
    }

    func value() async throws(HTTPCallError) -> Value {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known = state.withLock { state -> Result<Value, HTTPCallError>? in
                    if case .resolved(let result) = state { return result }
                    state = .waiting(continuation)
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            resolve(.failure(.cancelled))
        }
        return try result.get()
    }
}
