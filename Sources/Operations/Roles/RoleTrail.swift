import Domain
import Storage

/// The line that a change of a role leaves in the trail and in the feed.
struct RoleTrail {
    let scope: Scope
    let id: RoleID

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        from old: RoleDraft?,
        to new: RoleDraft?
    ) -> Statement {
        var changes = Changes()
        changes.note("name", from: text(old?.name), to: text(new?.name))
        changes.note("rank", from: rank(old), to: rank(new))
        changes.note("permissions", from: names(old), to: names(new))
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "role",
            resourceID: id.description,
            requestID: nil,
            changes: changes.canonical
        )
        let data: JSONValue = .object([
            "id": .string(id.description), "name": text(new?.name ?? old?.name),
        ])
        return scope.record(entry, event: TenantEvent(action, data: data, visibility: .admins))
    }

    private func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    private func rank(_ draft: RoleDraft?) -> JSONValue {
        draft.map { .integer(Int64($0.rank)) } ?? .null
    }

    private func names(_ draft: RoleDraft?) -> JSONValue {
        draft.map { .array($0.permissions.names.map(JSONValue.string)) } ?? .null
    }
}

extension RoleStore {
    /// The role of the tenant's making behind a name, under the lock.
    ///
    /// - Throws: `system_role` for a role of the platform's, `not_found`.
    static func changeable(_ name: RoleName, _ scope: Scope) throws -> (CustomRole, TenantRole) {
        if case .system(let role) = name {
            throw DomainError.forbidden(
                .systemRole,
                "The role \(role.rawValue) is the platform's; nobody changes or deletes it."
            )
        }
        guard let row = try scope.query(find(name, in: try scope.tenant)).first,
            case .custom(let custom) = try role(row).role
        else { throw DomainError.notFound("role", name.text) }
        return (custom, try role(row))
    }
}

extension TenantRole {
    func requireVersion(_ expected: Int64?) throws(DomainError) {
        guard let expected, expected != version else { return }
        throw DomainError(
            .precondition,
            .versionConflict,
            "The role \(role.name) is at version \(version ?? 0), not \(expected).",
            hint: "Look at it again before you change it."
        )
    }
}
