import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One request whose reply is handed on piece by piece.
final class StreamingSession: NSObject, URLSessionDataDelegate, Sendable {
    /// Pieces that wait for a slow reader.
    private static let piecesMax = 1_024

    private let start = Mutex<CheckedContinuation<Result<Int, TransportError>, Never>?>(nil)
    private let pieces: AsyncThrowingStream<Data, any Error>
    private let mailbox: AsyncThrowingStream<Data, any Error>.Continuation

    override init() {
        (pieces, mailbox) = AsyncThrowingStream.makeStream(bufferingPolicy: .bufferingOldest(Self.piecesMax))
    }

    /// - Returns: the status, and the body as it comes.
    func run(
        _ message: URLRequest, _ configuration: URLSessionConfiguration
    ) async throws(TransportError) -> (status: Int, body: AsyncThrowingStream<Data, any Error>) {
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        let task = session.dataTask(with: message)
        mailbox.onTermination = { _ in
            task.cancel()
            session.finishTasksAndInvalidate()
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start.withLock { $0 = continuation }
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
        return (try result.get(), pieces)
    }

    private func answer(_ result: Result<Int, TransportError>) {
        start.withLock { $0.take() }?.resume(returning: result)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        answer(.success((response as? HTTPURLResponse)?.statusCode ?? 0))
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        // A reader that is this far behind is better off connecting again.
        if case .dropped = mailbox.yield(data) { mailbox.finish() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { answer(.failure(TransportError(error))) }
        answer(.success(0))
        mailbox.finish()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
