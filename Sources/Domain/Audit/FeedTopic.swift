/// A place where changes can be waited for.
package enum FeedTopic: String, Hashable, Sendable, CaseIterable {
    /// All that a tenant's ledger records.
    case tenant
    /// The calls to models of a tenant.
    case calls
    /// The sessions of a person.
    case person
    /// What the platform's ledger records, and what its processes report.
    case platform
}

/// Where the bell of a topic is heard.
package struct FeedBell: Hashable, Sendable {
    /// The channel of NOTIFY.
    package var channel: String
    /// The advisory lock that watchers share: without a watcher nothing is sent.
    package var lock: Int64

    package init(channel: String, lock: Int64) {
        self.channel = channel
        self.lock = lock
    }
}
