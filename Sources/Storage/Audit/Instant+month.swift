package import Domain
package import Postgres

extension Instant {
    /// The first day of the UTC month, as partitions have it.
    package var month: CalendarDate {
        let date = date
        return CalendarDate(days: Int32(clamping: date.daysSinceEpoch - (date.day - 1)))
    }
}
