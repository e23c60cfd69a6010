package import Domain
package import Postgres

/// The bells that ring when something changed.
package enum FeedStore {
    /// Finds the bell of a topic for the context; none where the platform has no key for them.
    package static func find(_ topic: FeedTopic) -> SQL {
        """
        SELECT b.channel, b.watch_key
        FROM app.find_bell(\(topic.rawValue)) AS b
        WHERE b.channel IS NOT NULL
        """
    }

    package static func bell(_ row: Row) throws -> FeedBell {
        FeedBell(channel: try row.decode("channel"), lock: try row.decode("watch_key"))
    }
}
