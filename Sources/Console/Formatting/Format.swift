import Domain

/// Numbers, sizes, money and durations as people read them.
enum Format {
    /// `12,480`.
    static func count(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `950`, `12.4k`, `3.1M`, `2.0G`.
    static func short(_ number: Int64) -> String {
        let units: [(Int64, String)] = [
            (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"),
        ]
        guard let (size, name) = units.first(where: { number >= $0.0 }) else {
            return String(number)
        }
        let tenths = number / (size / 10)
        return tenths >= 1_000 ? "\(tenths / 10)\(name)" : "\(tenths / 10).\(tenths % 10)\(name)"
    }

    /// `3.4 MB`.
    static func bytes(_ number: Int64) -> String {
        number < 1_000 ? "\(number) B" : short(number).replacingUnit + "B"
    }

    /// `$12.34` from nano-USD; a little more than nothing is never shown as nothing.
    static func money(_ nano: Int64) -> String {
        let cents = nano / 10_000_000
        if nano > 0, cents == 0 { return "<$0.01" }
        let rest = cents % 100
        return "$\(count(cents / 100)).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Money beside a bar, where a part is held against a whole: fractions of a cent of what is less
    /// than a dollar are told, as `$0.0042`.
    static func fineMoney(_ nano: Int64) -> String {
        guard nano > 0, nano < 1_000_000_000, !nano.isMultiple(of: 10_000_000) else {
            return money(nano)
        }
        let parts = nano / 100_000
        guard parts > 0 else { return "<$0.0001" }
        var digits = String(parts)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.count > 2, digits.last == "0" { digits.removeLast() }
        return "$0.\(digits)"
    }

    /// `9:41`, `1:02:05`: what is left of a countdown.
    static func countdown(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let minutes = seconds / 60
        let tail = "\(two(seconds % 60))"
        return minutes < 60 ? "\(minutes):\(tail)" : "\(minutes / 60):\(two(minutes % 60)):\(tail)"
    }

    /// `40 ms`, `1.2 s`.
    static func elapsed(_ duration: Duration) -> String {
        let milliseconds = milliseconds(duration)
        if milliseconds < 1_000 { return "\(milliseconds) ms" }
        return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
    }

    /// `0.8 ms`, `12 ms`, `1.2 s`.
    static func precise(_ duration: Duration) -> String {
        guard duration < .milliseconds(10) else { return elapsed(duration) }
        let tenths = Int64(duration / .microseconds(100))
        return "\(tenths / 10).\(tenths % 10) ms"
    }

    /// `4 s`, `2 min`: an age to the second while it is young.
    static func elapsedSeconds(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min"
    }

    static func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000 + duration.components.attoseconds
            / 1_000_000_000_000_000
    }

    /// `3 min ago`, for what only needs to be roughly right.
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        return switch seconds {
        case 0..<60: "just now"
        case 60..<3_600: "\(seconds / 60) min ago"
        case 3_600..<86_400: "\(seconds / 3_600) h ago"
        default: "\(seconds / 86_400) d ago"
        }
    }

    /// `1 row`, `12 rows`, `3 processes`, `2 people`.
    static func plural(_ number: some BinaryInteger, _ noun: String) -> String {
        if noun == "person", number != 1 { return "\(count(number)) people" }
        let ending = noun.hasSuffix("s") ? "es" : "s"
        return "\(count(number)) \(noun)\(number == 1 ? "" : ending)"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension String {
    /// The number and its unit letter with a space between them.
    fileprivate var replacingUnit: String {
        guard let unit = last, unit.isLetter else { return self + " " }
        return String(dropLast()) + " " + String(unit)
    }

    /// The text without white space at its ends.
    var trimmed: String {
        let tail = drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }
        return String(tail.reversed())
    }

    /// The text, or nil when nothing but white space is in it.
    var nonBlank: String? {
        let text = trimmed
        return text.isEmpty ? nil : text
    }
}
