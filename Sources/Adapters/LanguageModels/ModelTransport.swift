import ErrandCore
import HTTPCalls
package import HTTPTypes

/// What comes of an exchange with a server.
package enum ReplyPart: Sendable {
    case head(status: Int, HTTPFields)
    case bytes([UInt8])
    case failed(RetryPlan.Failure)
}

/// Sends a request and hands on what comes, piece by piece, until it ends. Cancelling the task ends the connection.
package struct ModelTransport: Sendable {
    /// Calls to the server at once; more wait for as long as a connection may take.
    static let connectionsMax = 64

    package typealias Put = @Sendable (ReplyPart) -> Void

    let exchange: @Sendable (_ request: ModelRequest, _ put: Put) async throws(RetryPlan.Failure) -> Void
    let close: @Sendable () async -> Void

    /// - Parameters:
    ///   - exchange: one request and what comes of it.
    ///   - close: ends all connections.
    package init(
        close: @escaping @Sendable () async -> Void = {},
        exchange: @escaping @Sendable (_ request: ModelRequest, _ put: Put) async throws(RetryPlan.Failure) -> Void
    ) {
        self.close = close
        self.exchange = exchange
    }

    /// Over HTTP. Nobody but the operator says where to, so it may be anywhere.
    static func http(_ options: ModelServerOptions) -> ModelTransport {
        var callOptions = HTTPCallOptions(reach: .anywhere)
        callOptions.connectTimeout = options.connectTime
        callOptions.connectionsMax = connectionsMax
        let whole = HTTPCalls(callOptions)
        // An answer that is not streamed is silent until it is made.
        callOptions.silenceMax = options.silenceMax
        let streams = HTTPCalls(callOptions)
        return ModelTransport(
            close: {
                await whole.close()
                await streams.close()
            },
            exchange: { (request, put) async throws(RetryPlan.Failure) in
                do {
                    try await run(request, over: request.isStream ? streams : whole, put)
                } catch {
                    throw RetryPlan.Failure(error as? HTTPCallError ?? .failed)
                }
            }
        )
    }

    private static func run(
        _ request: ModelRequest, over calls: HTTPCalls, _ put: Put
    ) async throws {
        let call = HTTPCall(request.url, method: "POST", headers: request.headers, body: request.body.serialized())
        let answer = try await calls.stream(call)
        put(.head(status: answer.status, answer.headers))
        var bytesCount = 0
        for try await piece in answer.body {
            put(.bytes(piece))
            bytesCount += piece.count
            // Whoever reads has seen by then that it is too much.
            if bytesCount > AnswerReader.answerBytesMax { return }
        }
    }
}

extension RetryPlan.Failure {
    fileprivate init(_ error: HTTPCallError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .invalidAddress, .forbiddenAddress, .untrusted, .tooLarge: .notUnderstood
            case .noSuchHost, .notReached, .busy, .handshakeTimedOut, .timedOut, .closed, .disconnected, .failed:
                .unreachable
            }
    }
}
