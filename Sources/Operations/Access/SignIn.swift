package import Domain
import Sealing
import Storage

// DESIGN
//
// 1. Every failure is one answer: unknown mail, malformed mail, wrong password, disabled person,
//    person without a password. Each costs one hash, one look-up and one line of the trail.
// 2. No transaction is open while a password is hashed.
// 3. A workspace is looked at only after the password was right.

/// Opens a session for a mail address and a password.
package struct SignIn: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - email: the address, as typed.
    ///   - password: the bytes, exactly as received.
    ///   - kind: the door; it decides on token and life.
    ///   - workspace: the id or slug to enter; nil for the usual one.
    ///   - client: what is known of the machine that asks.
    ///   - requestID: ties log, trail and answer together.
    /// - Returns: The session and the token that proves it.
    /// - Throws: `invalid_credentials`; with `workspace` also `tenant_access_denied` and
    ///   `tenant_suspended`; ``SecondFactorRequired``.
    package func callAsFunction(
        email: String,
        password: [UInt8],
        kind: Session.Kind,
        workspace: String?,
        client: ClientInfo,
        requestID: String
    ) async throws -> SignedIn {
        let known = try await credentials(email)
        let active = known.flatMap { $0.isActive ? $0 : nil }
        let matches = try await PasswordCheck(environment.passwords)
            .verify(password, against: active?.passwordHash)
        guard matches, let active else {
            try await recordFailure(of: known?.user, kind: kind, requestID: requestID)
            throw Refusals.invalidCredentials
        }
        let request = SessionRequest(
            kind: kind,
            workspace: workspace,
            client: client,
            requestID: requestID
        )
        try await SecondFactorGate(environment).check(active.user, request)
        let rehash = try await rehash(password, active)
        return try await OpenSession(environment)(
            for: SessionOwner(active),
            request,
            proof: .password
        ) { _ in
            guard let rehash else { return [] }
            return [UserStore.setPassword(rehash, of: active.user, ifVersion: active.version)]
        }
    }

    private func credentials(_ email: String) async throws -> Credentials? {
        // A malformed address is nobody's, and costs the same look-up.
        let address = try (try? EmailAddress(email)) ?? EmailAddress("nobody@invalid.invalid")
        let access = Access(
            context: AccessContext(kind: .system(.signIn), mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let fetched = try await environment.database.fetch(
            access,
            SessionStore.findCredentials(address)
        )
        return try fetched.rows.first.map(SessionStore.credentials)
    }

    /// A new hash when the stored one is of an older kind.
    private func rehash(_ password: [UInt8], _ person: Credentials) async throws -> String? {
        guard let stored = person.passwordHash, environment.passwords.needsRehash(stored) else {
            return nil
        }
        return try await PasswordCheck(environment.passwords).hash(password)
    }

    private func recordFailure(
        of user: UserID?,
        kind: Session.Kind,
        requestID: String
    ) async throws {
        try await environment.database.system(
            reason: .signIn,
            user: user,
            requestID: requestID
        ) { scope in
            let entry = OpenSession.entry(kind, .password, session: nil, outcome: .failed)
            _ = try scope.last([scope.recordPlatform(entry)])
        }
    }
}
