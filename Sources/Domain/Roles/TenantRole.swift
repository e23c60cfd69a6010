/// A role as the tenant's list of roles shows it.
package struct TenantRole: Hashable, Sendable {
    package var role: MemberRole
    /// How many members hold it now.
    package var members: Int
    /// Nil for a role of the platform's, which nobody changes.
    package var version: Int64?

    package init(role: MemberRole, members: Int, version: Int64?) {
        self.role = role
        self.members = members
        self.version = version
    }

    package var isSystem: Bool { version == nil }
}

/// The fields of a role of the tenant's making; checked.
package struct RoleDraft: Hashable, Sendable {
    package let name: String
    package let rank: Int
    package let permissions: PermissionSet

    /// What a new role stands at unless told: between viewer and member.
    package static let usualRank = 30

    /// Checks every field and names all that are wrong at once.
    package init(name: String, rank: Int, permissions: PermissionSet) throws(DomainError) {
        var problems = FieldProblems()
        let checkedName = problems.collect { () throws(DomainError) in try Self.name(name) }
        let checkedRank = problems.collect { () throws(DomainError) in
            guard CustomRole.ranks.contains(rank) else {
                throw .invalid("rank", "must be 1 to 79; got \(rank)")
            }
            return rank
        }
        let checkedSet = problems.collect { () throws(DomainError) in
            if let reserved = permissions.held.first(where: MemberRules.reserved.contains) {
                throw .invalid("permissions", "must not hold \(reserved)")
            }
            if let whole = permissions.held.first(where: { Self.isWhole($0, in: permissions) }) {
                throw .invalid("permissions", "must not limit \(whole) to one's own")
            }
            return permissions
        }
        guard let checkedName, let checkedRank, var checkedSet else {
            throw .invalid(problems.list)
        }
        for permission in MemberRules.common { checkedSet[permission] = .all }
        self.name = checkedName
        self.rank = checkedRank
        self.permissions = checkedSet
    }

    /// Whether a permission that knows nothing of "one's own" is limited to it.
    private static func isWhole(_ permission: Permission, in set: PermissionSet) -> Bool {
        set[permission] == .own && !Role.allCases.contains { $0.grants(permission) == .own }
    }

    /// A name that no other way of naming a role can be mistaken for.
    private static func name(_ text: String) throws(DomainError) -> String {
        let name = try Validation.text(text, field: "name", length: 1...50)
        guard !name.unicodeScalars.contains(where: { $0 == ":" || $0 == "/" }) else {
            throw .invalid("name", "must not contain a colon or a slash")
        }
        guard let first = name.unicodeScalars.first, Validation.isVisible(first) else {
            throw .invalid("name", "must not begin with a mark or an invisible character")
        }
        let platform = PlatformRole(rawValue: name.lowercased())
        guard Role(name: name) == nil, platform == nil, RoleID(name) == nil else {
            throw .invalid("name", "must not be the name of another kind of role, or an id")
        }
        return name
    }
}

/// Which fields of a role shall change; nil leaves one as it is.
package struct RoleEdit: Hashable, Sendable {
    package var name: String?
    package var rank: Int?
    package var permissions: PermissionSet?

    package init(name: String? = nil, rank: Int? = nil, permissions: PermissionSet? = nil) {
        self.name = name
        self.rank = rank
        self.permissions = permissions
    }

    package var isEmpty: Bool { name == nil && rank == nil && permissions == nil }

    package func applied(to role: CustomRole) throws(DomainError) -> RoleDraft {
        try RoleDraft(
            name: name ?? role.name,
            rank: rank ?? role.rank,
            permissions: permissions ?? role.permissions
        )
    }
}

/// A single object that a member was given, beyond what the role reaches.
package struct MemberGrant: Hashable, Sendable {
    package var kind: Kind
    package var resource: ArtifactID
    /// What the object is called now; nil when it was purged.
    package var name: String?
    package var permissions: [Permission]
    package var grantedBy: UserID
    package var createdAt: Instant
    package var version: Int64

    /// The kinds of objects that can be given one by one.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case artifact

        /// What can be given of such an object; the first is part of every grant.
        package var permissions: [Permission] {
            switch self {
            case .artifact: [.artifactRead, .artifactUpdate]
            }
        }
    }

    package init(
        kind: Kind,
        resource: ArtifactID,
        name: String?,
        permissions: [Permission],
        grantedBy: UserID,
        createdAt: Instant,
        version: Int64
    ) {
        self.kind = kind
        self.resource = resource
        self.name = name
        self.permissions = permissions
        self.grantedBy = grantedBy
        self.createdAt = createdAt
        self.version = version
    }

    /// Reads what shall be given of one object: reading is part of it.
    ///
    /// - Throws: A validation error for a permission that no grant of the kind can hold.
    package static func permissions(
        _ names: [String],
        of kind: Kind
    )
        throws(DomainError) -> [Permission]
    {
        let known = kind.permissions.map(\.description)
        if let wrong = names.first(where: { !known.contains($0) }) {
            let shown = Validation.quotable(wrong)
            let list = known.joined(separator: ", ")
            throw .invalid("permissions", "must be among \(list); got \"\(shown)\"")
        }
        return kind.permissions.enumerated().compactMap { index, permission in
            index == 0 || names.contains(permission.description) ? permission : nil
        }
    }
}
