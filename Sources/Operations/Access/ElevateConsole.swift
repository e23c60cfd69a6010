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
        try await SessionTrail(environment).record("console.elevated", changes, by: caller)
    }
}

/// Writes to the platform's trail that a console only reads again.
package struct EndElevation: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws {
        let trail = SessionTrail(environment)
        try await trail.record("console.elevation_ended", Changes(), by: caller)
    }
}
