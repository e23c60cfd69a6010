package import Domain
import OpenID
import Storage

/// Links an identity of another issuer to the caller, whatever its mail address.
package struct LinkIdentity: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `external_token_invalid`, `idp_error`; `identity_taken` when it is somebody
    ///   else's, or the caller has another one of the provider; ``FreshProofRequired`` and what a
    ///   wrong proof is answered with.
    package func callAsFunction(
        _ token: ExternalToken,
        proof: FreshProof,
        by caller: Caller
    ) async throws {
        let issuer = try environment.issuers.find(token.provider)
        let identity = try ExternalIdentity(try await token.person(for: issuer))
        try await FreshProofCheck(environment, caller)(proof)
        try await environment.database.write(.identity(of: caller)) { scope in
            let isNew = try scope.change(IdentityStore.insert(identity, for: caller.user)) == 1
            guard isNew else {
                let rows = try scope.query(IdentityStore.owner(identity))
                guard try rows.first.map(IdentityStore.user) == caller.user else {
                    throw Self.taken
                }
                return
            }
            let entry = AuditEntry.identity("identity.linked", identity.provider, of: caller.user)
            _ = try scope.last([scope.recordPlatform(entry)])
        }
    }

    private static let taken = DomainError(
        .conflict,
        .identityTaken,
        "This identity cannot be linked to you.",
        hint: "It is linked to somebody else, or you have another one of the same provider."
    )
}

/// The caller's identities at other issuers.
package struct ListIdentities: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> [LinkedIdentity] {
        try await environment.database.fetch(
            .identity(of: caller, mode: .readOnly),
            IdentityStore.list(of: caller.user)
        ).rows.map(IdentityStore.linked)
    }
}

/// Takes an identity away from the caller, unless nothing would be left to sign in with.
package struct UnlinkIdentity: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`; `last_credential`; ``FreshProofRequired`` and what a wrong proof is
    ///   answered with.
    package func callAsFunction(
        _ provider: String,
        proof: FreshProof,
        by caller: Caller
    ) async throws {
        try await FreshProofCheck(environment, caller)(proof)
        let user = caller.user
        try await environment.database.write(.identity(of: caller)) { scope in
            let rows = try scope.batch([
                IdentityStore.lock(of: user), IdentityStore.hasPassword(user),
            ])
            let providers = try rows[0].map(IdentityStore.provider)
            guard providers.contains(provider) else {
                throw DomainError.notFound("identity", String(provider.prefix(50)))
            }
            let hasPassword = try rows[1].first.map(IdentityStore.hasPassword) ?? false
            guard hasPassword || providers.count > 1 else { throw Self.last }
            _ = try scope.last([
                IdentityStore.delete(provider, of: user),
                scope.recordPlatform(.identity("identity.unlinked", provider, of: user)),
            ])
        }
    }

    private static let last = DomainError(
        .conflict,
        .lastCredential,
        "This is the only way in that is left.",
        hint: "Set a password first, or link another identity."
    )
}
