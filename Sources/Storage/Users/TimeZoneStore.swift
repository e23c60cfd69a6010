package import Domain
package import Postgres

/// The time zones that the database knows.
package enum TimeZoneStore {
    /// All that have a region, and UTC, with their distance from UTC now.
    package static let list: SQL = """
        SELECT z.name, (extract(epoch FROM z.utc_offset) / 60)::bigint AS minutes
        FROM pg_timezone_names AS z
        WHERE z.name = 'UTC'
           OR (strpos(z.name, '/') > 0 AND z.name !~ '^(posix|right|Etc|SystemV|US)/')
        ORDER BY z.name
        """

    package static func choice(_ row: Row) throws -> TimeZoneChoice {
        TimeZoneChoice(
            name: try row.decode("name"),
            minutesEast: Int(try row.decode("minutes", as: Int64.self))
        )
    }

    /// A row when there is a zone of the name.
    package static func find(_ name: String) -> SQL {
        "SELECT z.name FROM pg_timezone_names AS z WHERE z.name = \(name)"
    }
}
