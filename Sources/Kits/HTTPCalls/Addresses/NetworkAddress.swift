import Glibc

/// An address of the Internet Protocol, version 4 or 6.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four bytes or sixteen, the most significant first.
    package let bytes: [UInt8]

    /// Reads what RFC 4291 §2.2 and four decimal numbers with dots write, without brackets and zones.
    ///
    /// - Returns: nil for anything else; the old short and octal forms (`127.1`, `0x7f000001`) are names to us, which
    ///   the system may well know how to read.
    package init?(_ text: String) {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 {
                self.bytes = bytes
                return
            }
        }
        return nil
    }

    /// - Parameter bytes: four or sixteen.
    init(bytes: [UInt8]) {
        precondition(bytes.count == 4 || bytes.count == 16, "An address has four bytes or sixteen.")
        self.bytes = bytes
    }

    /// As ``init(_:)`` reads it.
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
            return ""
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension NetworkAddress {
    /// Whether it belongs to some machine of the public internet: not to this machine, a private network, a link, a
    /// carrier's network, a group, a document, or a way to write another address.
    ///
    /// By the registries of special-purpose addresses of IANA (RFC 6890 and its successors). Of IPv6 everything is
    /// refused that has not been given out as global unicast, so that what is set aside one day is refused already.
    package var isPublic: Bool {
        bytes.count == 4 ? !NetworkAddress.specialV4.contains(where: contains) : isPublicV6
    }

    private var isPublicV6: Bool {
        // Behind a translator a name of the old internet has such an address (RFC 6052): the one inside counts.
        if isIn(NetworkAddress.translated) { return NetworkAddress(bytes: Array(bytes.suffix(4))).isPublic }
        return isIn(NetworkAddress.globalUnicast) && !NetworkAddress.specialV6.contains(where: contains)
    }

    private func contains(_ range: Range) -> Bool { isIn(range) }

    /// Addresses that begin with the same bits.
    private struct Range: Sendable {
        let start: [UInt8]
        let bits: Int

        init(_ start: [UInt8], _ bits: Int) {
            self.start = start
            self.bits = bits
        }
    }

    private func isIn(_ range: Range) -> Bool {
        (0..<range.bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            let start = bit / 8 < range.start.count ? range.start[bit / 8] : 0
            return bytes[bit / 8] & mask == start & mask
        }
    }

    private static let specialV4 = [
        Range([0], 8),  // this network (RFC 791), 0.0.0.0 is this machine
        Range([10], 8), Range([172, 16], 12), Range([192, 168], 16),  // private (RFC 1918)
        Range([100, 64], 10),  // carriers' translators (RFC 6598)
        Range([127], 8),  // loopback (RFC 1122)
        Range([169, 254], 16),  // link-local (RFC 3927), metadata of clouds
        Range([192, 0, 0], 24),  // protocol assignments (RFC 6890)
        Range([192, 0, 2], 24), Range([198, 51, 100], 24), Range([203, 0, 113], 24),  // documents (RFC 5737)
        Range([192, 88, 99], 24),  // relays of 6to4 (RFC 7526)
        Range([198, 18], 15),  // benchmarks (RFC 2544)
        Range([224], 4),  // multicast (RFC 5771)
        Range([240], 4),  // reserved (RFC 1112), 255.255.255.255 is everybody on the link
    ]

    /// 2000::/3 (RFC 4291 §2.4). Outside are ::, ::1, mapped and compatible IPv4, unique-local, link-local, multicast.
    private static let globalUnicast = Range([0x20], 3)
    /// 64:ff9b::/96.
    private static let translated = Range([0x00, 0x64, 0xFF, 0x9B], 96)

    private static let specialV6 = [
        Range([0x20, 0x01, 0x00], 23),  // protocol assignments (RFC 2928), Teredo among them
        Range([0x20, 0x01, 0x0D, 0xB8], 32), Range([0x3F, 0xFF, 0x00], 20),  // documents (RFC 3849, RFC 9637)
        Range([0x20, 0x02], 16),  // 6to4 (RFC 3056): another address inside
    ]
}
