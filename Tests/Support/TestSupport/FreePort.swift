import Foundation
import Synchronization

/// Ports of the loopback address that nobody listens on now.
public enum FreePort {
    enum PortError: Error {
        case none
    }

    /// Below the ports that systems give to clients by themselves (from 32768 on Linux, from 49152 by RFC 6335,
    /// section 6): a connection could take one of those before the server does.
    private static let range = 20_000..<32_000
    /// No test gets the port of another; other test runs beside this one begin elsewhere.
    private static let next = Mutex(Int.random(in: range))

    public static func find() throws -> Int {
        for _ in range {
            let port = next.withLock { next in
                next = next + 1 < range.upperBound ? next + 1 : range.lowerBound
                return next
            }
            if isFree(port) { return port }
        }
        throw PortError.none
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
