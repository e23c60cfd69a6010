/// What a migrator tells while it works, for progress on a screen.
package enum MigrationEvent: Sendable, Equatable {
    /// Another migrator holds the lock; this one waits.
    case waiting(holder: String)
    case began(Migration, Migration.Direction)
    /// The statement that starts at a line is about to run.
    case statement(Migration, Migration.Direction, line: Int)
    /// All statements ran; the commit is about to be sent.
    case committing(Migration, Migration.Direction)
    case finished(Migration, Migration.Direction, took: Duration)
}
