/// Writes JSON that is safe to show on any terminal and to split at line breaks.
///
/// Besides what RFC 8259 asks for, these are escaped: C1 controls and DEL, the line and
/// paragraph separators, and everything that changes the direction of text.
enum JSONText {
    static func append(_ text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            append(scalar, to: &line)
        }
        line.append(UInt8(ascii: "\""))
    }

    /// A number, or null for what JSON has no number for.
    static func append(_ number: Double, to line: inout [UInt8]) {
        line.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
    }

    private static func append(_ scalar: Unicode.Scalar, to line: inout [UInt8]) {
        switch scalar {
        case "\"": line.append(contentsOf: "\\\"".utf8)
        case "\\": line.append(contentsOf: "\\\\".utf8)
        case "\n": line.append(contentsOf: "\\n".utf8)
        case "\r": line.append(contentsOf: "\\r".utf8)
        case "\t": line.append(contentsOf: "\\t".utf8)
        case _ where isHidden(scalar.value): appendEscape(scalar.value, to: &line)
        default: line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private static func isHidden(_ value: UInt32) -> Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F: true  // C0, DEL and C1 controls
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // direction
        case 0x2028, 0x2029: true  // line and paragraph separators
        case 0x200B...0x200D, 0xFEFF, 0xFFF9...0xFFFB: true  // without width
        case 0xE0000...0xE007F: true  // tags
        default: false
        }
    }

    private static func appendEscape(_ value: UInt32, to line: inout [UInt8]) {
        guard value <= 0xFFFF else {
            let offset = value - 0x10000
            appendEscape(0xD800 + offset >> 10, to: &line)
            appendEscape(0xDC00 + offset & 0x3FF, to: &line)
            return
        }
        let digits = Array("0123456789abcdef".utf8)
        line.append(contentsOf: "\\u".utf8)
        for shift in [12, 8, 4, 0] as [UInt32] {
            line.append(digits[Int(value >> shift & 15)])
        }
    }
}
