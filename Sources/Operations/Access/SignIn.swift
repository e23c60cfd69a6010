package import Domain
import Sealing
import Storage

// DESIGN
//
// 1. Every failure is one answer: unknown mail, malformed mail, wrong password, disabled person,
//    person without a password, locked account, unproved address. Each costs one hash, one look-up
//    and one line of the trail.
// 2. No transaction is open while a password is hashed.
// 3. A workspace is looked at only after the password was right.
// 4. A try is counted before all else (`SignInThrottle`): one that comes too early costs no hash.
// 5. With a second factor the try stays counted until a code was shown: knowing the password alone
//    neither frees the account's counters nor makes a device known.

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
    ///   - refresh: where a refresh token is to go, now or after a code.
    /// - Returns: The session and the token that proves it.
    /// - Throws: `invalid_credentials`; `rate_limited` after several failures; with `workspace`
    ///   also `tenant_access_denied` and `tenant_suspended`; ``SecondFactorRequired``.
    package func callAsFunction(
        email: String,
        password: [UInt8],
        kind: Session.Kind,
        workspace: String?,
        client: ClientInfo,
        requestID: String,
        refresh: RefreshPlace = .cookie
    ) async throws -> SignedIn {
        let admission = try await SignInThrottle(environment).admit(
            SignInTry(
                email: email,
                client: client,
                kind: kind,
                requestID: requestID,
                sealer: environment.sealer
            )
        )
        let active = try await proven(admission, password, kind)
        try await rehash(password, active, requestID)
        let request = SessionRequest(
            kind: kind,
            workspace: workspace,
            client: client,
            requestID: requestID,
            refresh: refresh
        )
        try await SecondFactorGate(environment).check(active.user, request, admission)
        let success = SignInSuccess(admission, user: active.user, environment.sealer)
        var signedIn = try await OpenSession(environment)(
            for: SessionOwner(active),
            request,
            proof: .password
        ) { try success.statements(in: $0) }
        environment.front.forget(admission.keys.values)
        signedIn.deviceToken = success.newDeviceToken
        return signedIn
    }

    /// The person whom the password proves.
    private func proven(
        _ admission: SignInAdmission,
        _ password: [UInt8],
        _ kind: Session.Kind
    ) async throws -> Credentials {
        let known = try await FindCredentials(environment)(admission.attempt.address)
        let active = known.flatMap { $0.isActive && !admission.isLocked ? $0 : nil }
        let matches = try await verify(password, against: active?.passwordHash, admission)
        guard matches, let active, active.isVerified else {
            let failure = SignInFailure(
                environment: environment,
                admission: admission,
                known: known,
                matches: matches
            )
            try await failure.record(
                OpenSession.entry(kind, .password, session: nil, outcome: .failed)
            )
            throw Refusals.invalidCredentials
        }
        return active
    }

    /// A try whose password was not looked at does not count.
    private func verify(
        _ password: [UInt8],
        against stored: String?,
        _ admission: SignInAdmission
    ) async throws -> Bool {
        do {
            return try await PasswordCheck(environment.passwords)
                .verify(password, against: stored, isPreferred: admission.isPreferred)
        } catch {
            guard error.code == .tooManyRequests else { throw error }
            try await SignInThrottle(environment).refund(admission)
            throw error
        }
    }

    /// A new hash when the stored one is of an older kind, whether or not a second factor follows.
    private func rehash(
        _ password: [UInt8],
        _ person: Credentials,
        _ requestID: String
    ) async throws {
        guard let stored = person.passwordHash, environment.passwords.needsRehash(stored) else {
            return
        }
        let hash = try await PasswordCheck(environment.passwords).hash(password)
        try await environment.database.system(reason: .signIn, requestID: requestID) { scope in
            _ = try scope.last([
                UserStore.setPassword(hash, of: person.user, ifVersion: person.version)
            ])
        }
    }
}
