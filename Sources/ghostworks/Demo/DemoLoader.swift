import Domain
import Postgres
import Sealing
import Storage

/// Loads the demonstration into an empty platform, two tenants at a time.
///
/// A second run changes nothing. A load that was cut short, and a platform with tenants of its
/// own, are refused: `--reset` starts over.
struct DemoLoader: Sendable {
    let database: Database
    /// Opens a connection that may become the owner of the schema.
    let administrator: @Sendable () async throws -> PostgresConnection
    let passwords: PasswordHasher
    let progress: @Sendable (Double) -> Void

    private static let workers = 2

    /// Loads `plan`.
    ///
    /// Returns false when it had been loaded before.
    func load(_ plan: DemoPlan) async throws -> Bool {
        let (isLoaded, hasTenants) = try await platform { try ($0.isLoaded(), $0.hasTenants()) }
        guard !isLoaded else { return false }
        guard !hasTenants else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The database already holds tenants.",
                hint: "`ghostworks demo --reset` deletes everything and starts over."
            )
        }
        var maker = DemoPeople(plan: plan)
        let people = maker.make()
        try await platform { try $0.makePartitions(from: plan.start) }
        try await insert(people)
        try await givePasswords(to: people[0])
        try await loadTenants(plan, people: people)
        try await finish()
        return true
    }

    private func insert(_ people: [DemoPerson]) async throws {
        for start in stride(from: 0, to: people.count, by: 5_000) {
            let part = Array(people[start..<min(start + 5_000, people.count)])
            try await database.system(reason: .demo) { scope in
                try DemoStore(scope).insert(people: part)
            }
        }
    }

    /// Only the super-admin and one owner can sign in with a password.
    private func givePasswords(to owner: DemoPerson) async throws {
        let hash = try await passwords.hash(Array(DemoPlan.password.utf8))
        let operators: [(String, String, PlatformRole, String?)] = [
            (DemoPlan.superAdminEmail, "Ada Ghost", .superAdmin, hash),
            (DemoPlan.supportEmail, "Sam Support", .support, nil),
        ]
        try await platform { platform in
            try platform.setPassword(hash, of: owner.id)
            for (email, name, role, hash) in operators {
                try platform.insertOperator(email: email, name: name, role: role, hash: hash)
            }
        }
    }

    private func loadTenants(_ plan: DemoPlan, people: [DemoPerson]) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var next = 0
            var done = 0
            while next < min(Self.workers, plan.tenantCount) {
                let index = next
                group.addTask { try await load(plan, index, people) }
                next += 1
            }
            while let artifacts = try await group.next() {
                done += artifacts
                progress(Double(done) / Double(plan.artifactCount))
                if next < plan.tenantCount {
                    let index = next
                    group.addTask { try await load(plan, index, people) }
                    next += 1
                }
            }
        }
    }

    /// One tenant: its rows chunk by chunk, then its trail in one transaction.
    private func load(_ plan: DemoPlan, _ index: Int, _ people: [DemoPerson]) async throws -> Int {
        var tenant = DemoTenant(plan: plan, index: index, people: people)
        let row = tenant.row
        let id = row.id
        let total = plan.artifacts(index)
        try await inside(id) { try $0.insert(row) }
        for number in 0..<((total + DemoTenant.chunk - 1) / DemoTenant.chunk) {
            let (artifacts, revisions) = tenant.history(chunk: number)
            try await inside(id) { store in
                try store.insert(artifacts, of: id)
                try store.insert(revisions, of: id)
            }
        }
        let uses = tenant.use()
        let (tokens, cost) = tenant.budgetIDs()
        try await inside(id) { store in
            try store.insert(uses, of: id)
            try store.insertBudgets(
                tokens: tokens,
                cost: cost,
                costLimitNano: Self.costLimit(row.plan),
                of: id
            )
        }
        let connection = try await administrator()
        try await AuditLoader(database, administrator: connection).load(tenant.trail.events, of: id)
        await connection.close()
        if plan.isSuspended(index) { try await suspend(id) }
        return total
    }

    /// Nano-USD a month.
    private static func costLimit(_ plan: Plan) -> Int64 {
        switch plan {
        case .free: 5_000_000_000
        case .pro: 100_000_000_000
        case .enterprise: 2_000_000_000_000
        }
    }

    private func suspend(_ tenant: TenantID) async throws {
        try await database.system(reason: .demo, tenant: tenant) { scope in
            try DemoPlatform(scope).suspend(tenant)
        }
    }

    private func finish() async throws {
        let connection = try await administrator()
        // Fresh words wait in a pending list, which searches would read from end to end.
        let script = "SELECT gin_clean_pending_list('artifacts_words_idx'); ANALYZE"
        try await connection.execute(script: script)
        await connection.close()
        try await platform { try $0.finish() }
    }

    private func inside<Value: Sendable>(
        _ tenant: TenantID,
        _ body: @Sendable (DemoStore) throws -> Value
    ) async throws -> Value {
        try await database.system(reason: .demo, tenant: tenant) { scope in
            try body(DemoStore(scope))
        }
    }

    private func platform<Value: Sendable>(
        _ body: @Sendable (DemoPlatform) throws -> Value
    ) async throws -> Value {
        try await database.system(reason: .demo) { scope in
            try body(DemoPlatform(scope))
        }
    }
}
