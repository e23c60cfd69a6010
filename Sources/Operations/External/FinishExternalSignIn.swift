package import Domain
import OpenID
import Storage

/// Ends a sign-in at an issuer elsewhere: its answer becomes a session.
package struct FinishExternalSignIn: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - provider: the issuer's name in the settings.
    ///   - answer: what the issuer has sent through the browser.
    ///   - ticket: what the browser has kept.
    ///   - client: what is known of the machine that asks.
    ///   - requestID: ties log, trail and answer together.
    /// - Returns: The session, or what is missing for one.
    /// - Throws: `oidc_state`; without an address to return to also `idp_error`,
    ///   `identity_unknown`, ``SecondFactorRequired`` and what opening a session throws.
    package func callAsFunction(
        provider: String,
        answer: IssuerAnswer,
        ticket: String?,
        client: ClientInfo,
        requestID: String
    ) async throws -> ExternalSignInEnd {
        let issuer = try environment.issuers.find(provider)
        let ticket = try ExternalTicket(
            ticket,
            provider: provider,
            state: answer.state,
            sealer: environment.sealer,
            now: environment.database.clock.now()
        )
        // RFC 9207: an answer that names its issuer must name the one that was asked.
        if let name = answer.issuer, name != issuer.provider.source.issuer {
            throw ExternalTicket.refused
        }
        let request = SessionRequest(
            kind: .api,
            workspace: ticket.workspace,
            client: client,
            requestID: requestID
        )
        do {
            let person = try await person(answer, ticket, issuer)
            let signedIn = try await ExternalSession(environment)(person, issuer, request)
            return .opened(signedIn, returnTo: ticket.returnTo)
        } catch {
            guard let returnTo = ticket.returnTo, let refusal = Refusal(error) else { throw error }
            return .refused(code: refusal.code, token: refusal.token, returnTo: returnTo)
        }
    }

    /// What may be told through a browser; a fault of ours is none.
    private struct Refusal {
        let code: DomainError.Code
        var token: String?

        init?(_ error: any Error) {
            if let required = error as? SecondFactorRequired {
                code = required.problem.code
                token = required.token
            } else if let error = error as? DomainError, error.kind != .internal {
                code = error.code
            } else {
                return nil
            }
        }
    }

    private func person(
        _ answer: IssuerAnswer,
        _ ticket: ExternalTicket,
        _ issuer: Issuer
    ) async throws -> ExternalPerson {
        guard answer.error == nil, let code = answer.code, (1...2_048).contains(code.utf8.count)
        else {
            throw DomainError(
                .upstream,
                .idpError,
                "The issuer did not let the sign-in happen.",
                hint: "Begin it again, or sign in another way."
            )
        }
        do {
            return try await issuer.person(
                redeeming: code,
                key: ProofKey(verifier: ticket.verifier),
                nonce: ticket.nonce
            )
        } catch let problem as TokenProblem {
            throw DomainError(
                .upstream,
                .idpError,
                "The issuer's token was not accepted. \(problem.sentence)"
            )
        }
    }
}

/// What an issuer sends back through the browser.
package struct IssuerAnswer: Hashable, Sendable {
    package var state: String?
    package var code: String?
    package var error: String?
    package var issuer: String?

    package init(state: String?, code: String?, error: String?, issuer: String?) {
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
    }
}

/// A session or why there is none, and where the browser wants to be.
package enum ExternalSignInEnd: Sendable {
    case opened(SignedIn, returnTo: String?)
    /// `token` goes on with a code of the second factor.
    case refused(code: DomainError.Code, token: String?, returnTo: String)
}

/// Opens a session for somebody whom an issuer vouches for.
struct ExternalSession: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    func callAsFunction(
        _ person: ExternalPerson,
        _ issuer: Issuer,
        _ request: SessionRequest
    ) async throws -> SignedIn {
        let entrance = ExternalEntrance(
            environment: environment,
            policy: issuer.provider.policy,
            requestID: request.requestID
        )
        let user = try await entrance.user(of: person)
        try await SecondFactorGate(environment).check(user, request)
        return try await OpenSession(environment)(for: user, request, proof: .external)
    }
}
