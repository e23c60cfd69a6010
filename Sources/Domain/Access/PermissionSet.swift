/// Permissions, each on everything or only on what its holder made or was given.
package struct PermissionSet: Hashable, Sendable {
    /// Bit n is permission n on everything.
    private var everything: UInt128 = 0
    /// Bit n is permission n on one's own; never set beside `everything`.
    private var own: UInt128 = 0

    package init() {}

    package init(_ permissions: some Sequence<Permission>, reach: Grant = .all) {
        for permission in permissions { self[permission] = reach }
    }

    /// What a system role may do.
    package init(_ role: Role) {
        for permission in Permission.allCases { self[permission] = role.grants(permission) }
    }

    package subscript(permission: Permission) -> Grant {
        get {
            let bit: UInt128 = 1 << UInt128(permission.rawValue)
            if everything & bit != 0 { return .all }
            return own & bit != 0 ? .own : .none
        }
        set {
            let bit: UInt128 = 1 << UInt128(permission.rawValue)
            everything = newValue == .all ? everything | bit : everything & ~bit
            own = newValue == .own ? own | bit : own & ~bit
        }
    }

    /// Those that are held, in the order of their numbers.
    package var held: [Permission] { Permission.allCases.filter { self[$0] != .none } }

    /// The first permission that reaches further here than in `other`.
    ///
    /// What everybody may do with their own person is no power over others and is left out.
    package func excess(over other: PermissionSet) -> Permission? {
        Permission.allCases.first { permission in
            switch (self[permission], other[permission]) {
            case (.none, _), (_, .all), (.own, .own): false
            case (.own, .none): !permission.isPersonal
            case (.all, _): true
            }
        }
    }
}

extension PermissionSet {
    private static let ownSuffix = ":own"

    /// The names that people and documents use: `artifact.read`, `artifact.update:own`.
    package var names: [String] {
        held.map { self[$0] == .own ? "\($0)\(Self.ownSuffix)" : $0.description }
    }

    /// Reads such names.
    ///
    /// - Throws: A validation error that names the first unknown one.
    package init(names: [String]) throws(DomainError) {
        for name in names {
            let isOwn = name.hasSuffix(Self.ownSuffix)
            let plain = isOwn ? String(name.dropLast(Self.ownSuffix.count)) : name
            guard let permission = Permission(name: plain) else {
                let shown = Validation.quotable(plain)
                throw .invalid(
                    "permissions",
                    "must be names of permissions such as artifact.read; got \"\(shown)\""
                )
            }
            if self[permission] != .all { self[permission] = isOwn ? .own : .all }
        }
    }
}

extension PermissionSet {
    private static let size = 16

    /// Both sets as the database keeps them: bit n stands in byte n / 8, counted from its low end.
    package var bytes: (everything: [UInt8], own: [UInt8]) {
        (Self.bytes(everything), Self.bytes(own))
    }

    /// Reads what `bytes` wrote; nil for another length.
    package init?(everything: [UInt8], own: [UInt8]) {
        guard everything.count == Self.size, own.count == Self.size else { return nil }
        self.everything = Self.number(everything)
        self.own = Self.number(own) & ~self.everything
    }

    private static func bytes(_ bits: UInt128) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * $0)) }
    }

    private static func number(_ bytes: [UInt8]) -> UInt128 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt128($1) }
    }
}

extension Permission {
    /// Whether "own" means one's own person: everybody may do it, and gives nobody any power.
    ///
    /// A role of a tenant's making has it whatever it says; the guard's SQL holds the same list.
    package var isPersonal: Bool {
        [.privacyExport, .privacyErase, .notificationSelf].contains(self)
    }
}

/// A permission with the sentence that explains it.
package struct PermissionNote: Hashable, Sendable {
    package var permission: Permission
    package var note: String

    package init(permission: Permission, note: String) {
        self.permission = permission
        self.note = note
    }

    /// Whether a role of a tenant's making may hold it.
    package var isAssignable: Bool { !MemberRules.reserved.contains(permission) }
}
