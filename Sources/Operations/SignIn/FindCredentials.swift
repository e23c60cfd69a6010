import Domain
import Storage

/// What sign-in needs of the person behind an address; nil when nobody has it.
struct FindCredentials: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    func callAsFunction(_ address: EmailAddress) async throws -> Credentials? {
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
}
