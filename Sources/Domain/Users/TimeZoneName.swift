/// The name of a time zone, such as `Asia/Kuwait`, as the tz database has it.
package enum TimeZoneName {
    /// Whether a text has the shape of a name; whether there is one, only a catalogue knows.
    package static func isShaped(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count) else { return false }
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "_+-/".utf8.contains(byte)
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return isPlain && (text == "UTC" || parts.count > 1 && parts.allSatisfy { !$0.isEmpty })
    }

    /// What a text is told that names no zone.
    package static let unknown = DomainError.invalid(
        "time_zone",
        "must be a time zone such as Asia/Kuwait, or UTC"
    )
}

/// A zone that can be chosen, with its distance from UTC at the moment.
package struct TimeZoneChoice: Hashable, Sendable {
    package var name: String
    package var minutesEast: Int

    package init(name: String, minutesEast: Int) {
        self.name = name
        self.minutesEast = minutesEast
    }
}
