package import Domain
package import Postgres

/// Loads past events into the empty chain of one tenant, as the owner of the schema.
package struct AuditLoader: Sendable {
    private let database: Database
    private let connection: PostgresConnection
    /// So many events travel in one statement.
    private static let batch = 5_000

    /// - Parameters:
    ///   - database: signs the context.
    ///   - administrator: a connection that may become the owner.
    package init(_ database: Database, administrator: PostgresConnection) {
        self.database = database
        self.connection = administrator
    }

    /// Loads all events in one transaction; they must be in the order of time.
    package func load(_ events: [DemoAudit], of tenant: TenantID) async throws {
        let context = AccessContext(kind: .system(.demo), tenant: tenant, mode: .readWrite)
        let database = database
        try await connection.run { connection in
            try connection.transaction(preamble: ["SET LOCAL ROLE ghostworks_owner"]) {
                transaction in
                var rest = events[...]
                while !rest.isEmpty {
                    let part = Array(rest.prefix(Self.batch))
                    rest = rest.dropFirst(Self.batch)
                    _ = try transaction.batch([
                        database.statement(setting: context), Self.statement(part),
                    ])
                }
            }
        }
    }

    private static func statement(_ events: [DemoAudit]) -> SQL {
        """
        SELECT app.audit_load(\(events.map(\.id.uuid)), \(events.map(\.at.timestamp)),
            \(events.map { $0.actor?.uuid }), \(events.map(\.entry.action)),
            \(events.map(\.entry.operation.rawValue)), \(events.map(\.entry.resourceType)),
            \(events.map(\.entry.resourceID)), \(events.map(\.entry.outcome.rawValue)),
            \(events.map(\.entry.changes)),
            \(events.map { $0.event == nil ? nil : $0.entry.action }),
            \(events.map(\.event))::jsonb[]) AS seq
        """
    }
}

extension PostgresConnection {
    /// Runs a body in the connection's own isolation.
    fileprivate func run<Value: Sendable>(
        _ body: @Sendable (isolated PostgresConnection) throws -> Value
    ) throws -> Value {
        try body(self)
    }
}
