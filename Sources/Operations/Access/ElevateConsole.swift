package import Domain
import Storage

/// Writes to the platform's trail that a console may write for some minutes.
package struct ElevateConsole: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: A validation error for a reason that is none; `session_revoked`.
    package func callAsFunction(reason: String, minutes: Int, by caller: Caller) async throws {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        var changes = Changes()
        changes.note("reason", from: .null, to: .string(reason))
        changes.note("minutes", from: .null, to: .integer(Int64(minutes)))
        try await ElevationTrail(environment).record("console.elevated", changes, by: caller)
    }
}

/// Writes to the platform's trail that a console only reads again.
package struct EndElevation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws {
        let trail = ElevationTrail(environment)
        try await trail.record("console.elevation_ended", Changes(), by: caller)
    }
}

/// Both ends of an elevation, in the trail.
private struct ElevationTrail {
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
