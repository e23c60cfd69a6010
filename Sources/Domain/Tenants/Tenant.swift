/// The isolated unit of the platform; people outside call it a workspace.
package struct Tenant: Hashable, Sendable {
    package var id: TenantID
    package var slug: String
    package var name: String
    package var status: TenantStatus
    package var plan: Plan
    package var settings: JSONValue
    package var version: Int64
    package var createdAt: Instant
    /// Nil for one that is open.
    package var closing: TenantClosing?

    package init(
        id: TenantID,
        slug: String,
        name: String,
        status: TenantStatus,
        plan: Plan,
        settings: JSONValue,
        version: Int64,
        createdAt: Instant
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.status = status
        self.plan = plan
        self.settings = settings
        self.version = version
        self.createdAt = createdAt
    }
}

package enum TenantStatus: String, CaseIterable, Hashable, Sendable {
    case active
    case suspended
    case deleted
}

/// Who closed a tenant, and so who may open it again: an owner opens what an owner closed.
package enum TenantCloser: String, CaseIterable, Hashable, Sendable {
    case owner
    case `operator`
}

package enum Plan: String, CaseIterable, Hashable, Sendable {
    case free
    case pro
    case enterprise
}

/// A line of the operators' list of tenants: the directory with the last counted figures.
package struct TenantSummary: Hashable, Sendable {
    package var id: TenantID
    package var slug: String
    package var name: String
    /// The folded name that orders the list; part of a name cursor.
    package var nameKey: String
    package var status: TenantStatus
    package var plan: Plan
    package var createdAt: Instant
    package var figures: TenantFigures?

    package init(
        id: TenantID,
        slug: String,
        name: String,
        nameKey: String,
        status: TenantStatus,
        plan: Plan,
        createdAt: Instant,
        figures: TenantFigures?
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.nameKey = nameKey
        self.status = status
        self.plan = plan
        self.createdAt = createdAt
        self.figures = figures
    }
}

/// Counts of one tenant and when they were taken.
package struct TenantFigures: Hashable, Sendable {
    package var members: Int
    package var artifacts: Int
    /// AI tokens of the running month.
    package var aiTokens: Int64
    /// AI cost of the running month in nano-USD.
    package var aiCostNano: Int64
    package var storageBytes: Int64
    package var refreshedAt: Instant

    package init(
        members: Int,
        artifacts: Int,
        aiTokens: Int64,
        aiCostNano: Int64,
        storageBytes: Int64,
        refreshedAt: Instant
    ) {
        self.members = members
        self.artifacts = artifacts
        self.aiTokens = aiTokens
        self.aiCostNano = aiCostNano
        self.storageBytes = storageBytes
        self.refreshedAt = refreshedAt
    }
}

/// What a limit is about.
package enum Resource: String, CaseIterable, Hashable, Sendable {
    case users
    case pipelines
    case executions
    case aiTokens = "ai_tokens"
    case artifacts
    case apiKeys = "api_keys"
    /// Bytes.
    case storage = "storage_bytes"
}

/// A tenant's limit on one resource and what is taken of it.
package struct Quota: Hashable, Sendable {
    package var resource: Resource
    package var soft: Int64?
    package var hard: Int64
    package var used: Int64
    package var reserved: Int64

    package init(resource: Resource, soft: Int64?, hard: Int64, used: Int64, reserved: Int64) {
        self.resource = resource
        self.soft = soft
        self.hard = hard
        self.used = used
        self.reserved = reserved
    }
}

/// Everything the tenant screen shows: the tenant, its limits, its counts.
package struct TenantDetail: Hashable, Sendable {
    package var tenant: Tenant
    package var quotas: [Quota]
    package var figures: TenantFigures?
    /// Those who own it; empty for a member who may not see all members.
    package var owners: [User]

    package init(
        tenant: Tenant,
        quotas: [Quota],
        figures: TenantFigures?,
        owners: [User] = []
    ) {
        self.tenant = tenant
        self.quotas = quotas
        self.figures = figures
        self.owners = owners
    }
}

/// A workspace as its own member sees it in a list.
package struct Workspace: Hashable, Sendable {
    package var id: TenantID
    package var slug: String
    package var name: String
    package var status: TenantStatus
    package var plan: Plan
    package var role: MemberRole
    package var createdAt: Instant

    package init(
        id: TenantID,
        slug: String,
        name: String,
        status: TenantStatus,
        plan: Plan,
        role: MemberRole,
        createdAt: Instant
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.status = status
        self.plan = plan
        self.role = role
        self.createdAt = createdAt
    }
}

extension Tenant {
    /// The owner's standing consent to support sessions that write; off unless it was given.
    package var allowsSupportToWrite: Bool {
        settings["support"]?["write_consent"] == .bool(true)
    }
}
