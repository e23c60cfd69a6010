internal import Glibc

/// Time as logs write it: RFC 3339 in UTC with six digits after the point.
enum LogTimestamp {
    /// The wall clock in microseconds since 1970.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// Appends the 27 characters of a time between the years 0 and 9999.
    static func append(_ microseconds: Int64, to line: inout [UInt8]) {
        let (seconds, fraction) = microseconds.flooredDivision(by: 1_000_000)
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let date = civilDate(daysSince1970: days)
        append(date.year, digits: 4, to: &line)
        line.append(UInt8(ascii: "-"))
        append(date.month, digits: 2, to: &line)
        line.append(UInt8(ascii: "-"))
        append(date.day, digits: 2, to: &line)
        line.append(UInt8(ascii: "T"))
        append(secondOfDay / 3600, digits: 2, to: &line)
        line.append(UInt8(ascii: ":"))
        append(secondOfDay / 60 % 60, digits: 2, to: &line)
        line.append(UInt8(ascii: ":"))
        append(secondOfDay % 60, digits: 2, to: &line)
        line.append(UInt8(ascii: "."))
        append(fraction, digits: 6, to: &line)
        line.append(UInt8(ascii: "Z"))
    }

    /// The Gregorian date, by Howard Hinnant's `civil_from_days`.
    private static func civilDate(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (daysSince1970 + 719_468).flooredDivision(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func append(_ number: Int64, digits: Int, to line: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}

extension Int64 {
    /// Quotient rounded down and a remainder that is never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
