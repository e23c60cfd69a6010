/// A role that a tenant made for itself.
package struct CustomRole: Hashable, Sendable {
    package var id: RoleID
    package var name: String
    /// Below every admin's.
    package var rank: Int
    package var permissions: PermissionSet

    package static let ranks = 1...(Role.admin.rank - 1)

    package init(id: RoleID, name: String, rank: Int, permissions: PermissionSet) {
        self.id = id
        self.name = name
        self.rank = rank
        self.permissions = permissions
    }
}

/// What a member is: a role of the platform's, or one of the tenant's making.
package enum MemberRole: Hashable, Sendable {
    case system(Role)
    case custom(CustomRole)

    package static let owner = MemberRole.system(.owner)
    package static let admin = MemberRole.system(.admin)
    package static let brandCreator = MemberRole.system(.brandCreator)
    package static let member = MemberRole.system(.member)
    package static let viewer = MemberRole.system(.viewer)
    package static let guest = MemberRole.system(.guest)

    /// What people call it: a key such as `admin`, or the name that the tenant gave it.
    package var name: String {
        switch self {
        case .system(let role): role.rawValue
        case .custom(let role): role.name
        }
    }

    /// Nil for a role of the platform's.
    package var id: RoleID? {
        if case .custom(let role) = self { role.id } else { nil }
    }

    package var rank: Int {
        switch self {
        case .system(let role): role.rank
        case .custom(let role): role.rank
        }
    }

    package var permissions: PermissionSet {
        switch self {
        case .system(let role): PermissionSet(role)
        case .custom(let role): role.permissions
        }
    }

    package func grants(_ permission: Permission) -> Grant { permissions[permission] }
}

extension MemberRole {
    private static let prefix = "custom/"

    /// Reads a role as the database codes it: a system role's key, or
    /// `custom/RANK/ID/PERMISSIONS/OWN/NAME`; nil for anything else.
    package init?(coded text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8) else {
            guard let role = Role(rawValue: text) else { return nil }
            self = .system(role)
            return
        }
        // By bytes: the name may begin with a mark that belongs to the slash as a character.
        let parts = text.utf8
            .split(separator: UInt8(ascii: "/"), maxSplits: 5, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self)[...] }
        guard parts.count == 6, let rank = Int(parts[1]), let id = RoleID(String(parts[2])),
            let everything = Self.bytes(hex: parts[3]), let own = Self.bytes(hex: parts[4]),
            let permissions = PermissionSet(everything: everything, own: own)
        else { return nil }
        self = .custom(
            CustomRole(id: id, name: String(parts[5]), rank: rank, permissions: permissions)
        )
    }

    private static func bytes(hex text: Substring) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }
}

/// A role as somebody names it, before it is looked up.
package enum RoleName: Hashable, Sendable {
    case system(Role)
    case id(RoleID)
    /// A name that the tenant gave, in any case of letters.
    case named(String)

    package static let owner = RoleName.system(.owner)
    package static let admin = RoleName.system(.admin)
    package static let brandCreator = RoleName.system(.brandCreator)
    package static let member = RoleName.system(.member)
    package static let viewer = RoleName.system(.viewer)
    package static let guest = RoleName.system(.guest)

    /// - Throws: A validation error for a text that no role can be called.
    package init(_ text: String) throws(DomainError) {
        let name = try Validation.text(text, field: "role", length: 1...50)
        if let role = Role(name: name) {
            self = .system(role)
        } else if let id = RoleID(name) {
            self = .id(id)
        } else {
            self = .named(name)
        }
    }

    package init(_ role: MemberRole) {
        switch role {
        case .system(let role): self = .system(role)
        case .custom(let role): self = .id(role.id)
        }
    }

    package var text: String {
        switch self {
        case .system(let role): role.rawValue
        case .id(let id): id.description
        case .named(let name): name
        }
    }

    /// The refusal of a name that no role has.
    package var unknown: DomainError {
        let keys = Role.allCases.map(\.rawValue).joined(separator: ", ")
        return .invalid(
            "role",
            "must be one of \(keys), or a role of this workspace; got \"\(text)\""
        )
    }
}
