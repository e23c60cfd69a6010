import Domain
import Testing

/// The shape of names of time zones.
struct TimeZoneNameTests {
    @Test(arguments: ["UTC", "Asia/Kuwait", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
    func `a region and a city are one`(name: String) throws {
        #expect(TimeZoneName.isShaped(name))
        #expect(try AccountEdit(name: nil, locale: nil, timeZone: name).timeZone == name)
    }

    @Test(arguments: [
        "utc", "Kuwait", "EST5EDT", "/Asia", "Asia/", "Asia//Kuwait", "Asia/Kuwait ", "Asia/القدس",
        "A/\u{0}", "../etc/passwd;", String(repeating: "a/", count: 40) + "b",
    ])
    func `anything else is refused`(name: String) {
        #expect(!TimeZoneName.isShaped(name))
        #expect(throws: DomainError.self) {
            try AccountEdit(name: nil, locale: nil, timeZone: name)
        }
    }

    @Test func `an empty one takes it away`() throws {
        #expect(try AccountEdit(name: nil, locale: nil, timeZone: "").timeZone?.isEmpty == true)
    }
}
