package import Domain
import Storage

/// Reads the events behind a number, the oldest first, for who follows a trail.
package struct ReadAuditEvents: Sendable {
    private let environment: Environment
    private let use: TrailUse

    /// The most events that are read at once.
    package static let partSize = 200

    package init(_ environment: Environment, for use: TrailUse = .reading) {
        self.environment = environment
        self.use = use
    }

    /// - Parameters:
    ///   - filter: Which.
    ///   - seq: The last event that is known.
    ///   - last: Where to stop.
    ///   - caller: Needs `audit.read`, or `audit.export` where a program takes the events.
    /// - Returns: The next events up to `last`, at most `partSize`.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        _ filter: AuditFilter,
        after seq: Int64,
        through last: Int64,
        by caller: TenantCaller
    ) async throws -> [AuditEvent] {
        let trail = Trail.tenant(caller.tenant)
        return try await read(use.access(caller), trail, filter, seq, last)
    }

    /// The same for the platform's trail; `caller` is an operator with `platform.audit.read`.
    package func callAsFunction(
        _ filter: AuditFilter,
        after seq: Int64,
        through last: Int64,
        by caller: Caller
    ) async throws -> [AuditEvent] {
        try await read(.platform(caller, .platformAuditRead), .platform, filter, seq, last)
    }

    private func read(
        _ access: Access,
        _ trail: Trail,
        _ filter: AuditFilter,
        _ seq: Int64,
        _ last: Int64
    ) async throws -> [AuditEvent] {
        let statement = AuditStore.part(
            trail,
            filter,
            after: .before(seq + 1),
            through: last,
            size: Self.partSize
        )
        return try AuditStore.part(try await environment.database.fetch(access, statement).rows)
            .events
    }
}
