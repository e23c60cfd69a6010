@_spi(_Unicode) import Swift

/// The state of one passage through the gate of `SafeText`.
struct TextGate {
    private(set) var output = ""
    private var admitted = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Appends one grapheme cluster in its harmless form.
    mutating func admit(_ cluster: Character) {
        admitted += 1
        guard admitted < limit else {
            if admitted == limit { output += "…" }
            return
        }
        if let ascii = cluster.asciiValue, ascii >= 0x20, ascii < 0x7F, cluster != "\r\n" {
            output.append(cluster)
            return
        }
        var composed = String.UnicodeScalarView()
        for scalar in String(cluster)._nfc.prefix(Self.longestCluster) { composed.append(scalar) }
        admit(Array(composed))
    }

    /// More scalars than any written language or emoji needs in one cluster.
    private static let longestCluster = 32

    private mutating func admit(_ scalars: [Unicode.Scalar]) {
        var marks = 0
        var hasBase = false
        for (index, scalar) in scalars.enumerated() {
            switch Self.judgement(of: scalar, at: index, in: scalars) {
            case .base:
                output.unicodeScalars.append(scalar)
                hasBase = true
                marks = 0
            case .mark:
                marks += 1
                guard marks <= 2 else { continue }
                if !hasBase { output += "◌" }
                hasBase = true
                output.unicodeScalars.append(scalar)
            case .joiner: output.unicodeScalars.append(scalar)
            case .dropped: break
            case .replaced(let visible):
                output += visible
                hasBase = false
            }
        }
    }

    private enum Judgement {
        case base, mark, joiner, dropped
        case replaced(String)
    }

    private static func judgement(
        of scalar: Unicode.Scalar,
        at index: Int,
        in scalars: [Unicode.Scalar]
    ) -> Judgement {
        switch scalar.value {
        case 0..<0x20, 0x7F: return .replaced(picture(of: scalar))
        case 0x200D:
            return joinsEmoji(at: index, in: scalars) ? .joiner : .replaced(token(for: scalar))
        case 0xFE0E, 0xFE0F:
            guard index > 0, scalars[index - 1].properties.isEmoji else {
                return .replaced(token(for: scalar))
            }
            return scalar.value == 0xFE0F ? .joiner : .dropped
        default: break
        }
        if scalar.properties.isDefaultIgnorableCodePoint { return .replaced(token(for: scalar)) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            return .replaced(token(for: scalar))
        case .spaceSeparator: return .replaced(scalar.value == 0x3000 ? "  " : " ")
        case .nonspacingMark, .enclosingMark: return .mark
        default: return .base
        }
    }

    private static func joinsEmoji(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard index > 0, index + 1 < scalars.count else { return false }
        let before = scalars[..<index].last { $0.value != 0xFE0F && !$0.properties.isEmojiModifier }
        return before?.properties.isEmoji == true && scalars[index + 1].properties.isEmoji
    }

    /// The picture of a C0 character or of DEL: ␛ for escape.
    static func picture(of scalar: Unicode.Scalar) -> String {
        let value = scalar.value == 0x7F ? 0x2421 : 0x2400 + scalar.value
        return Unicode.Scalar(value).map { String(Character($0)) } ?? "?"
    }

    /// The token of a character that must not reach a terminal: ⟨U+202E⟩.
    static func token(for scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return "⟨U+\(padding)\(digits)⟩"
    }
}
