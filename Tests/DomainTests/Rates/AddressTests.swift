import Domain
import Testing

@Suite struct AddressTests {
    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:DB8::1", "2001:db8:0:0::/64"),
            ("::1", "0:0:0:0::/64"), ("fe80::", "fe80:0:0:0::/64"),
        ]
    )
    func `an IPv6 client is its network`(text: String, client: String) {
        #expect(IPAddress(text)?.client == client)
    }

    @Test(
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.-4", ":", ":::", "1::2::3",
            "12345::", "g::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "1.2.3.4::", "localhost",
            "1.2.3.4 ", "::1%eth0",
        ]
    )
    func `what is no address is none`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.128/25", "192.0.2.129", true), ("192.0.2.128/25", "192.0.2.127", false),
            ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
            ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe80::1", false),
            ("0.0.0.0/0", "2001:db8::1", false), ("0.0.0.0/0", "1.2.3.4", true),
        ]
    )
    func `a range holds what is in it`(range: String, address: String, holds: Bool) throws {
        let range = try #require(AddressRange(range))
        let address = try #require(IPAddress(address))
        #expect(range.contains(address) == holds)
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/08", "a/8", "1.2.3.4/8/8",
    ])
    func `a range that makes no sense is none`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    private static let proxies = TrustedProxies(
        ["10.0.0.0/8", "127.0.0.1"].compactMap { AddressRange($0) }
    )

    @Test(
        arguments: [
            // Nobody in between: the header is the client's own invention.
            ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),
            ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
            // What stands further left was sent by the client.
            ("10.0.0.1", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", ["1.1.1.1", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", ["10.0.0.3,10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", ["198.51.100.7, nonsense"], "10.0.0.1"),
            ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ]
    )
    func `the client is the rightmost address that is not ours`(
        peer: String,
        forwarded: [String],
        client: String
    ) {
        #expect(Self.proxies.client(peer: peer, forwarded: forwarded) == client)
        #expect(TrustedProxies().client(peer: peer, forwarded: forwarded) == peer)
    }
}
