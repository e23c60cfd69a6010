import Domain

/// What is filled in about roles of a tenant's own making.
enum RoleEntry: Entry {
    case make(TenantRef)
    case edit(TenantRef, TenantRole)

    private var place: TenantRef {
        switch self {
        case .make(let tenant), .edit(let tenant, _): tenant
        }
    }

    var tenant: TenantRef? { place }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        let draft = try Self.draft(values)
        guard case .edit(_, let role) = self else {
            return .ask(.tenant(.roles(.create(draft)), place))
        }
        let edit = RoleEdit(name: draft.name, rank: draft.rank, permissions: draft.permissions)
        let request = RoleRequest.edit(RoleName(role.role), edit, version: role.version)
        return .ask(.tenant(.roles(request), place))
    }

    private static func draft(_ values: FormValues) throws(DomainError) -> RoleDraft {
        var problems = FieldProblems()
        let permissions = problems.collect { () throws(DomainError) in
            try PermissionSet(
                names: values["permissions"].split { $0 == "," || $0.isWhitespace }.map(String.init)
            )
        }
        let rank = problems.collect { () throws(DomainError) in
            guard let rank = Int(values["rank"].trimmed) else {
                throw .invalid("rank", "must be 1 to 79")
            }
            return rank
        }
        let draft = problems.collect { () throws(DomainError) in
            try RoleDraft(
                name: values["name"],
                rank: rank ?? RoleDraft.usualRank,
                permissions: permissions ?? PermissionSet()
            )
        }
        guard let draft, rank != nil, permissions != nil else { throw .invalid(problems.list) }
        return draft
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        switch (self, answer) {
        case (.make(let tenant), .role(let role)): console.made(role, in: tenant)
        case (.edit(let tenant, let old), .role(let role)):
            console.changed(role, from: old, in: tenant)
        default: console.reload(isExplicit: true)
        }
    }
}
