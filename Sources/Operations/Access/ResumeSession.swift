package import Domain
import Storage

/// The person behind a shell's or a console's session token.
package struct ResumeSession: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `session_revoked` for a token that is malformed, unknown, revoked or over, and
    ///   for one of a person who was disabled.
    package func callAsFunction(token: String, requestID: String) async throws -> Identity {
        guard let token = SessionToken(parsing: token) else { throw Refusals.sessionRevoked }
        let access = Access(
            context: AccessContext(kind: .system(.signIn), mode: .readOnly),
            guard: .process,
            requestID: requestID
        )
        let fetched = try await environment.database.fetch(
            access,
            SessionStore.find(token.session, tokenHash: token.hash)
        )
        guard let row = fetched.rows.first else { throw Refusals.sessionRevoked }
        environment.activity.note(token.session)
        return try SessionStore.found(row, session: token.session)
    }
}
