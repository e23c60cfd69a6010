import Domain
import Storage

/// The line that a change of a person leaves in the platform's trail; without names and addresses,
/// which the trail could not forget.
struct AccountTrail {
    let scope: Scope
    let user: UserID

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation = .update,
        changes: Changes
    ) -> Statement {
        scope.recordPlatform(
            AuditEntry(
                action: action,
                operation: operation,
                resourceType: "user",
                resourceID: user.description,
                requestID: nil,
                changes: changes.canonical
            )
        )
    }
}

extension Scope {
    /// The person, locked until the end of the transaction.
    ///
    /// - Throws: `not_found`.
    func lockAccount(_ user: UserID) throws -> Account {
        guard let row = try query(AccountStore.lock(user)).first else {
            throw DomainError.notFound("person", user.description)
        }
        return try AccountStore.account(row)
    }
}
