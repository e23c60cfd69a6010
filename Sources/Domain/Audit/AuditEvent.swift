/// One entry of the security ledger, chained to the one before it.
package struct AuditEvent: Hashable, Sendable {
    package var id: AuditEventID
    package var tenant: TenantID
    package var seq: Int64
    package var createdAt: Instant
    package var actor: AuditActor
    package var entry: AuditEntry
    package var links: AuditLinks

    package init(
        id: AuditEventID,
        tenant: TenantID,
        seq: Int64,
        createdAt: Instant,
        actor: AuditActor,
        entry: AuditEntry,
        links: AuditLinks
    ) {
        self.id = id
        self.tenant = tenant
        self.seq = seq
        self.createdAt = createdAt
        self.actor = actor
        self.entry = entry
        self.links = links
    }
}

/// Who acted, by which session.
package struct AuditActor: Hashable, Sendable {
    package var kind: Kind
    package var id: UserID?
    /// The person who really acted, when somebody acted in another's place.
    package var actingID: UserID?
    package var session: SessionID?
    package var supportSession: SupportSessionID?

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case user
        case apiKey = "api_key"
        case support
        case system
        case visitor
        case anonymous
    }

    package init(
        kind: Kind,
        id: UserID?,
        actingID: UserID?,
        session: SessionID?,
        supportSession: SupportSessionID?
    ) {
        self.kind = kind
        self.id = id
        self.actingID = actingID
        self.session = session
        self.supportSession = supportSession
    }
}

/// What was done to what, and with which outcome.
package struct AuditEntry: Hashable, Sendable {
    /// `noun.verb`, such as `artifact.updated`.
    package var action: String
    package var operation: Operation
    package var resourceType: String
    package var resourceID: String?
    package var outcome: Outcome
    package var requestID: String?
    /// Canonical JSON, hashed as bytes.
    package var changes: String

    package enum Operation: String, CaseIterable, Hashable, Sendable {
        case create
        case read
        case update
        case delete
        case other
    }

    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        case success
        case denied
        case failed
    }

    package init(
        action: String,
        operation: Operation,
        resourceType: String,
        resourceID: String?,
        outcome: Outcome = .success,
        requestID: String?,
        changes: String = "{}"
    ) {
        self.action = action
        self.operation = operation
        self.resourceType = resourceType
        self.resourceID = resourceID
        self.outcome = outcome
        self.requestID = requestID
        self.changes = changes
    }
}

/// The hashes of one event, 32 bytes each; the commitment to personal data when there is one.
package struct AuditLinks: Hashable, Sendable {
    package var piiCommit: [UInt8]?
    package var payloadHash: [UInt8]
    package var previousHash: [UInt8]
    package var hash: [UInt8]

    package init(
        piiCommit: [UInt8]?,
        payloadHash: [UInt8],
        previousHash: [UInt8],
        hash: [UInt8]
    ) {
        self.piiCommit = piiCommit
        self.payloadHash = payloadHash
        self.previousHash = previousHash
        self.hash = hash
    }
}

/// An entry of the product feed: activity, live screens, webhooks.
package struct TenantEvent: Hashable, Sendable {
    package var name: String
    package var data: JSONValue
    package var visibility: Visibility

    package enum Visibility: String, Hashable, Sendable {
        case members
        case admins
    }

    package init(_ name: String, data: JSONValue, visibility: Visibility = .members) {
        self.name = name
        self.data = data
        self.visibility = visibility
    }
}
