/// Reads how long a provider wants to be left alone (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// Longer wishes are cut to it: they would only be a way to stop this installation.
    package static let longest = Duration.seconds(86_400)

    /// - Parameters:
    ///   - text: seconds, perhaps with a fraction, or a date.
    ///   - now: seconds since 1970.
    /// - Returns: Nil for what is neither.
    package static func parse(_ text: String, now: Int64) -> Duration? {
        let text = text.drop { $0 == " " }
        if let first = text.first, first.isASCII, first.isNumber {
            let isPlain = text.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
            guard isPlain, text.utf8.count <= 20, let seconds = Double(text) else { return nil }
            return .milliseconds(Int64((min(seconds, 86_400) * 1_000).rounded(.up)))
        }
        guard let moment = date(String(text)) else { return nil }
        return min(longest, .seconds(max(0, moment - now)))
    }

    /// The date form that senders must use: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", words[0].count == 4,
            let day = number(words[1], 1...31), let year = number(words[3], 1970...9_999),
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = number(clock[0], 0...23),
            let minute = number(clock[1], 0...59), let second = number(clock[2], 0...60)
        else { return nil }
        return days(year, Int64(month + 1), day) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ text: Substring, _ range: ClosedRange<Int64>) -> Int64? {
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int64(text) else {
            return nil
        }
        return range.contains(number) ? number : nil
    }

    /// Days since 1970-01-01 in the Gregorian calendar; years begin in March while counting, so
    /// that the leap day is a year's last one.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
