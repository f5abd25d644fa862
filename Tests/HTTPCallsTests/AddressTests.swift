import HTTPCalls
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "2606:4700:4700::1111", "2001:4860:4860::8888", "2001:200::1", "2a00::", "2003::1", "3ffe::1",
        // Behind a translator.
        "64:ff9b::1.1.1.1", "64:ff9b::808:808",
    ])
    func `addresses of the internet are public`(text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublic)
    }

    @Test(arguments: [
        // This machine.
        "0.0.0.0", "0.255.255.255", "127.0.0.1", "127.255.255.255", "::", "::1",
        // Private networks.
        "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", "fc00::1",
        "fd12:3456:789a::1", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fec0::1",
        // Links, with the metadata of clouds.
        "169.254.0.1", "169.254.169.254", "fe80::1", "febf::1", "fd00:ec2::254",
        // Carriers, protocols, documents, benchmarks.
        "100.64.0.0", "100.127.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.0",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "2001::1", "2001:2::1", "2001:10::1", "2001:1ff:ffff::1",
        "2001:db8::1", "3fff::1", "3fff:fff::1", "100::1", "5f00::1",
        // Groups, everybody, reserved.
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "ff02::1", "ff0e::1",
        // Another address inside: mapped, compatible, translated, 6to4.
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1",
    ])
    func `all others are not`(text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublic == false)
    }

    @Test(arguments: [
        "", "localhost", "127.1", "127.0.0", "2130706433", "0x7f000001", "0177.0.0.1x", "127.0.0.1 ", "[::1]",
        "fe80::1%lo",
        "1.2.3.4.5", "256.0.0.1", ":::1", "12345::",
    ])
    func `what is no address in its usual form is a name`(text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test(arguments: [
        ("8.8.8.8", "8.8.8.8"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::FFFF:127.0.0.1", "::ffff:127.0.0.1"),
    ])
    func `an address is written as it is read`(text: String, written: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.description == written)
        #expect(NetworkAddress(written) == address)
    }
}
