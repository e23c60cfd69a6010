import Domain
import FoundationEssentials
import OpenID
import Storage

// DESIGN
//
// 1. Who somebody is, the issuer says; what they may do, our tables say. No claim becomes a role.
// 2. An identity is (provider, subject) of one issuer. A mail address opens an account only when
//    the issuer has verified it and the settings allow it, and never
//    - an operator's: their power is worth more than a mailbox at another issuer;
//    - one with a password whose own address was never verified: a stranger may have set that
//      password beforehand, and would share the account from then on.
// 3. Whoever is signed in may link by themselves.

/// Finds, or makes, the person behind an external identity.
struct ExternalEntrance: Sendable {
    let environment: Environment
    let policy: Provider.Policy
    let requestID: String

    /// - Throws: `identity_unknown` for somebody who may not come in this way.
    func user(of person: ExternalPerson) async throws -> UserID {
        let identity = try ExternalIdentity(person)
        let found = try await environment.database.system(
            reason: .signIn,
            requestID: requestID
        ) { scope -> Result<UserID, DomainError> in
            if let user = try owner(identity, in: scope) {
                _ = try scope.query(IdentityStore.touch(identity))
                return .success(user)
            }
            return try admit(person, identity, in: scope)
        }
        return try found.get()
    }

    private func owner(_ identity: ExternalIdentity, in scope: Scope) throws -> UserID? {
        let rows = try scope.query(IdentityStore.owner(identity))
        return try rows.first.map(IdentityStore.user)
    }

    private func admit(
        _ person: ExternalPerson,
        _ identity: ExternalIdentity,
        in scope: Scope
    ) throws -> Result<UserID, DomainError> {
        guard person.emailIsVerified, let email = person.email,
            let address = try? EmailAddress(email)
        else { return .failure(Self.unknown) }
        let rows = try scope.query(IdentityStore.account(address))
        if let account = try rows.first.map(IdentityStore.account) {
            guard mayLink(account) else {
                // Of two first sign-ins at once the other one may have made the account.
                return try owner(identity, in: scope).map { .success($0) } ?? .failure(Self.exists)
            }
            return try link(identity, to: account.user, "identity.linked", in: scope)
        }
        guard policy.registers else { return .failure(Self.unknown) }
        let user = try UserStore.ensure(address, name: name(of: person, address), in: scope)
        return try link(identity, to: user, "user.registered", in: scope)
    }

    private func mayLink(_ account: MailAccount) -> Bool {
        policy.linksVerifiedMail && !account.isOperator
            && (account.isVerified || !account.hasPassword)
    }

    private func link(
        _ identity: ExternalIdentity,
        to user: UserID,
        _ action: String,
        in scope: Scope
    ) throws -> Result<UserID, DomainError> {
        guard try scope.change(IdentityStore.insert(identity, for: user)) == 1 else {
            // Somebody was quicker with the same identity, or the person has another one.
            guard let owner = try owner(identity, in: scope) else { return .failure(Self.exists) }
            return .success(owner)
        }
        _ = try scope.last([
            IdentityStore.verify(user),
            scope.recordPlatform(.identity(action, identity.provider, of: user)),
        ])
        return .success(user)
    }

    private func name(of person: ExternalPerson, _ address: EmailAddress) -> String {
        let given = person.name.flatMap { name in
            try? Validation.text(name, field: "name", length: 1...200)
        }
        return given ?? String(address.description.prefix { $0 != "@" })
    }

    private static let unknown = DomainError.forbidden(
        .identityUnknown,
        "Nobody here belongs to this identity."
    )
    private static let exists = DomainError(
        .forbidden,
        .identityUnknown,
        "Nobody here belongs to this identity, and its mail address has an account already.",
        hint: "Sign in to that account, and link the identity there."
    )
}

extension ExternalIdentity {
    /// What is kept of the claims: the mail address and the name, cut.
    init(_ person: ExternalPerson) throws {
        struct Kept: Encodable {
            let email: String?
            let isVerified: Bool
            let name: String?

            enum CodingKeys: String, CodingKey {
                case email, name
                case isVerified = "email_verified"
            }
        }
        let kept = Kept(
            email: person.email,
            isVerified: person.emailIsVerified,
            name: person.name
        )
        self.init(
            provider: person.provider,
            issuer: person.issuer,
            subject: person.subject,
            claims: String(decoding: try JSONEncoder().encode(kept), as: UTF8.self)
        )
    }
}

extension AuditEntry {
    /// Without subject and address: the trail cannot forget personal data.
    static func identity(_ action: String, _ provider: String, of user: UserID) -> AuditEntry {
        var changes = Changes()
        changes.note("provider", from: .null, to: .string(provider))
        return AuditEntry(
            action: action,
            operation: .update,
            resourceType: "user",
            resourceID: user.description,
            requestID: nil,
            changes: changes.canonical
        )
    }
}
