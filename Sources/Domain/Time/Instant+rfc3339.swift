extension Instant {
    /// RFC 3339 in UTC with microseconds: `2026-03-02T10:14:00.000000Z`.
    package var rfc3339: String {
        let date = date
        let secondsOfDay = Int(seconds - Int64(date.daysSinceEpoch) * 86_400)
        let fraction = Int(microseconds - seconds * 1_000_000)
        var text: [UInt8] = []
        text.reserveCapacity(27)
        if date.year < 0 { text.append(UInt8(ascii: "-")) }
        Self.append(date.year.magnitude, 4, to: &text)
        for (mark, number) in [
            ("-" as Unicode.Scalar, date.month), ("-", date.day), ("T", secondsOfDay / 3_600),
            (":", secondsOfDay / 60 % 60), (":", secondsOfDay % 60),
        ] {
            text.append(UInt8(ascii: mark))
            Self.append(number.magnitude, 2, to: &text)
        }
        text.append(UInt8(ascii: "."))
        Self.append(fraction.magnitude, 6, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Parses RFC 3339 (any offset, up to nine fraction digits, cut to microseconds) or a bare
    /// date, which stands for its first moment in UTC.
    ///
    /// Nil for anything else.
    package init?(rfc3339 text: String) {
        var reader = TimestampReader(text)
        guard let date = reader.date() else { return nil }
        if reader.isAtEnd {
            self = date.start
            return
        }
        guard reader.separator(), let time = reader.time(), let offset = reader.offset(),
            reader.isAtEnd
        else { return nil }
        self.init(
            microseconds: date.start.microseconds + time - Int64(offset) * 60_000_000
        )
    }

    /// Appends decimal digits, at least `width` of them.
    private static func append(_ number: UInt, _ width: Int, to text: inout [UInt8]) {
        if width > 1 || number > 9 { append(number / 10, width - 1, to: &text) }
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}

/// Reads the parts of an RFC 3339 timestamp from ASCII text.
private struct TimestampReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func date() -> CivilDate? {
        guard let year = number(4), take("-"), let month = number(2), take("-"),
            let day = number(2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    mutating func separator() -> Bool {
        take("T") || take("t") || take(" ")
    }

    /// Microseconds since midnight.
    mutating func time() -> Int64? {
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60,
            take(":"), let second = number(2), second < 60
        else { return nil }
        var micros: Int64 = 0
        if take(".") {
            let start = index
            while let digit = peekDigit(), index - start < 9 {
                if index - start < 6 { micros = micros * 10 + Int64(digit) }
                index += 1
            }
            guard index > start else { return nil }
            for _ in min(index - start, 6)..<6 { micros *= 10 }
        }
        return Int64(hour * 3_600 + minute * 60 + second) * 1_000_000 + micros
    }

    /// Minutes east of UTC.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours < 24, take(":"), let minutes = number(2),
            minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private func peekDigit() -> UInt8? {
        guard index < bytes.count, (48...57).contains(bytes[index]) else { return nil }
        return bytes[index] - 48
    }

    private mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = peekDigit() else { return nil }
            value = value * 10 + Int(digit)
            index += 1
        }
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }
}
