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
    ///   `tenant_suspended`.
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
            throw Self.refused
        }
        let entrance = try await entrance(for: active, workspace: workspace)
        let opening = SessionOpening(
            credentials: active,
            tenant: entrance,
            kind: kind,
            now: environment.database.clock.now()
        )
        try await open(
            opening,
            rehash: try await rehash(password, active),
            client: client,
            requestID: requestID
        )
        return try await opening.signedIn(by: environment.tokens)
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

    private func entrance(
        for person: Credentials,
        workspace: String?
    ) async throws -> TenantID? {
        let access = Access(
            context: AccessContext(kind: .system(.signIn), user: person.user, mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let fetched = try await environment.database.fetch(
            access,
            WorkspaceStore.entrances(of: person.user)
        )
        let entrances = try fetched.rows.map(WorkspaceStore.entrance)
        guard let workspace else {
            let open = entrances.filter { $0.status == .active }
            return open.first { $0.tenant == person.defaultTenant }?.tenant
                ?? (open.count == 1 ? open[0].tenant : nil)
        }
        let id = TenantID(workspace)
        guard let entrance = entrances.first(where: { $0.slug == workspace || $0.tenant == id })
        else { throw Refusals.tenantAccessDenied }
        guard entrance.status == .active else { throw Refusals.tenantSuspended }
        return entrance.tenant
    }

    /// A new hash when the stored one is of an older kind.
    private func rehash(_ password: [UInt8], _ person: Credentials) async throws -> String? {
        guard let stored = person.passwordHash, environment.passwords.needsRehash(stored) else {
            return nil
        }
        return try await PasswordCheck(environment.passwords).hash(password)
    }

    private func open(
        _ opening: SessionOpening,
        rehash: String?,
        client: ClientInfo,
        requestID: String
    ) async throws {
        let person = opening.credentials
        try await environment.database.system(
            reason: .signIn,
            tenant: opening.tenant,
            user: person.user,
            requestID: requestID
        ) { scope in
            var statements = [SessionStore.insert(opening.row(client))]
            if let rehash {
                statements.append(
                    UserStore.setPassword(rehash, of: person.user, ifVersion: person.version)
                )
            }
            let entry = Self.entry(opening.kind, session: opening.id, outcome: .success)
            if opening.tenant != nil { statements.append(scope.record(entry)) }
            statements.append(scope.recordPlatform(entry))
            _ = try scope.last(statements)
        }
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
            let entry = Self.entry(kind, session: nil, outcome: .failed)
            _ = try scope.last([scope.recordPlatform(entry)])
        }
    }

    /// Without the address: the trail cannot forget personal data.
    private static func entry(
        _ kind: Session.Kind,
        session: SessionID?,
        outcome: AuditEntry.Outcome
    ) -> AuditEntry {
        var changes = Changes()
        changes.note("kind", from: .null, to: .string(kind.rawValue))
        return AuditEntry(
            action: "auth.login",
            operation: .other,
            resourceType: "session",
            resourceID: session?.description,
            outcome: outcome,
            requestID: nil,
            changes: changes.canonical
        )
    }

    private static let refused = DomainError(
        .unauthenticated,
        .invalidCredentials,
        "The mail address or the password is wrong."
    )
}
