import Domain
import Operations
import Postgres
import Storage

extension Fixture {
    /// Makes all invitations two days older: what was mailed is no longer a moment ago.
    package func passInvitations() async throws {
        _ = try await migrated.admin(
            "UPDATE invitations SET sent_at = sent_at - interval '2 days'"
        )
    }

    /// Makes a person with the password who is a member of nothing.
    package func makeStranger(_ email: String) async throws {
        _ = try await environment.database.system(reason: .setup) { scope in
            try scope.query(
                """
                SELECT app.ensure_user(gen_random_uuid(), \(email.lowercased()), \(email), 'Person')
                """
            ).count
        }
        try await SetPassword(environment)(email: email, password: Array(Self.password.utf8))
    }
}
