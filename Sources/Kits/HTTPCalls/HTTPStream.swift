import AsyncHTTPClient
public import HTTPTypes
import NIOCore

/// An answer that is read as it comes, for those that do not end soon.
public struct HTTPStream: Sendable {
    public let status: Int
    /// Several fields of one name stay several.
    public let headers: HTTPFields
    /// To be read once. Whoever stops reading ends the connection.
    public let body: Body

    /// The body in the pieces that the network made of it.
    ///
    /// Throws what a call throws, see ``HTTPCallError``.
    public struct Body: AsyncSequence, Sendable {
        let pieces: HTTPClientResponse.Body
        /// Keeps the client while it is read.
        let loan: Loan

        public func makeAsyncIterator() -> Iterator {
            Iterator(pieces: pieces.makeAsyncIterator(), loan: loan)
        }

        public struct Iterator: AsyncIteratorProtocol {
            fileprivate var pieces: HTTPClientResponse.Body.AsyncIterator
            fileprivate let loan: Loan

            public mutating func next() async throws -> [UInt8]? {
                do {
                    return try await pieces.next(isolation: #isolation).map { Array($0.readableBytesView) }
                } catch {
                    throw HTTPCallError(cause: error)
                }
            }
        }
    }
}
