import Console
import Domain
import Foundation

extension Zone {
    /// A zone as the console shows times, with its changes of twenty years and of the next two.
    ///
    /// - Parameters:
    ///   - zone: as this machine knows it.
    ///   - identifier: what stands on the screen; nil for the distance from UTC.
    init(_ zone: TimeZone, identifier: String? = nil) {
        let year = 31_557_600.0
        let now = Date()
        let first = now.addingTimeInterval(-20 * year)
        let last = now.addingTimeInterval(2 * year)
        var changes: [Change] = []
        var at = first
        while let next = zone.nextDaylightSavingTimeTransition(after: at), next > at, next < last {
            changes.append(
                Change(
                    at: Instant(seconds: Int64(next.timeIntervalSince1970)),
                    minutesEast: zone.secondsFromGMT(for: next) / 60
                )
            )
            at = next
        }
        self.init(
            minutesEast: zone.secondsFromGMT(for: first) / 60,
            changes: changes,
            identifier: identifier
        )
    }
}
