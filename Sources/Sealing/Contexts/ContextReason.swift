/// The named reason of a system context: lower-case letters and underscores, at least one.
public struct ContextReason: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The reason as it stands in the context.
    public let text: String

    /// Takes `text` over; every character outside `a` to `z` becomes an underscore.
    ///
    /// Total on purpose: no reason can break the text of a context, whatever it is made from.
    public init(_ text: String) {
        let letters = text.utf8.map { byte in
            let lower = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
            return Self.isAllowed(lower) ? lower : UInt8(ascii: "_")
        }
        self.text = letters.isEmpty ? "_" : String(decoding: letters, as: UTF8.self)
    }

    /// Takes a literal over, as ``init(_:)`` does.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    static func isAllowed(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "_")
    }
}
