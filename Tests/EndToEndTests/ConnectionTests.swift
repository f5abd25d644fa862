import ErrandCore
import Foundation
import Testing

@Suite struct ConnectionTests {
    @Test func `an offer to upgrade is answered and does not block the connection`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try ServerProcess.freePorts()
        let server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
        let request = """
            GET /.well-known/jwks.json HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade, HTTP2-Settings\r
            Upgrade: h2c\r
            HTTP2-Settings: AAMAAABkAAQAAP__\r
            \r\n
            """
        let answer = try RawSocket.exchange(request, port: ports.public)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
        #expect(answer.contains("\"keys\""), "and the connection is closed, so that the client opens another")
        try await server.stop()
    }
}

/// A TCP connection without any HTTP library in between.
private enum RawSocket {
    /// Sends `text` and reads until the other side closes, five seconds at most.
    static func exchange(_ text: String, port: Int) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var timeout = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = in_port_t(port).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw ServerError.notReady }
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, 0)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { break }
            received += buffer[..<count]
        }
        return String(decoding: received, as: UTF8.self)
    }
}
