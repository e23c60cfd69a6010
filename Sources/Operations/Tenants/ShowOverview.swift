package import Domain
import Storage

/// The platform at a glance, for operators.
package struct ShowOverview: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> PlatformOverview {
        try await environment.database.read(.platform(caller, .platformTenantsRead)) { scope in
            try Self.read(in: scope)
        }
    }

    static func read(in scope: Scope) throws -> PlatformOverview {
        let rows = try scope.batch([
            TenantDirectory.overview, NodeStore.list, OutboxStore.standing,
            DataRequestStore.standing, AlertMarkStore.list,
        ])
        guard let row = rows[0].first else {
            throw DomainError(.internal, .internalError, "The overview is empty.")
        }
        var overview = try TenantDirectory.overview(row)
        overview.health = try NodeStore.health(rows[1])
        overview.mails = try rows[2].first.map(QueueStanding.init)
        overview.copies = try rows[3].first.map(QueueStanding.init)
        overview.alertMarks = try rows[4].map(AlertMarkStore.mark)
        return overview
    }
}
