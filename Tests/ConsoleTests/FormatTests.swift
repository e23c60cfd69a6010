import Domain
import Testing

@testable import Console

/// Numbers and times as people read them.
struct FormatTests {
    @Test func `numbers are grouped and shortened`() {
        #expect(Format.count(12_480) == "12,480")
        #expect(Format.count(-1_000) == "-1,000")
        #expect(Format.count(7) == "7")
        #expect(Format.short(999) == "999")
        #expect(Format.short(12_450) == "12.4k")
        #expect(Format.short(Int64.max) == "9223372036G")
        #expect(Format.bytes(3_400_000) == "3.4 MB")
        #expect(Format.plural(1, "row") == "1 row")
    }

    @Test func `a little money is never shown as none`() {
        #expect(Format.money(0) == "$0.00")
        #expect(Format.money(1) == "<$0.01")
        #expect(Format.money(12_340_000_000) == "$12.34")
        #expect(Format.fineMoney(0) == "$0.00")
        #expect(Format.fineMoney(1) == "<$0.0001")
        #expect(Format.fineMoney(4_200_000) == "$0.0042")
        #expect(Format.fineMoney(15_000_000) == "$0.015")
        #expect(Format.fineMoney(500_000_000) == "$0.50")
        #expect(Format.fineMoney(999_999_999) == "$0.9999")
        #expect(Format.fineMoney(12_345_678_901) == "$12.34")
    }

    @Test func `times are shown in the operator's zone, over midnight too`() {
        let zone = Zone(minutesEast: 330)
        let late = Instant(rfc3339: "2026-02-28T20:00:00Z") ?? World.now
        #expect(zone.name(at: late) == "UTC+05:30")
        #expect(zone.minute(late) == "2026-03-01 01:30")
        #expect(Zone(minutesEast: -210).name(at: late) == "UTC-03:30")
        #expect(Zone(minutesEast: -210).second(late) == "2026-02-28 16:30:00")
        #expect(Zone.utc.day(late) == "2026-02-28")
    }

    @Test func `a zone that changes with the seasons shows each time as it was there`() throws {
        let spring = try #require(Instant(rfc3339: "2026-03-29T01:00:00Z"))
        let zone = Zone(
            minutesEast: 60,
            changes: [Zone.Change(at: spring, minutesEast: 120)],
            identifier: "Europe/Berlin"
        )
        #expect(zone.name(at: spring) == "Europe/Berlin")
        #expect(zone.minute(spring.advanced(by: .seconds(-60))) == "2026-03-29 01:59")
        #expect(zone.minute(spring) == "2026-03-29 03:00")
        let day = CivilDate(year: 2026, month: 3, day: 29)
        let next = CivilDate(year: 2026, month: 3, day: 30)
        #expect(try zone.start(of: #require(day)).rfc3339.hasPrefix("2026-03-28T23:00:00"))
        #expect(try zone.start(of: #require(next)).rfc3339.hasPrefix("2026-03-29T22:00:00"))
    }

    @Test func `durations are rounded for people`() {
        #expect(Format.countdown(.seconds(581)) == "9:41")
        #expect(Format.countdown(.seconds(3_725)) == "1:02:05")
        #expect(Format.countdown(.seconds(-5)) == "0:00")
        #expect(Format.elapsed(.milliseconds(40)) == "40 ms")
        #expect(Format.elapsed(.milliseconds(1_290)) == "1.2 s")
        #expect(Format.age(.seconds(7_300)) == "2 h ago")
    }
}
