package import Domain
import Storage

// DESIGN
//
// 1. The answer and the work are the same whether or not somebody has the address; the mail tells
//    its owner. One hash, one look-up, one mail, one line of the trail.
// 2. A link proves the registration that sent it and no other: a newer registration of an address
//    that nobody has proved replaces name and password together with the link, and none is taken
//    while the last link is a few minutes old.

/// Registers somebody by mail address and password; the address has to be proved before the first
/// sign-in.
package struct RegisterPerson: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: A validation error or `password_policy`, which look at the input alone;
    ///   `rate_limited` for a network that registers many.
    package func callAsFunction(
        email: String,
        name: String,
        password: [UInt8],
        language: Mail.Language,
        client: ClientInfo,
        requestID: String
    ) async throws {
        let address = try EmailAddress(email)
        let shown = try Validation.text(name, field: "name", length: 1...200)
        try PasswordPolicy().check(password, email: address)
        try await SignInThrottle(environment).countForm(client, requestID: requestID)
        let hash = try await PasswordCheck(environment.passwords).hash(password)
        let known = try await FindCredentials(environment)(address)
        let registration = Registration(
            address: address,
            name: shown,
            language: language,
            passwordHash: hash
        )
        try await environment.database.system(
            reason: .signIn,
            user: known?.user,
            requestID: requestID
        ) { scope in
            try write(registration, known: known, scope)
        }
    }

    private struct Registration: Sendable {
        let address: EmailAddress
        let name: String
        let language: Mail.Language
        let passwordHash: String
    }

    private func write(
        _ wanted: Registration,
        known: Credentials?,
        _ scope: Scope
    ) throws {
        let isDue = try MailBrake.takes(LinkKind.verify.rawValue, to: wanted.address, in: scope)
        let isOpen = known.map { $0.isActive && !$0.isVerified && $0.passwordHash != nil } ?? true
        // For an address that is taken the row is offered all the same, and refused.
        let user = isDue ? try store(wanted, known: isOpen ? known : nil, scope) : nil
        let entry = AuditEntry(
            action: "user.registered",
            operation: .create,
            resourceType: "user",
            resourceID: user?.description,
            outcome: user == nil ? .failed : .success,
            requestID: nil
        )
        _ = try scope.last(
            try mail(wanted, to: user, known: known, isDue: isDue, scope) + [
                scope.recordPlatform(entry)
            ]
        )
    }

    /// The person's id; nil when the address is taken.
    private func store(
        _ wanted: Registration,
        known: Credentials?,
        _ scope: Scope
    ) throws -> UserID? {
        let statement: Statement
        if let known {
            statement = UserStore.registerAnew(
                known.user,
                name: wanted.name,
                language: wanted.language,
                passwordHash: wanted.passwordHash
            )
        } else {
            statement = UserStore.register(
                scope.newID(),
                email: wanted.address,
                name: wanted.name,
                language: wanted.language,
                passwordHash: wanted.passwordHash
            )
        }
        return try UserStore.registered(statement, in: scope)
    }

    /// The link for a new person; for a known one the word that they are known.
    private func mail(
        _ wanted: Registration,
        to user: UserID?,
        known: Credentials?,
        isDue: Bool,
        _ scope: Scope
    ) throws -> [Statement] {
        let token = URLToken()
        let expiry = scope.clock.now().advanced(by: LinkKind.verify.life)
        let isNews = user != nil
        let mail = Mail(
            isNews ? .verification : .registeredAlready,
            to: wanted.address,
            in: isNews ? wanted.language : known?.language ?? wanted.language,
            values: isNews
                ? ["name": wanted.name, "token": token.text, "expires_at": expiry.rfc3339]
                : ["name": known?.name ?? ""]
        )
        let links = LinkStore.replace(
            with: token.hash,
            kind: .verify,
            of: user,
            expiresAt: expiry
        )
        let isWanted = isNews || (isDue && known?.isActive == true)
        return links + [try Outbox(environment).queue(mail, wanted: isWanted)]
    }
}
