package import FoundationEssentials

/// A UUID that knows what it identifies, so that a tenant's id cannot be passed for a user's.
package struct Identifier<Entity>: Hashable, Sendable, CustomStringConvertible {
    package let uuid: UUID

    package init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Parses the hyphenated form; nil when `text` is no UUID.
    package init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    /// The lower-case hyphenated form that people and machines see.
    package var description: String { uuid.uuidString.lowercased() }
}

package typealias TenantID = Identifier<Tenant>
package typealias UserID = Identifier<User>
package typealias SessionID = Identifier<Session>
package typealias SupportSessionID = Identifier<SupportSession>
package typealias ArtifactID = Identifier<Artifact>
package typealias AuditEventID = Identifier<AuditEvent>
package typealias ResealingID = Identifier<Resealing>
package typealias BudgetID = Identifier<Budget>
package typealias RoleID = Identifier<CustomRole>
package typealias InvitationID = Identifier<Invitation>
