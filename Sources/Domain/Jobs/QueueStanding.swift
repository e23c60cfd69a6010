/// How many jobs of one kind wait, and how many were given up.
package struct QueueStanding: Hashable, Sendable {
    package var waiting: Int64
    /// Those that no worker tries any more.
    package var failed: Int64
    /// Since when the oldest of the waiting waits.
    package var oldest: Instant?
    /// When the last of those was given up.
    package var lastFailure: Instant?

    package init(waiting: Int64, failed: Int64, oldest: Instant?) {
        self.waiting = waiting
        self.failed = failed
        self.oldest = oldest
    }
}
