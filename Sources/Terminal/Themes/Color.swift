/// How many colours a terminal shows.
public enum ColorDepth: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// None: bold, underline and reverse have to do.
    case none = 0
    /// The eight of ANSI.
    case eight = 8
    /// Those and their bright forms.
    case sixteen = 16
    /// The cube and the greys of xterm.
    case full = 256

    /// The deepest step that a terminal with so many colours reaches; truecolour maps to 256.
    public init(colors: Int) {
        switch colors {
        case ..<8: self = .none
        case 8..<16: self = .eight
        case 16..<256: self = .sixteen
        default: self = .full
        }
    }

    /// Orders depths by the number of colours.
    public static func < (left: ColorDepth, right: ColorDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A colour of a theme.
public enum Color: Sendable, Hashable {
    /// The terminal's own foreground or background.
    case terminal
    /// One of the sixteen colours that the user chose for the terminal.
    case ansi(UInt8)
    /// A colour known by its red, green and blue.
    case rgb(red: UInt8, green: UInt8, blue: UInt8)

    /// Reads `default`, a name such as `bright-cyan`, or `#rrggbb`; nil for anything else.
    public init?(parsing text: String) {
        if text == "default" {
            self = .terminal
        } else if text.hasPrefix("#"), text.utf8.count == 7,
            text.dropFirst().allSatisfy(\.isHexDigit),
            let value = UInt32(text.dropFirst(), radix: 16)
        {
            self = .rgb(
                red: UInt8(value >> 16),
                green: UInt8(value >> 8 & 0xFF),
                blue: UInt8(value & 0xFF)
            )
        } else if let index = Self.ansiNames.firstIndex(of: text) {
            self = .ansi(UInt8(index))
        } else if text.hasPrefix("bright-"),
            let index = Self.ansiNames.firstIndex(of: String(text.dropFirst(7)))
        {
            self = .ansi(UInt8(index + 8))
        } else {
            return nil
        }
    }

    static let ansiNames = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    ]

    /// The number of the nearest colour at a depth, nil for the terminal's own.
    public func index(at depth: ColorDepth) -> UInt8? {
        guard depth != .none else { return nil }
        switch self {
        case .terminal: return nil
        case .ansi(let index): return depth == .eight ? index % 8 : index
        case .rgb(let red, let green, let blue):
            return Self.nearest(red: Int(red), green: Int(green), blue: Int(blue), at: depth)
        }
    }

    private static func nearest(red: Int, green: Int, blue: Int, at depth: ColorDepth) -> UInt8 {
        let candidates = depth == .full ? 16..<256 : 0..<depth.rawValue
        func distance(_ index: Int) -> Int {
            let color = xterm(index)
            let (r, g, b) = (color.red - red, color.green - green, color.blue - blue)
            return 2 * r * r + 4 * g * g + 3 * b * b
        }
        return UInt8(candidates.min { distance($0) < distance($1) } ?? 7)
    }

    /// The red, green and blue that xterm gives a number of its palette.
    static func xterm(_ index: Int) -> (red: Int, green: Int, blue: Int) {
        switch index {
        case 0..<16:
            let level = index < 8 ? 205 : 255
            return ((index & 1) * level, (index >> 1 & 1) * level, (index >> 2 & 1) * level)
        case 16..<232:
            func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
            let cube = index - 16
            return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        default:
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
    }
}
