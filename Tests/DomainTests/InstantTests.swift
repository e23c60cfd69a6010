import Testing

@testable import Domain

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000000Z", 0),
        ("2026-03-02T10:14:00.000000Z", 1_772_446_440_000_000),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2000-02-29T12:00:00.123456Z", 951_825_600_123_456),
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ])
    func `an instant and its RFC 3339 form are the same`(text: String, microseconds: Int64) {
        #expect(Instant(microseconds: microseconds).rfc3339 == text)
        #expect(Instant(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        ("2026-03-02T10:14:00+03:00", "2026-03-02T07:14:00.000000Z"),
        ("2026-03-02T23:30:00-05:30", "2026-03-03T05:00:00.000000Z"),
        ("2026-03-02t10:14:00.5z", "2026-03-02T10:14:00.500000Z"),
        ("2026-03-02 10:14:00.123456789Z", "2026-03-02T10:14:00.123456Z"),
        ("2026-03-02", "2026-03-02T00:00:00.000000Z"),
    ])
    func `other spellings are read as UTC`(text: String, expected: String) throws {
        #expect(try #require(Instant(rfc3339: text)).rfc3339 == expected)
    }

    @Test(arguments: [
        "", "now", "2026-3-2", "2026-02-30", "2026-13-01", "0000-01-01", "2026-01-01T",
        "2026-01-01T10:00", "2026-01-01T10:00:00", "2026-01-01T24:00:00Z", "2026-01-01T10:60:00Z",
        "2026-01-01T10:00:00.Z", "2026-01-01T10:00:00.1234567890Z", "2026-01-01T10:00:00+3:00",
        "2026-01-01T10:00:00Zx", " 2026-01-01", "2026-01-01T10:00:00+24:00", "٢٠٢٦-٠١-٠١",
    ])
    func `anything else is refused`(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test(arguments: [
        (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
        (-62_198_755_200_000_000, "-0001-01-01T00:00:00.000000Z"),
        (253_402_300_800_000_000, "10000-01-01T00:00:00.000000Z"),
    ])
    func `a moment that no calendar here knows is written all the same`(
        microseconds: Int64,
        text: String
    ) {
        #expect(Instant(microseconds: microseconds).rfc3339 == text)
    }

    @Test(arguments: [(-1, -1), (-1_000_000, -1), (-1_000_001, -2), (999_999, 0), (1_000_000, 1)])
    func `whole seconds are rounded down`(microseconds: Int64, seconds: Int64) {
        #expect(Instant(microseconds: microseconds).seconds == seconds)
    }

    @Test func `durations add up`() {
        let start = Instant(seconds: 100)
        let later = start.advanced(by: .milliseconds(1_500))
        #expect(later.microseconds == 101_500_000)
        #expect(start.duration(to: later) == .milliseconds(1_500))
        #expect(start < later)
    }
}

@Suite struct CivilDateTests {
    @Test(arguments: [-719_162, -1, 0, 1, 59, 60, 11_016, 20_000, 2_932_896])
    func `a day number and its date are the same`(days: Int) {
        #expect(CivilDate(daysSinceEpoch: days).daysSinceEpoch == days)
    }

    @Test func `every day of four centuries follows the one before`() {
        let dates = (-1..<146_097).map(CivilDate.init(daysSinceEpoch:))
        #expect(zip(dates, dates.dropFirst()).allSatisfy(<))
        #expect(Set(dates).count == dates.count)
    }

    @Test(arguments: [
        (2024, 2, 29, true), (2023, 2, 29, false), (1900, 2, 29, false), (2000, 2, 29, true),
        (2026, 4, 31, false), (2026, 12, 31, true), (2026, 0, 1, false), (2026, 1, 0, false),
        (10_000, 1, 1, false),
    ])
    func `only days of the calendar exist`(year: Int, month: Int, day: Int, exists: Bool) {
        #expect((CivilDate(year: year, month: month, day: day) != nil) == exists)
    }
}
