import Domain
import Foundation
import Operations
import Postgres
import Sealing
package import Storage
import Synchronization

/// A mail as it waits in the outbox, opened.
package struct QueuedMail: Sendable {
    package let template: String
    package let language: String
    package let recipient: String
    package let values: [String: String]

    /// The token of the mail's link.
    package var token: String { values["token"] ?? "" }
}

extension Fixture {
    /// The mails in the outbox, the first queued first.
    package func mails() async throws -> [QueuedMail] {
        let rows = try await migrated.admin(
            """
            SELECT m.id, m.template, m.language, m.recipient, m.payload FROM mail_outbox AS m
            ORDER BY m.created_at, m.id
            """
        )
        return try rows.map { row in
            let id: UUID = try row.decode("id")
            let opened = try environment.sealer.open(
                try Sealed(parsing: try row.decode("payload")),
                context: ["mail_outbox", "payload", id.uuidString.lowercased()]
            )
            let values = try opened.withUnsafeBytes { bytes in
                try JSONDecoder().decode([String: String].self, from: Data(bytes))
            }
            return QueuedMail(
                template: try row.decode("template"),
                language: try row.decode("language"),
                recipient: try row.decode("recipient"),
                values: values
            )
        }
    }
}

extension Fixture {
    /// Moves what sign-in has stored into the past, as if so many seconds had gone by.
    ///
    /// The clock itself cannot be moved: the database judges contexts by its own.
    package func age(by seconds: Int) async throws {
        let step = "make_interval(secs => \(seconds))"
        for (table, columns) in [
            ("auth_throttle", ["last_at", "blocked_until"]),
            ("one_time_tokens", ["created_at", "expires_at"]),
            ("known_devices", ["created_at", "last_used_at"]),
        ] {
            let list = columns.map { "\($0) = \($0) - \(step)" }.joined(separator: ", ")
            _ = try await migrated.admin("UPDATE \(unsafe: table) SET \(unsafe: list)")
        }
    }
}

/// A clock that stands still from when it is first looked at, so that no test depends on its own
/// speed.
package final class StoppedClock: Sendable {
    private let time = Mutex<Instant?>(nil)

    package init() {}

    package var clock: SystemClock {
        SystemClock { [self] in
            time.withLock { time in
                let now = time ?? SystemClock.live.now()
                time = now
                return now
            }
        }
    }
}
