package import Domain
package import Postgres

/// Which alerts of the platform somebody has seen to.
package enum AlertMarkStore {
    package static let list: SQL = """
        SELECT a.kind, a.subject, a.level, u.display_name, a.marked_at
        FROM platform_alert_marks AS a
        JOIN users AS u ON u.id = a.marked_by
        """

    package static func mark(_ row: Row) throws -> PlatformAlert.Mark {
        PlatformAlert.Mark(
            id: PlatformAlert.ID(
                try row.decode("kind", raw: PlatformAlert.Kind.self),
                try row.decode("subject")
            ),
            level: try row.decode("level"),
            by: try row.decode("display_name"),
            at: try row.decode("marked_at")
        )
    }

    /// Notes that somebody saw to an alert that is as bad as this, in the place of an older note.
    package static func set(_ alert: PlatformAlert, by user: UserID) -> SQL {
        """
        INSERT INTO platform_alert_marks (kind, subject, level, marked_by)
        VALUES (\(alert.id.kind.rawValue), \(alert.id.subject), \(alert.level), \(user))
        ON CONFLICT ON CONSTRAINT platform_alert_marks_pkey DO UPDATE
        SET level = excluded.level, marked_by = excluded.marked_by,
            marked_at = clock_timestamp()
        """
    }

    /// Lets go of notes about what is over: of processes, they would only pile up.
    package static let prune: SQL = """
        DELETE FROM platform_alert_marks
        WHERE kind = 'silent' AND marked_at < statement_timestamp() - interval '1 day'
        """
}
