package import Domain
package import FoundationEssentials
package import Postgres

/// A mail in the outbox; `payload` is sealed.
package struct OutboxRow: Sendable {
    package let id: UUID
    package let template: String
    package let language: String
    package let recipient: String
    package let payload: [UInt8]

    package init(id: UUID, _ mail: Mail, payload: [UInt8]) {
        self.id = id
        template = mail.template.rawValue
        language = mail.language.rawValue
        recipient = mail.recipient.description
        self.payload = payload
    }
}

/// Mails on their way out, written in the transaction that causes them.
package enum OutboxStore {
    /// For any context: who sends what is the use case's affair.
    ///
    /// A mail that is not `wanted` costs the same statement and is not queued.
    package static func insert(_ row: OutboxRow, wanted: Bool = true) -> SQL {
        """
        SELECT app.queue_mail(\(row.id), \(row.template), \(row.language), \(row.recipient),
            \(row.payload))
        WHERE \(wanted)
        """
    }
}
