package import Domain
package import Postgres
import Sealing

/// An open transaction under a context; valid during the body it is given to.
package final class Scope {
    package let access: Access
    package let clock: SystemClock
    private let transaction: Transaction

    init(_ transaction: Transaction, access: Access, clock: SystemClock) {
        self.transaction = transaction
        self.access = access
        self.clock = clock
    }

    /// Runs one statement.
    package func query(_ statement: SQL) throws -> Rows {
        try transaction.query(statement)
    }

    /// Runs several statements in one round trip; the rows of each.
    package func batch(_ statements: [SQL]) throws -> [Rows] {
        try transaction.batch(statements)
    }

    /// Runs the last statements together with COMMIT in one round trip; nothing may follow.
    package func last(_ statements: [SQL]) throws -> [Rows] {
        try transaction.last(statements)
    }

    /// The tenant of the context.
    ///
    /// - Throws: An internal error for a context without one: a mistake of ours, not the caller's.
    package var tenant: TenantID {
        get throws {
            guard let tenant = access.context.tenant else {
                throw DomainError(.internal, .internalError, "The context has no tenant.")
            }
            return tenant
        }
    }

    /// What the guard said of the caller.
    ///
    /// Sends the guard alone when nothing was sent yet.
    package func authorization() throws -> Authorization {
        if transaction.preambleRows.isEmpty { _ = try transaction.query("SELECT 1") }
        guard let found = try access.guard.authorization(transaction.preambleRows.last) else {
            throw DomainError(.internal, .internalError, "The guard asked for no role.")
        }
        return found
    }

    /// A new time-ordered id.
    package func newID<Entity>(_: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(Random.uuidV7(now: clock.now().microseconds))
    }

    /// The statement that writes one audit event and, with it, one tenant event under the head
    /// lock.
    ///
    /// Must be the last of a mutation: pass it to `last`.
    package func record(_ entry: AuditEntry, event: TenantEvent? = nil) -> SQL {
        """
        SELECT app.record(\(newID(AuditEvent.self)), \(access.guard.session), \(entry.action),
            \(entry.operation.rawValue), \(entry.resourceType), \(entry.resourceID),
            \(entry.outcome.rawValue), \(access.requestID), \(entry.changes), \(event?.name),
            \(event?.data), \(event?.visibility.rawValue)) AS seq
        """
    }

    /// The same for the platform's own trail; after the tenant's where both are due.
    package func recordPlatform(_ entry: AuditEntry) -> SQL {
        """
        SELECT app.record_platform(\(newID(AuditEvent.self)), \(access.guard.session),
            \(entry.action), \(entry.operation.rawValue), \(entry.resourceType),
            \(entry.resourceID), \(entry.outcome.rawValue), \(access.requestID),
            \(entry.changes)) AS seq
        """
    }
}
