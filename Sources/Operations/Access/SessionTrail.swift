import Domain
import Storage

/// What a session at a console does beside data, in the platform's trail.
struct SessionTrail {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    func record(_ action: String, _ changes: Changes, by caller: Caller) async throws {
        let access = Access(
            context: AccessContext(kind: .system(.signIn), user: caller.user, mode: .readWrite),
            guard: .session(caller.session),
            requestID: caller.requestID
        )
        let entry = AuditEntry(
            action: action,
            operation: .other,
            resourceType: "session",
            resourceID: caller.session.description,
            requestID: nil,
            changes: changes.canonical
        )
        try await environment.database.write(access) { scope in
            _ = try scope.last([scope.recordPlatform(entry)])
        }
    }
}
