package import Domain
package import Inference
package import Operations
import Postgres
package import Support

extension Fixture {
    /// The model that `withModel` makes: it costs 1 USD a million tokens read and 2 USD a million
    /// written.
    package static let model = "mock/m"

    /// The same with other models, and perhaps with other limits of asking them.
    package func with(_ models: ModelProviders, _ desk: ChatDesk? = nil) -> Fixture {
        let environment = environment.with(models)
        return Fixture(
            environment: desk.map { environment.with($0) } ?? environment,
            migrated: migrated
        )
    }

    /// Runs a body with a model server that does what a script says, as the provider `mock`.
    package func withModel(
        limits: ChatLimits = ChatLimits(),
        script: @escaping ModelServer.Script,
        _ body: (Fixture, ModelServer) async throws -> Void
    ) async throws {
        let server = try ModelServer(script)
        defer { server.stop() }
        try await addModel()
        guard let address = ProviderAddress(server.url) else { throw CancellationError() }
        let provider = ModelProvider.openAI(
            ModelProvider.Configuration(
                id: "mock",
                address: address,
                key: nil,
                patience: Patience(
                    connect: .seconds(120),
                    firstByte: .seconds(120),
                    idle: .seconds(120)
                )
            )
        )
        let models = ModelProviders([provider, .offline { _, _ in [] }])
        try await body(with(models, ChatDesk(limits: limits)), server)
    }

    private func addModel() async throws {
        _ = try await migrated.admin([
            "INSERT INTO ai_providers (id, name, kind) VALUES ('mock', 'Mock', 'openai')",
            """
            INSERT INTO ai_models (id, provider_id, name, context_tokens, max_output_tokens)
            VALUES ('mock/m', 'mock', 'Mock', 20000, 8000)
            """,
            """
            INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,
                cached_pico, cache_write_pico, reasoning_pico)
            VALUES ('mock/m', '2025-01-01T00:00:00Z', 1000000, 2000000, 500000, 1000000, 2000000)
            """,
        ])
    }

    /// Gives a tenant one budget in the place of its plan's.
    package func setBudget(
        _ metric: Budget.Metric,
        hard: Int64,
        of tenant: TenantID
    ) async throws {
        _ = try await migrated.admin(
            """
            UPDATE ai_budgets SET metric = \(metric.rawValue), hard = \(hard), soft = NULL
            WHERE tenant_id = \(tenant.uuid)
            """
        )
    }

    /// What the budgets of a tenant have used and hold, added up.
    package func books(of tenant: TenantID) async throws -> (used: Int64, held: Int64) {
        let row = try await migrated.admin(
            """
            SELECT coalesce(sum(p.used), 0)::bigint AS used,
                coalesce(sum(p.held), 0)::bigint AS held
            FROM ai_budget_periods AS p
            WHERE p.tenant_id = \(tenant.uuid)
            """
        )[0]
        return (try row.decode("used"), try row.decode("held"))
    }

    /// The states of a tenant's calls with their charges in nano-USD, the oldest first.
    package func calls(of tenant: TenantID) async throws -> [String] {
        try await migrated.admin(
            """
            SELECT r.state || ' ' || r.charge_nano AS line
            FROM ai_requests AS r
            WHERE r.tenant_id = \(tenant.uuid)
            ORDER BY r.reserved_at
            """
        ).map { try $0.decode("line") }
    }
}
