/// Counts of a connection pool.
public struct PoolMetrics: Hashable, Sendable {
    /// Connections being opened.
    public internal(set) var opening = 0
    /// Open connections nobody uses.
    public internal(set) var idle = 0
    /// Open connections somebody uses.
    public internal(set) var inUse = 0
    /// Borrowers in the queue, and short reads that no connection has taken yet.
    public internal(set) var waiting = 0
    /// Connections handed out since the start.
    public internal(set) var acquired = 0
    /// Borrowers that waited in vain since the start.
    public internal(set) var timeouts = 0
    /// Connections that could not be opened since the start.
    public internal(set) var failures = 0
    /// Connections thrown away because they were of no more use, since the start.
    public internal(set) var discarded = 0

    /// Open connections.
    public var open: Int {
        idle + inUse
    }
}
