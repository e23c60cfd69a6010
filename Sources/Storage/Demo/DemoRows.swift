package import Domain

/// A person of the demonstration.
package struct DemoPerson: Sendable {
    package var id: UserID
    package var email: String
    package var name: String
    package var locale: String
    package var createdAt: Instant

    package init(
        id: UserID,
        email: String,
        name: String,
        locale: String,
        createdAt: Instant
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.locale = locale
        self.createdAt = createdAt
    }
}

/// A tenant of the demonstration, with its people.
package struct DemoTenantRow: Sendable {
    package var id: TenantID
    package var slug: String
    package var name: String
    package var plan: Plan
    package var createdAt: Instant
    package var members: [DemoMembership]

    package init(
        id: TenantID,
        slug: String,
        name: String,
        plan: Plan,
        createdAt: Instant,
        members: [DemoMembership]
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.plan = plan
        self.createdAt = createdAt
        self.members = members
    }
}

/// A person's place in a tenant of the demonstration.
package struct DemoMembership: Sendable {
    package var user: UserID
    package var role: Role
    package var status: MemberStatus
    package var joinedAt: Instant
    package var lastSeenAt: Instant?

    package init(
        user: UserID,
        role: Role,
        status: MemberStatus,
        joinedAt: Instant,
        lastSeenAt: Instant?
    ) {
        self.user = user
        self.role = role
        self.status = status
        self.joinedAt = joinedAt
        self.lastSeenAt = lastSeenAt
    }
}

/// A version of an artifact of the demonstration.
package struct DemoRevision: Sendable {
    package var artifact: ArtifactID
    package var version: Int64
    package var actor: UserID
    package var action: ArtifactRevision.Action
    package var changes: String
    package var at: Instant

    package init(
        artifact: ArtifactID,
        version: Int64,
        actor: UserID,
        action: ArtifactRevision.Action,
        changes: String,
        at: Instant
    ) {
        self.artifact = artifact
        self.version = version
        self.actor = actor
        self.action = action
        self.changes = changes
        self.at = at
    }
}

/// A call to a model of the demonstration.
package struct DemoUse: Sendable {
    package var request: AuditEventID
    package var model: String
    package var purpose: String
    package var user: UserID
    package var tokensIn: Int64
    package var tokensOut: Int64
    package var costNano: Int64
    package var at: Instant

    package init(
        request: AuditEventID,
        model: String,
        purpose: String,
        user: UserID,
        tokensIn: Int64,
        tokensOut: Int64,
        costNano: Int64,
        at: Instant
    ) {
        self.request = request
        self.model = model
        self.purpose = purpose
        self.user = user
        self.tokensIn = tokensIn
        self.tokensOut = tokensOut
        self.costNano = costNano
        self.at = at
    }
}

/// An audit event of the past, with the tenant event that goes with it.
package struct DemoAudit: Sendable {
    package var id: AuditEventID
    package var at: Instant
    package var actor: UserID?
    package var entry: AuditEntry
    /// JSON; the event's name is the action.
    package var event: String?

    package init(
        id: AuditEventID,
        at: Instant,
        actor: UserID?,
        entry: AuditEntry,
        event: String?
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.entry = entry
        self.event = event
    }
}
