internal import Terminal

/// The style that a terminal has, in the numbers of its sequences.
struct TerminalLook: Hashable {
    /// Bold 1, dim 2, underline 4, reverse 7: one bit for each number.
    private(set) var traits: UInt8 = 0
    private(set) var foreground = 39
    private(set) var background = 49

    /// Colours of the palette of 256 are kept above this number.
    private static let palette = 1_000

    /// The terminal's own look.
    init() {}

    /// The look of a cell, in the numbers of terminals with 16 colours and more.
    init(_ style: Style) {
        let bits: [(Style.Attributes, UInt8)] = [
            (.bold, 1), (.dim, 2), (.underline, 4), (.reverse, 7),
        ]
        for (attribute, number) in bits where style.attributes.contains(attribute) {
            traits |= 1 << number
        }
        foreground = style.foreground.map { Self.number(of: $0, from: 30) } ?? 39
        background = style.background.map { Self.number(of: $0, from: 40) } ?? 49
    }

    private static func number(of color: UInt8, from first: Int) -> Int {
        switch color {
        case 0..<8: first + Int(color)
        case 8..<16: first + 60 + Int(color) - 8
        default: palette + Int(color)
        }
    }

    /// What of the look is seen where nothing is written.
    var field: Field {
        let seen = traits & 0b1001_0000
        return Field(background: background, traits: seen, foreground: seen == 0 ? nil : foreground)
    }

    /// The look of a blank.
    struct Field: Hashable {
        let background: Int
        fileprivate let traits: UInt8
        fileprivate let foreground: Int?

        /// Whether erasing leaves it, on a terminal that erases in the colour behind the text.
        var isErasable: Bool { traits == 0 }

        /// Whether it is the terminal's own.
        var isPlain: Bool { isErasable && background == 49 }
    }

    /// Applies the numbers of a sequence; false, and no change, when one of them is unknown.
    mutating func apply(_ body: ArraySlice<UInt8>) -> Bool {
        let words = body.split(separator: 0x3B, omittingEmptySubsequences: false)
        let numbers = words.map {
            Int(String(decoding: $0, as: UTF8.self)) ?? ($0.isEmpty ? 0 : -1)
        }
        var look = self
        var index = 0
        while index < numbers.count {
            switch numbers[index] {
            case 0: look = TerminalLook()
            case 1, 2, 4, 7: look.traits |= 1 << UInt8(numbers[index])
            case 22: look.traits &= ~0b110
            case 24: look.traits &= ~0b1_0000
            case 27: look.traits &= ~0b1000_0000
            case 30...37, 39, 90...97: look.foreground = numbers[index]
            case 40...47, 49, 100...107: look.background = numbers[index]
            case 38, 48:
                guard index + 2 < numbers.count, numbers[index + 1] == 5 else { return false }
                let color = Self.palette + numbers[index + 2]
                if numbers[index] == 38 { look.foreground = color } else { look.background = color }
                index += 2
            default: return false
            }
            index += 1
        }
        self = look
        return true
    }

    /// The shortest sequence that leads here from another look, or from an unknown one.
    func sequence(from other: TerminalLook?) -> [UInt8] {
        let whole = [""] + parameters(from: TerminalLook())
        guard let other else { return Self.bytes(whole) }
        let difference = parameters(from: other)
        return Self.bytes(
            difference.map(\.count).reduce(0, +) + difference.count
                <= whole.map(\.count).reduce(0, +) + whole.count ? difference : whole
        )
    }

    private func parameters(from other: TerminalLook) -> [String] {
        var parameters: [String] = []
        var kept = other.traits
        if other.traits & ~traits & 0b110 != 0 {
            parameters.append("22")
            kept &= ~0b110
        }
        if other.traits & ~traits & 0b1_0000 != 0 { parameters.append("24") }
        if other.traits & ~traits & 0b1000_0000 != 0 { parameters.append("27") }
        for number in [1, 2, 4, 7] where traits & ~kept & (1 << UInt8(number)) != 0 {
            parameters.append("\(number)")
        }
        if foreground != other.foreground { parameters.append(Self.parameter(foreground, "38")) }
        if background != other.background { parameters.append(Self.parameter(background, "48")) }
        return parameters
    }

    private static func parameter(_ color: Int, _ introducer: String) -> String {
        color < palette ? "\(color)" : "\(introducer);5;\(color - palette)"
    }

    private static func bytes(_ parameters: [String]) -> [UInt8] {
        Array("\u{1B}[\(parameters.joined(separator: ";"))m".utf8)
    }
}
