/// The machines in front of the server that may say for whom they ask.
package struct TrustedProxies: Hashable, Sendable {
    package let ranges: [AddressRange]

    package init(_ ranges: [AddressRange] = []) {
        self.ranges = ranges
    }

    package var isEmpty: Bool { ranges.isEmpty }

    /// The client's address: the rightmost of `X-Forwarded-For` that is no proxy of ours.
    ///
    /// What stands left of it was written by the client. Without a trusted peer the header says
    /// nothing; what is no address ends the walk at the last machine that is known.
    package func client(peer: String?, forwarded: [String]) -> String? {
        guard let peer, let address = IPAddress(peer), contain(address) else { return peer }
        var last = peer
        let names = forwarded.joined(separator: ",").split(separator: ",")
        for name in names.reversed() {
            let text = name.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
            guard let address = IPAddress(text) else { return last }
            last = String(text)
            if !contain(address) { return last }
        }
        return last
    }

    /// Whether an address is one of ours.
    package func contain(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }
}
