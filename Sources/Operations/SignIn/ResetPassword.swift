import Domain
import Storage

/// Replaces a forgotten password by the link that was sent.
///
/// Who has the link has the mailbox: the address is proved, the counters of failed tries are
/// forgotten, and the device is known from now on. It does not sign in.
package struct ResetPassword: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: What the device should keep to be known by.
    /// - Throws: `link_expired`; `password_policy`, after which the link still works.
    package func callAsFunction(
        token: String,
        password: [UInt8],
        requestID: String
    ) async throws -> String {
        guard let token = URLToken(parsing: token) else { throw Refusals.linkExpired }
        let address = try await holder(token)
        try PasswordPolicy().check(password, email: address)
        let hash = try await PasswordCheck(environment.passwords).hash(password)
        let device = DeviceToken(environment.sealer)
        try await environment.database.system(reason: .signIn, requestID: requestID) { scope in
            guard let user = try LinkStore.use(token.hash, kind: .reset, in: scope) else {
                throw Refusals.linkExpired
            }
            let entry = AuditEntry(
                action: "user.password_reset",
                operation: .update,
                resourceType: "user",
                resourceID: user.description,
                requestID: nil
            )
            _ = try scope.last(
                NewPassword(hash: hash, user: user).statements
                    + DeviceStore.note(device.hash, of: user) + [
                        UserStore.verify(user), LinkStore.void([.verify], of: user),
                        SignInCountStore.forget([SignInTry.account(address)]),
                        try PasswordMail(environment).changed(address, scope, of: user),
                        scope.recordPlatform(entry),
                    ]
            )
        }
        environment.front.forget([SignInTry.account(address)])
        return device.text
    }

    private func holder(_ token: URLToken) async throws -> EmailAddress {
        let access = Access(
            context: AccessContext(kind: .system(.signIn), mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let fetched = try await environment.database.fetch(
            access,
            LinkStore.recipient(token.hash, kind: .reset, at: environment.database.clock.now())
        )
        guard let row = fetched.rows.first else { throw Refusals.linkExpired }
        return try LinkStore.recipient(row)
    }
}

/// Tells a person that their password is another one now.
struct PasswordMail {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    func changed(
        _ address: EmailAddress,
        _ scope: Scope,
        of user: UserID
    ) throws -> Statement {
        let (name, language) = try UserStore.greeting(of: user, in: scope)
        return try Outbox(environment).queue(
            Mail(.passwordChanged, to: address, in: language, values: ["name": name])
        )
    }
}
