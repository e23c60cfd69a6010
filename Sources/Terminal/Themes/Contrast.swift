/// The contrast of two colours as WCAG 2.1 defines it: from 1 to 21.
///
/// https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
public enum Contrast {
    /// The ratio, nil when the terminal decides how one of the two looks.
    public static func ratio(_ first: Color, _ second: Color) -> Double? {
        guard let a = luminance(first), let b = luminance(second) else { return nil }
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ color: Color) -> Double? {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    private static func linear(_ channel: UInt8) -> Double {
        let value = Double(channel) / 255
        return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
    }

    /// The 2.4th power of a number between 0 and 1: x² · x^(2/5), the root by Newton's method.
    private static func power(_ value: Double) -> Double {
        let square = value * value
        var root = value
        for _ in 0..<40 {
            root -= (root * root * root * root * root - square) / (5 * root * root * root * root)
        }
        return square * root
    }
}
