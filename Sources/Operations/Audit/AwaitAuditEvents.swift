package import Domain
import Storage

// DESIGN
//
// Who follows a trail waits here for its next event. One row is asked for, the head of the chain,
// with growing pauses: a notification in the transaction of a mutation would line up all that
// commit (Postgres keeps the order of notifications with a lock on the whole database).

/// Waits until a trail goes on behind an event.
package struct AwaitAuditEvents: Sendable {
    private let environment: Environment
    private let pauses: Pauses

    /// How long is waited between two looks: the first pause, doubled up to the last.
    package struct Pauses: Hashable, Sendable {
        package let first: Duration
        package let last: Duration
        /// After so many looks an answer is given in any case.
        package let looks: Int

        package init(first: Duration, last: Duration, looks: Int) {
            self.first = first
            self.last = last
            self.looks = looks
        }

        package static let usual = Pauses(
            first: .milliseconds(250),
            last: .seconds(2),
            looks: 30
        )
    }

    package init(_ environment: Environment, pauses: Pauses = .usual) {
        self.environment = environment
        self.pauses = pauses
    }

    /// - Parameters:
    ///   - seq: The last event that is known.
    ///   - caller: Needs `audit.read`, for each look anew.
    /// - Returns: The number of the last event, which is `seq` when there was none for a minute.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(after seq: Int64, by caller: TenantCaller) async throws -> Int64 {
        try await look(.tenant(caller, .auditRead), .tenant(caller.tenant), after: seq)
    }

    /// The same for the platform's trail; `caller` is an operator with `platform.audit.read`.
    package func callAsFunction(after seq: Int64, by caller: Caller) async throws -> Int64 {
        try await look(.platform(caller, .platformAuditRead), .platform, after: seq)
    }

    private func look(_ access: Access, _ trail: Trail, after seq: Int64) async throws -> Int64 {
        var pause = pauses.first
        for number in 1...max(1, pauses.looks) {
            let rows = try await environment.database.fetch(access, AuditStore.head(trail)).rows
            let last = try rows.first.map { try ChainHead($0).seq } ?? 0
            if last > seq || number == pauses.looks { return max(last, seq) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, pauses.last)
        }
        return seq
    }
}
