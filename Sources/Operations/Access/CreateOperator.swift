package import Domain
import Sealing
import Storage

/// On whose word somebody becomes an operator.
package enum OperatorAuthority: Sendable {
    /// The platform has had no super-admin yet: whoever holds its keys makes the first one.
    case firstOne
    /// Whoever administers the database itself.
    case administrator
    /// A signed-in super-admin.
    case superAdmin(Caller)

    fileprivate var administers: Bool {
        if case .administrator = self { true } else { false }
    }
}

/// Makes a person an operator of the platform, with a password of their own.
package struct CreateOperator: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Makes a person with that address, the role and the password.
    ///
    /// - Parameters:
    ///   - email: the person's address.
    ///   - name: what a new person is called.
    ///   - password: the bytes, exactly as typed.
    ///   - role: the first operator has to be a super-admin.
    ///   - authority: on whose word.
    ///   - replacesPassword: whether an administrator means a person who is known, and whose
    ///     password is lost.
    /// - Returns: The person.
    /// - Throws: `permission_denied` for a second first one; `invalid_transition` for a known person.
    package func callAsFunction(
        email: String,
        name: String,
        password: [UInt8],
        role: PlatformRole,
        authority: OperatorAuthority = .administrator,
        replacesPassword: Bool = false
    ) async throws -> UserID {
        let address = try EmailAddress(email)
        let shown = try Validation.text(name, field: "name", length: 1...200)
        try PasswordPolicy().check(password, email: address)
        let hash = try await PasswordCheck(environment.passwords).hash(password)
        let work: @Sendable (Scope) throws -> UserID = { scope in
            let opened = try PlatformRoleStore.lock(in: scope)
            try Self.check(authority, role: role, opened: opened)
            let known = try UserStore.find(address, in: scope) != nil
            if known, !replacesPassword || !authority.administers { throw Self.known(address) }
            let user = try UserStore.ensure(address, name: shown, in: scope)
            var changes = Changes()
            changes.note("role", from: .null, to: .string(role.rawValue))
            if known { changes.note("password", from: .null, to: .string("replaced")) }
            let trail = AccountTrail(scope: scope, user: user)
            let granter = scope.access.context.user
            _ = try scope.last(
                NewPassword(hash: hash, user: user).statements + [
                    UserStore.verify(user),
                    PlatformRoleStore.give(role, to: user, until: nil, by: granter),
                    PlatformRoleStore.recount,
                    trail.record("operator.created", .create, changes: changes),
                ]
            )
            return user
        }
        if case .superAdmin(let caller) = authority {
            return try await environment.database.write(
                .platform(caller, .platformRolesManage),
                work
            )
        }
        return try await environment.database.system(reason: .setup, work)
    }

    private static func check(
        _ authority: OperatorAuthority,
        role: PlatformRole,
        opened: Bool
    ) throws(DomainError) {
        guard case .firstOne = authority else { return }
        guard !opened else {
            throw DomainError(
                .forbidden,
                .permissionDenied,
                "The platform has a super-admin already.",
                hint: "Sign in as one (ghostworks login), or give the address of the "
                    + "administrator's database connection."
            )
        }
        guard role == .superAdmin else {
            throw .invalid("role", "must be super_admin for the first operator")
        }
    }

    private static func known(_ address: EmailAddress) -> DomainError {
        DomainError(
            .conflict,
            .invalidTransition,
            "The platform knows \(address) already.",
            hint: "Give them the role: ghostworks operator grant \(address). Only where their "
                + "password is lost: --replace-password."
        )
    }
}
