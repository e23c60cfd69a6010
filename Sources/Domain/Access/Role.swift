/// A system role of a tenant.
///
/// What it may do stands in `PermissionMatrix`.
package enum Role: String, CaseIterable, Hashable, Sendable {
    case owner
    case admin
    case brandCreator = "brand_creator"
    case member
    case viewer
    case guest

    /// How high the role stands: one may only touch members below one's own rank.
    package var rank: Int {
        switch self {
        case .owner: 100
        case .admin: 80
        case .brandCreator: 50
        case .member: 40
        case .viewer: 20
        case .guest: 10
        }
    }

    /// The role by its key or by one of the names other systems use for it.
    package init?(name: String) {
        let key = name.lowercased()
        switch key {
        case "user", "employee": self = .member
        default: self.init(rawValue: key)
        }
    }

    /// Whether the role may do a thing at all, perhaps only on what its holder made.
    package func grants(_ permission: Permission) -> Grant {
        Grant(letter: PermissionMatrix.letter(permission, role: rawValue))
    }
}

/// How far a permission reaches.
package enum Grant: Hashable, Sendable {
    case none
    /// Only what one made or was given.
    case own
    case all

    init(letter: Character) {
        self =
            switch letter {
            case "y": .all
            case "o": .own
            default: .none
            }
    }
}

/// A role of a person on the platform itself.
package enum PlatformRole: String, CaseIterable, Hashable, Sendable {
    case superAdmin = "super_admin"
    case support

    package func grants(_ permission: Permission) -> Bool {
        PermissionMatrix.letter(permission, role: rawValue) == "y"
    }

    /// Whether the role may do a thing inside a tenant, in a support session of that mode.
    package func grants(_ permission: Permission, in mode: AccessMode) -> Bool {
        switch PermissionMatrix.letter(permission, role: rawValue) {
        case "r": true
        case "w": mode == .readWrite
        default: false
        }
    }
}

/// Whether a context may write.
package enum AccessMode: String, CaseIterable, Hashable, Sendable {
    case readOnly = "ro"
    case readWrite = "rw"
}
