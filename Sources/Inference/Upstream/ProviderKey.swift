/// The secret that a provider knows us by; it shows itself to nobody but the request.
package struct ProviderKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// What stands in the request's header.
    let secret: String
    /// Where the secret comes from; tells keys apart in counters.
    package let label: String

    /// Nil for what cannot stand in a header; white space around it is cut off.
    package init?(_ secret: String, label: String) {
        var bytes = Array(secret.utf8)[...]
        while let last = bytes.last, Self.space.contains(last) { bytes = bytes.dropLast() }
        while let first = bytes.first, Self.space.contains(first) { bytes = bytes.dropFirst() }
        guard !bytes.isEmpty, bytes.count <= 4_096, bytes.allSatisfy({ $0 > 32 && $0 < 127 })
        else { return nil }
        self.secret = String(decoding: bytes, as: UTF8.self)
        self.label = label
    }

    /// Blank, tab, line feed, carriage return.
    private static let space: Set<UInt8> = [32, 9, 10, 13]

    package var description: String { "(hidden)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
