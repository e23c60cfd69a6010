import Domain
import OpenID
import Storage

/// Begins a sign-in at an issuer elsewhere.
package struct StartExternalSignIn: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - provider: the issuer's name in the settings.
    ///   - returnTo: where the browser shall be in the end; nil for an answer of ours.
    ///   - workspace: the id or slug to enter; nil for the usual one.
    /// - Returns: The issuer's page, and what the browser keeps meanwhile.
    /// - Throws: `not_found`; a validation error for a strange `returnTo`; `idp_error`.
    package func callAsFunction(
        provider: String,
        returnTo: String?,
        workspace: String?
    ) async throws -> ExternalSignInStart {
        let issuer = try environment.issuers.find(provider)
        if let workspace, !(1...64).contains(workspace.utf8.count) {
            throw DomainError.invalid("workspace", "must be an id or a slug")
        }
        let origins = issuer.provider.policy.returnOrigins
        let ticket = ExternalTicket(
            provider: provider,
            returnTo: try ReturnAddress(origins: origins).check(returnTo),
            workspace: workspace,
            now: environment.database.clock.now()
        )
        let url = try await issuer.authorizationURL(
            state: ticket.state,
            nonce: ticket.nonce,
            key: ProofKey(verifier: ticket.verifier)
        )
        return ExternalSignInStart(
            url: url,
            ticket: try ticket.sealed(by: environment.sealer),
            life: ExternalTicket.life
        )
    }
}

/// Where the browser goes, and what it keeps for the way back.
package struct ExternalSignInStart: Hashable, Sendable {
    package let url: String
    package let ticket: String
    package let life: Duration
}
