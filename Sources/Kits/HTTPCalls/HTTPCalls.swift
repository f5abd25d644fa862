import AsyncHTTPClient
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Calls other servers: HTTP/1.1 with connections that are kept; no cookies, no cache, no proxy, no second attempt, and
/// nothing unpacked.
///
/// Everything that the other side decides has a limit: how long it takes, how much it says, and, where whoever names
/// the address is not to be trusted with it, where it is (``Reach``).
///
/// A task that is cancelled ends its call, whose effect may have come about all the same.
public final class HTTPCalls: Sendable {
    private let options: HTTPCallOptions
    private let shelf: ClientShelf
    /// Nil where everything may be called.
    private let addressGuard: AddressGuard?

    public convenience init(_ options: HTTPCallOptions) {
        let names = NameLookup()
        self.init(options, isAllowed: \.isPublic) { (name) throws(HTTPCallError) in try await names.addresses(of: name)
        }
    }

    /// - Parameters:
    ///   - isAllowed: whom ``Reach/publicAddresses`` lets us call.
    ///   - lookup: the addresses of a name.
    package init(
        _ options: HTTPCallOptions, isAllowed: @escaping @Sendable (NetworkAddress) -> Bool,
        lookup: @escaping @Sendable (String) async throws(HTTPCallError) -> [NetworkAddress]
    ) {
        self.options = options
        shelf = ClientShelf(options)
        addressGuard =
            switch options.reach {
            case .anywhere: nil
            case .publicAddresses:
                AddressGuard(privateHosts: options.privateHosts, isAllowed: isAllowed, lookup: lookup)
            }
    }

    /// Ends all connections. Calls after it, and those under way, fail with ``HTTPCallError/cancelled``. Whoever does
    /// not call it has them ended when the last reference goes.
    public func close() async {
        await shelf.close()
    }

    /// Sends a call and reads its answer to the end.
    ///
    /// - Parameters:
    ///   - sizeBytesMax: a larger answer is not read any further, whether or not it announced its size.
    ///   - time: for the whole call, looking up the name and reading the body included; nil for as long as it takes.
    public func send(
        _ call: HTTPCall, upTo sizeBytesMax: Int, within time: Duration?
    ) async throws(HTTPCallError) -> HTTPAnswer {
        guard let time else { return try await read(call, upTo: sizeBytesMax).get() }
        let result = await withTaskGroup(of: Result<HTTPAnswer, HTTPCallError>.self) { group in
            group.addTask { await self.read(call, upTo: sizeBytesMax) }
            group.addTask {
                do { try await Task.sleep(for: time) } catch { return .failure(.cancelled) }
                return .failure(.timedOut)
            }
            let first = await group.next() ?? .failure(.cancelled)
            group.cancelAll()
            return first
        }
        return try result.get()
    }

    /// Sends a call whose answer does not end soon. Returns when it has begun.
    public func stream(_ call: HTTPCall) async throws(HTTPCallError) -> HTTPStream {
        do {
            let (response, loan) = try await respond(to: call)
            return HTTPStream(
                status: Int(response.status.code), headers: HTTPFields(response.headers),
                body: HTTPStream.Body(pieces: response.body, loan: loan)
            )
        } catch {
            throw HTTPCallError(cause: error)
        }
    }

    private func read(_ call: HTTPCall, upTo sizeBytesMax: Int) async -> Result<HTTPAnswer, HTTPCallError> {
        do {
            let (response, loan) = try await respond(to: call)
            // Two kinds of answers announce what is not sent (RFC 9110 §8.6).
            if call.method != "HEAD", response.status != .notModified,
                let announced = response.headers.first(name: "content-length").flatMap({ Int($0) }),
                announced > sizeBytesMax
            {
                throw HTTPCallError.tooLarge
            }
            var body: [UInt8] = []
            for try await piece in response.body {
                guard body.count + piece.readableBytes <= sizeBytesMax else { throw HTTPCallError.tooLarge }
                body.append(contentsOf: piece.readableBytesView)
            }
            return withExtendedLifetime(loan) {
                .success(
                    HTTPAnswer(
                        status: Int(response.status.code), headers: HTTPFields(response.headers), body: body
                    )
                )
            }
        } catch {
            return .failure(HTTPCallError(cause: error))
        }
    }

    /// The answer, of the last redirect where they are followed. Its body is still to be read.
    private func respond(to call: HTTPCall) async throws -> (HTTPClientResponse, Loan) {
        var call = call
        for _ in 0..<options.redirectsMax {
            let (response, loan) = try await attempt(call)
            guard let next = try call.redirected(by: response) else { return (response, loan) }
            call = next
        }
        return try await attempt(call)
    }

    /// One exchange, with each allowed address in turn until one lets us connect.
    private func attempt(_ call: HTTPCall) async throws -> (HTTPClientResponse, Loan) {
        // The client also knows schemes for sockets in the file system, which are no business of a URL from outside.
        guard let url = URL(string: call.url), ["http", "https"].contains(url.scheme?.lowercased()) else {
            throw HTTPCallError.invalidAddress
        }
        let message = HTTPClientRequest(call)
        guard let addressGuard else {
            let loan = try shelf.borrow(for: nil)
            return (try await loan.client.execute(message, deadline: .distantFuture), loan)
        }
        var failure = HTTPCallError.noSuchHost
        for destination in try await addressGuard.destinations(of: url) {
            let loan = try shelf.borrow(for: destination)
            do {
                return (try await loan.client.execute(message, deadline: .distantFuture), loan)
            } catch {
                failure = HTTPCallError(cause: error)
                guard failure == .notReached else { throw failure }
            }
        }
        throw failure
    }
}

extension HTTPClientRequest {
    fileprivate init(_ call: HTTPCall) {
        self.init(url: call.url)
        method = HTTPMethod(rawValue: call.method)
        for (name, value) in call.headers { headers.add(name: name, value: value) }
        body = call.body.map { .bytes(ByteBuffer(bytes: $0)) }
    }
}

extension HTTPFields {
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}
