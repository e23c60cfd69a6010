package import Domain
import Storage

// DESIGN
//
// 1. A request with a key is one round trip, as one with a session is: the guard judges the key in
//    the batch of the request's own statement. It needs the maker's id in the signed context,
//    which never changes, so it is looked up once a minute and process and kept in between.
// 2. Nothing that is kept decides: a secret that was changed, a key that was revoked, a maker who
//    left are seen by the guard on the very next request.
// 3. A key's own rate is kept with its maker. The process that changes a key forgets it.

/// Reads a presented API key; the guard says whether it may do what it wants.
package struct ReadAPIKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Whether a bearer's text claims to be a key.
    package static func claims(_ bearer: String) -> Bool { bearer.hasPrefix("gwk_") }

    /// - Throws: `api_key_invalid`, for made-up text without asking the database.
    package func callAsFunction(_ bearer: String) async throws -> PresentedAPIKey {
        guard let text = APIKeyText(parsing: bearer) else { throw Refusals.apiKeyInvalid }
        let now = environment.database.clock.now()
        if let known = environment.keys.find(text.proof, in: text.tenant, now: now) {
            return PresentedAPIKey(tenant: text.tenant, proof: text.proof, maker: known)
        }
        let changes = environment.keys.changes
        let access = Access(
            context: AccessContext(kind: .system(.apiKey), tenant: text.tenant, mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let fetched = try await environment.database.fetch(access, APIKeyStore.find(text.proof))
        guard let row = fetched.rows.first else { throw Refusals.apiKeyInvalid }
        let maker = try APIKeyStore.maker(row)
        environment.keys.keep(
            maker,
            for: text.proof,
            in: text.tenant,
            since: changes,
            now: now
        )
        return PresentedAPIKey(tenant: text.tenant, proof: text.proof, maker: maker)
    }
}

/// A key with the right secret, and for whom it acts; not yet let in anywhere.
package struct PresentedAPIKey: Hashable, Sendable {
    package let tenant: TenantID
    package let proof: APIKeyProof
    package let user: UserID
    package let slug: String
    package let ratePerMinute: Int?

    init(tenant: TenantID, proof: APIKeyProof, maker: APIKeyMaker) {
        self.tenant = tenant
        self.proof = proof
        user = maker.user
        slug = maker.slug
        ratePerMinute = maker.ratePerMinute
    }

    package func caller(requestID: String) -> TenantCaller {
        TenantCaller(
            caller: Caller(
                user: user,
                session: SessionID(proof.id.uuid),
                requestID: requestID
            ),
            tenant: tenant,
            key: proof
        )
    }

    /// Whether a name in an address means the key's own workspace.
    package func names(_ text: String) -> Bool {
        text == slug || TenantID(text) == tenant
    }
}
