import Domain
import Fixtures
import Postgres
import Sealing
import Testing

@testable import Operations

/// Refresh tokens: one use, one successor, and what reuse does.
@Suite struct RefreshTests {
    @Test func `each use gives the next token, and the session lives on`() async throws {
        try await Fixture.with { fixture in
            let first = try await signIn(fixture)
            var token = try #require(first.refresh).text
            for _ in 0..<3 {
                let next = try await refresh(fixture, token)
                let refreshed = try #require(next.refresh).text
                #expect(refreshed != token)
                #expect(next.identity.session == first.identity.session)
                #expect(next.identity.tenant == first.identity.tenant)
                let access = try #require(next.accessToken)
                let claims = try await ReadAccessToken(fixture.environment)(access)
                #expect(claims.session == first.identity.session)
                token = refreshed
            }
            let rows = try await fixture.migrated.admin(
                "SELECT count(*) AS heads FROM refresh_tokens WHERE rotated_at IS NULL"
                    + " AND session_id = \(first.identity.session)"
            )
            #expect(try rows.first?.decode("heads", as: Int64.self) == 1)
        }
    }

    @Test func `twenty uses at once have one successor`() async throws {
        try await Fixture.with { fixture in
            let first = try await signIn(fixture)
            let token = try #require(first.refresh).text
            let successors = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await refresh(fixture, token).refresh?.text }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(successors.count == 1)
            let rows = try await fixture.migrated.admin(
                """
                SELECT count(*) AS tokens, count(*) FILTER (WHERE rotated_at IS NULL) AS heads,
                    count(*) FILTER (WHERE revoked_at IS NOT NULL) AS revoked
                FROM refresh_tokens WHERE session_id = \(first.identity.session)
                """
            )
            let row = try #require(rows.first)
            #expect(try row.decode("tokens", as: Int64.self) == 2)
            #expect(try row.decode("heads", as: Int64.self) == 1)
            #expect(try row.decode("revoked", as: Int64.self) == 0)
            let successor = try #require(successors.first ?? nil)
            _ = try await refresh(fixture, successor)
        }
    }

    @Test func `a token from before the last one ends the family, on record`() async throws {
        try await Fixture.with { fixture in
            let first = try await signIn(fixture)
            let grandparent = try #require(first.refresh).text
            let parent = try #require(try await refresh(fixture, grandparent).refresh).text
            let head = try #require(try await refresh(fixture, parent).refresh).text
            try await expectReuse(fixture, grandparent, endsSessionOf: first, head: head)
        }
    }

    @Test func `a second use after the time of grace ends the family, on record`() async throws {
        try await Fixture.with { fixture in
            let first = try await signIn(fixture)
            let token = try #require(first.refresh).text
            let head = try #require(try await refresh(fixture, token).refresh).text
            _ = try await fixture.migrated.admin(
                "UPDATE refresh_tokens SET rotated_at = rotated_at - interval '31 seconds'"
                    + " WHERE rotated_at IS NOT NULL"
            )
            try await expectReuse(fixture, token, endsSessionOf: first, head: head)
        }
    }

    @Test(arguments: [
        "UPDATE sessions SET revoked_at = now()", "UPDATE users SET status = 'disabled'",
        "UPDATE refresh_tokens SET revoked_at = now()",
        "UPDATE refresh_tokens SET expires_at = now()", "UPDATE sessions SET expires_at = now()",
    ])
    func `a token of what is over gives nothing`(change: String) async throws {
        try await Fixture.with { fixture in
            let token = try #require(try await signIn(fixture).refresh).text
            _ = try await fixture.migrated.admin("\(unsafe: change)")
            await expect(.refreshInvalid) { try await refresh(fixture, token) }
        }
    }

    @Test(arguments: ["", "gwr_", "gwr_zz", "abc", "gws_x_y", "' OR true --", "gwr_\0"])
    func `text of another form gives nothing`(text: String) async throws {
        try await Fixture.with { fixture in
            let zeros = "gwr_" + String(repeating: "0", count: 64)
            for token in [text, zeros] {
                let error = await expect(.refreshInvalid) { try await refresh(fixture, token) }
                #expect(error?.description == "The refresh token is not valid. Sign in again.")
            }
        }
    }

    @Test func `a successor of another token is not opened`() async throws {
        try await Fixture.with { fixture in
            let tokens = try await [signIn(fixture), signIn(fixture)].map {
                try #require($0.refresh).text
            }
            for token in tokens { _ = try await refresh(fixture, token) }
            _ = try await fixture.migrated.admin(
                """
                UPDATE refresh_tokens AS r SET successor = o.successor
                FROM refresh_tokens AS o
                WHERE r.successor IS NOT NULL AND o.successor IS NOT NULL
                  AND o.token_hash <> r.token_hash
                """
            )
            for token in tokens {
                await #expect(throws: SealingError.self) { try await refresh(fixture, token) }
            }
        }
    }

    @Test func `only the successor that may still be asked for is kept`() async throws {
        try await Fixture.with { fixture in
            let token = try #require(try await signIn(fixture).refresh).text
            let next = try #require(try await refresh(fixture, token).refresh).text
            _ = try await refresh(fixture, next)
            #expect(try await kept(fixture) == 1)
            _ = try await fixture.migrated.admin(
                "UPDATE refresh_tokens SET rotated_at = rotated_at - interval '1 minute'"
                    + " WHERE rotated_at IS NOT NULL"
            )
            try await TidySessions(fixture.environment)()
            #expect(try await kept(fixture) == 0)
        }
    }

    @Test func `no token outlives the session's last day`() async throws {
        try await Fixture.with { fixture in
            let first = try await signIn(fixture)
            _ = try await fixture.migrated.admin(
                "UPDATE sessions SET ends_at = now() + interval '1 hour',"
                    + " expires_at = now() + interval '30 minutes'"
            )
            let next = try await refresh(fixture, try #require(first.refresh).text)
            let rows = try await fixture.migrated.admin("SELECT max(ends_at) AS ends FROM sessions")
            #expect(next.refresh?.expiresAt == (try rows.first?.decode("ends", as: Instant.self)))
        }
    }

    private func expectReuse(
        _ fixture: Fixture,
        _ token: String,
        endsSessionOf signedIn: SignedIn,
        head: String
    ) async throws {
        await expect(.refreshReused) { try await refresh(fixture, token) }
        for dead in [head, token] {
            await expect(.refreshInvalid) { try await refresh(fixture, dead) }
        }
        let caller = Caller(
            user: signedIn.identity.user,
            session: signedIn.identity.session,
            requestID: "r"
        )
        await expect(.sessionRevoked) { try await ShowMe(fixture.environment)(by: caller) }
        let rows = try await fixture.migrated.admin(
            """
            SELECT resource_id, outcome FROM platform_audit_events
            WHERE action = 'auth.refresh_reused'
            """
        )
        #expect(rows.count == 1)
        let session = try rows.first?.decode("resource_id", as: String.self)
        #expect(session == signedIn.identity.session.description)
    }

    private func kept(_ fixture: Fixture) async throws -> Int64? {
        try await fixture.migrated.admin(
            "SELECT count(*) AS kept FROM refresh_tokens WHERE successor IS NOT NULL"
        ).first?.decode("kept", as: Int64.self)
    }
}

@discardableResult
private func expect<Value>(
    _ code: DomainError.Code,
    _ work: () async throws -> Value
) async -> DomainError? {
    let error = await #expect(throws: DomainError.self) { _ = try await work() }
    #expect(error?.code == code)
    return error
}

private func refresh(_ fixture: Fixture, _ token: String) async throws -> SignedIn {
    try await RefreshSession(fixture.environment)(token: token, requestID: "refresh")
}

/// A session of the API of the owner of a tenant, which is made the first time.
private func signIn(_ fixture: Fixture) async throws -> SignedIn {
    let rows = try await fixture.migrated.admin("SELECT 1 FROM tenants")
    if rows.isEmpty { _ = try await fixture.makeTenant(by: try await fixture.makeOperator()) }
    return try await SignIn(fixture.environment)(
        email: "owner@acme.test",
        password: Array(Fixture.password.utf8),
        kind: .api,
        workspace: nil,
        client: ClientInfo(userAgent: "tests", ip: "2001:db8::1"),
        requestID: "sign-in"
    )
}
