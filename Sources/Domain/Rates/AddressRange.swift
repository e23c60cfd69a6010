/// An IPv4 or IPv6 address as 16 bytes; IPv4 stands in the range of mapped ones.
package struct IPAddress: Hashable, Sendable {
    package let bytes: [UInt8]
    package let isIPv4: Bool

    /// Reads `192.0.2.1`, `2001:db8::1`, `::ffff:192.0.2.1`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        if let four = Self.four(text) {
            bytes = Self.mapped + four
            isIPv4 = true
        } else if let sixteen = Self.sixteen(text) {
            bytes = sixteen
            isIPv4 = Array(sixteen.prefix(12)) == Self.mapped
        } else {
            return nil
        }
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let numbers = parts.compactMap { part -> UInt8? in
            guard (1...3).contains(part.utf8.count), part == "0" || part.first != "0",
                part.utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            return UInt8(part)
        }
        return numbers.count == 4 ? numbers : nil
    }

    private static func sixteen(_ text: some StringProtocol) -> [UInt8]? {
        let halves = String(text).split(separator: "::", omittingEmptySubsequences: false)
        guard text.utf8.count <= 45, text.contains(":"), halves.count <= 2,
            let head = groups(String(halves[0]), mayEndInFour: halves.count == 1),
            let tail = halves.count == 2 ? groups(String(halves[1]), mayEndInFour: true) : []
        else { return nil }
        let count = head.count + tail.count
        guard halves.count == 2 ? count <= 14 : count == 16 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - count) + tail
    }

    /// The bytes of groups of four digits; the last of an address may be an IPv4 one.
    private static func groups(_ text: String, mayEndInFour: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInFour, index == parts.count - 1, let four = four(part) {
                bytes += four
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    /// What is counted as one client: an IPv4 address, or the network that one IPv6 client has.
    package var client: String {
        if isIPv4 { return bytes.suffix(4).map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}

/// A network in CIDR notation, or one address.
package struct AddressRange: Hashable, Sendable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Reads `10.0.0.0/8`, `fd00::/8`, `127.0.0.1`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let isFour = !parts[0].contains(":")
        var length = isFour ? 32 : 128
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...length).contains(given),
                String(given) == parts[1]
            else { return nil }
            length = given
        }
        bytes = address.bytes
        bits = length + (isFour ? 96 : 0)
    }

    package func contains(_ address: IPAddress) -> Bool {
        let whole = bits / 8
        guard bytes.prefix(whole) == address.bytes.prefix(whole) else { return false }
        guard bits % 8 > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - bits % 8))
        return bytes[whole] & mask == address.bytes[whole] & mask
    }
}
