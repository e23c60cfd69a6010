import Domain

/// A value that is copied as it is, not as its row shows it.
protocol CopiedValue {
    var fieldsToCopy: [String: JSONValue] { get }
}

extension Artifact: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(id.description), "name": .string(name),
            "description": .string(description), "tags": .array(tags.map { .string($0) }),
            "metadata": metadata, "version": .integer(version),
            "created_by": createdBy.copied, "created_at": createdAt.copied,
            "updated_by": updatedBy.copied, "updated_at": updatedAt.copied,
            "deleted_at": deletedAt.copied,
        ]
    }
}

extension TenantSummary: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(id.description), "slug": .string(slug), "name": .string(name),
            "status": .string(status.rawValue), "plan": .string(plan.rawValue),
            "created_at": createdAt.copied,
        ]
    }
}

extension Tenant: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(id.description), "slug": .string(slug), "name": .string(name),
            "status": .string(status.rawValue), "plan": .string(plan.rawValue),
            "settings": settings, "version": .integer(version), "created_at": createdAt.copied,
        ]
    }
}

extension Member: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(user.description), "name": .string(name), "email": .string(email),
            "role": .string(role.name), "status": .string(status.rawValue),
            "joined_at": joinedAt.copied, "last_seen_at": lastSeenAt.copied,
            "version": .integer(version),
        ]
    }
}

extension Account: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(id.description), "name": .string(user.name),
            "email": .string(user.email), "status": .string(status.rawValue),
            "platform_role": platformRole.map { .string($0.rawValue) } ?? .null,
            "locale": .string(locale), "created_at": createdAt.copied,
        ]
    }
}

extension APIKey: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(id.description), "name": .string(name), "prefix": .string(prefix),
            "scopes": .array(scopes.map { .string($0.description) }),
            "rate_per_minute": ratePerMinute.map { .integer(Int64($0)) } ?? .null,
            "status": .string(status.rawValue), "created_by": createdBy.copied,
            "created_at": createdAt.copied, "expires_at": expiresAt.copied,
            "last_used_at": lastUsedAt.copied, "version": .integer(version),
        ]
    }
}

extension AuditEvent: CopiedValue {
    var fieldsToCopy: [String: JSONValue] {
        [
            "id": .string(id.description), "seq": .integer(seq), "created_at": createdAt.copied,
            "actor": .string(actor.id?.description ?? ""), "action": .string(entry.action),
            "resource_type": .string(entry.resourceType),
            "resource_id": entry.resourceID.map { .string($0) } ?? .null,
            "outcome": .string(entry.outcome.rawValue),
            "request_id": entry.requestID.map { .string($0) } ?? .null,
            "changes": (try? JSONValue(parsing: entry.changes, field: "changes")) ?? .null,
        ]
    }
}

extension Instant {
    fileprivate var copied: JSONValue { .string(rfc3339) }
}

extension Instant? {
    fileprivate var copied: JSONValue { map { .string($0.rfc3339) } ?? .null }
}

extension UserID {
    fileprivate var copied: JSONValue { .string(description) }
}

extension UserID? {
    fileprivate var copied: JSONValue { map { .string($0.description) } ?? .null }
}
