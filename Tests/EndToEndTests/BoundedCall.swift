import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// A call that ends in any case.
///
/// FoundationNetworking may forget a request whose connection breaks at a bad moment, as it does where servers are
/// killed, and its time-out with it. Whoever waited for it would wait for ever.
enum BoundedCall {
    /// How much longer than its time-out a request is waited for, in seconds.
    private static let patience: TimeInterval = 10

    /// - Returns: nil when no answer came in the request's time-out.
    static func answer(to request: URLRequest) async -> (data: Data, head: HTTPURLResponse)? {
        await withCheckedContinuation { continuation in
            let waiter = Waiter(continuation)
            let task = URLSession.shared.dataTask(with: request) { data, response, _ in
                let head = response as? HTTPURLResponse
                waiter.tell(head.map { (data ?? Data(), $0) })
            }
            task.resume()
            DispatchQueue.global().asyncAfter(deadline: .now() + request.timeoutInterval + patience) {
                guard waiter.tell(nil) else { return }
                let line = "forgotten by FoundationNetworking: \(request.httpMethod ?? "GET") \(request)\n"
                FileHandle.standardError.write(Data(line.utf8))
            }
        }
    }

    private final class Waiter: Sendable {
        private let continuation: Mutex<CheckedContinuation<(data: Data, head: HTTPURLResponse)?, Never>?>

        init(_ continuation: CheckedContinuation<(data: Data, head: HTTPURLResponse)?, Never>) {
            self.continuation = Mutex(continuation)
        }

        /// - Returns: whether nobody had told before.
        @discardableResult
        func tell(_ answer: sending (data: Data, head: HTTPURLResponse)?) -> Bool {
            guard let waiting = continuation.withLock({ $0.take() }) else { return false }
            waiting.resume(returning: answer)
            return true
        }
    }
}
