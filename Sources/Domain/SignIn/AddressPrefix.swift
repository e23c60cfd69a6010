/// The network that a client's address belongs to: one line of a provider, as far as can be told.
///
/// Counted instead of the address: whoever has one IPv6 address has 2^64 of them.
package struct AddressPrefix: Hashable, Sendable, CustomStringConvertible {
    /// `192.0.2.0/24`, `2001:db8:0:1::/64`, or `unknown`.
    package let description: String

    /// - Parameter address: an IPv4 or IPv6 address without a port; nil or anything else is the
    ///   one network `unknown`.
    package init(_ address: String?) {
        let text = address ?? ""
        if let bytes = Self.fourBytes(text[...]) {
            description = "\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24"
        } else if let groups = Self.eightGroups(text) {
            description = Self.text(groups)
        } else {
            description = "unknown"
        }
    }

    private static func text(_ groups: [UInt16]) -> String {
        // ::ffff:0:0/96 is how a socket for both families shows an IPv4 client.
        if groups.prefix(5).allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF {
            return "\(groups[6] >> 8).\(groups[6] & 0xFF).\(groups[7] >> 8).0/24"
        }
        let network = groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":")
        return "\(network)::/64"
    }

    private static func fourBytes(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
                ? UInt8(part) : nil
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func eightGroups(_ text: String) -> [UInt16]? {
        // A zone (`fe80::1%eth0`) is the machine's own affair.
        let address = text.prefix { $0 != "%" }
        let halves = address.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 7 else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    /// Groups between colons; an IPv4 address may stand for the last two.
    private static func groups(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let bytes = fourBytes(part) {
                groups.append(UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
                groups.append(UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
            } else if (1...4).contains(part.utf8.count), part.first != "+", part.first != "-",
                let group = UInt16(part, radix: 16)
            {
                groups.append(group)
            } else {
                return nil
            }
        }
        return groups
    }
}
