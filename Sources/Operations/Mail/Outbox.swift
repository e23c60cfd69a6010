package import Domain
import FoundationEssentials
import Sealing
package import Storage

/// Puts mails into the outbox, in the transaction of the use case that causes them.
///
/// Values are sealed: they hold links that open accounts.
package struct Outbox: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// The statement that queues one mail; for any context, anywhere before the last statements.
    ///
    /// One that is not `wanted` takes as long and is not queued: its time tells nothing.
    package func queue(_ mail: Mail, wanted: Bool = true) throws -> Statement {
        let id = Random.uuidV7(now: environment.database.clock.now().microseconds)
        let values = try JSONEncoder().encode(mail.values)
        let sealed = try environment.sealer.seal(
            SecretBytes(copying: Array(values)),
            context: Self.place(id)
        )
        return OutboxStore.insert(OutboxRow(id: id, mail, payload: sealed.bytes), wanted: wanted)
    }

    static func place(_ id: UUID) -> SealingContext {
        ["mail_outbox", "payload", id.canonicalText]
    }
}
