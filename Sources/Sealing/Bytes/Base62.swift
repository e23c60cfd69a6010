/// Text of the digits 0-9, A-Z and a-z for bytes of a known number: no character that a double
/// click, a shell or an address would stop at.
public enum Base62 {
    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8
    )

    /// How many digits `count` bytes always have.
    public static func length(ofBytes count: Int) -> Int {
        // 8 bits a byte, log2(62) bits a digit.
        Int((Double(count * 8) / 5.954_196_310_386_875).rounded(.up))
    }

    /// The digits of a big-endian number, as many as every number of that many bytes has.
    public static func encode(_ bytes: [UInt8]) -> String {
        var number = bytes
        var text = [UInt8](repeating: digits[0], count: length(ofBytes: bytes.count))
        for place in text.indices.reversed() {
            var rest = 0
            for index in number.indices {
                let value = rest << 8 | Int(number[index])
                number[index] = UInt8(value / 62)
                rest = value % 62
            }
            text[place] = digits[rest]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The `count` bytes that `text` spells; nil for another length, another character, or a
    /// number that is too large.
    public static func decode(_ text: some Collection<UInt8>, bytes count: Int) -> [UInt8]? {
        guard text.count == length(ofBytes: count) else { return nil }
        var number = [UInt8](repeating: 0, count: count)
        for digit in text {
            guard var carry = value(of: digit) else { return nil }
            for index in number.indices.reversed() {
                let value = Int(number[index]) * 62 + carry
                number[index] = UInt8(value & 0xFF)
                carry = value >> 8
            }
            guard carry == 0 else { return nil }
        }
        return number
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit - UInt8(ascii: "A")) + 10
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a")) + 36
        default: nil
        }
    }
}
