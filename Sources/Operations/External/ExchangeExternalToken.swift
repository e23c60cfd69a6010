import Domain
import OpenID
import Storage

/// Gives a session of ours for a token that an issuer gave to a front end.
package struct ExchangeExternalToken: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `external_token_invalid`, `idp_error`, `identity_unknown`;
    ///   ``SecondFactorRequired``; what opening a session throws.
    package func callAsFunction(
        _ token: ExternalToken,
        _ request: SessionRequest
    ) async throws -> SignedIn {
        let issuer = try environment.issuers.find(token.provider)
        let person = try await token.person(for: issuer)
        return try await ExternalSession(environment)(person, issuer, request)
    }
}

/// A token of an issuer, as a front end hands it in.
package struct ExternalToken: Sendable {
    package let provider: String
    package let text: String
    private let purpose: TokenPurpose

    /// `nonce`: what an identity token must carry; nil for any.
    package init(provider: String, text: String, isAccessToken: Bool, nonce: String?) {
        self.provider = provider
        self.text = text
        purpose = isAccessToken ? .access : .identity(nonce: nonce)
    }

    /// - Throws: `external_token_invalid` with the rule that is broken.
    func person(for issuer: Issuer) async throws -> ExternalPerson {
        do {
            return try await issuer.person(in: text, purpose)
        } catch let problem as TokenProblem {
            throw DomainError(
                .unauthenticated,
                .externalTokenInvalid,
                "The external token is not valid.",
                hint: problem.sentence
            )
        }
    }
}
