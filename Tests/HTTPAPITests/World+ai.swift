import Domain
import Fixtures
import Foundation
import HTTPTypes
import Operations
import Postgres
import Testing

/// What the routes of AI administration act on.
extension World {
    static let administration = [
        "ai.budget.create": """
        {"scope":"purpose","scope_id":"p\(UInt64.random(in: 0 ... .max))","metric":"tokens",\
        "period":"day","hard":10}
        """,
        "ai.budget.change": #"{"hard":11}"#,
        "ai.budget.reset": #"{"reason":"to test it"}"#,
        "ai.route.put": #"{"targets":["offline/search"]}"#,
        "ai.prompt.create": #"{"name":"P \#(UInt64.random(in: 0 ... .max))","user":"Hi"}"#,
        "ai.prompt.add_version": #"{"user":"Hello"}"#,
        "ai.prompt.label": #"{"version":1}"#,
        "ai.prompt.render": "{}",
        "ai.provider.add": #"{"id":"p\#(UInt64.random(in: 0 ... .max))","kind":"openai"}"#,
        "ai.provider.set": #"{"provider":"offline","status":"active"}"#,
        "ai.model.add": """
        {"id":"offline/m\(UInt64.random(in: 0 ... .max))","provider":"offline",\
        "context_tokens":10,"max_output_tokens":5}
        """,
        "ai.model.set": #"{"model":"offline/writer","status":"active"}"#,
        "ai.model.reset_overhead": #"{"model":"offline/writer"}"#,
        "ai.price.set": """
        {"model":"offline/writer","input_usd_per_million":"2.6","output_usd_per_million":"10"}
        """,
    ]

    /// The path with something of the caller's, or of the workspace's, in its places.
    func administered(
        _ path: String,
        _ headers: inout HTTPFields,
        _ name: String,
        _ caller: TenantCaller
    ) async throws -> String {
        var path = path
        if path.contains("{budget}") || path.contains("{alert}") {
            // Who may see only what is their own sees a budget of their own.
            let budget = try await newBudget(of: caller.caller.user)
            headers[.ifMatch] = "\"v1\""
            path = path.replacing("{budget}", with: budget.id.description)
            if path.contains("{alert}") {
                path = path.replacing("{alert}", with: try await newAlert(budget))
            }
        }
        if path.contains("{route}") {
            let route = "r\(UInt64.random(in: 0 ... .max))"
            let plan = try ModelRoutePlan(targets: ["offline/writer"])
            _ = try await PutRoute(api.fixture.environment)(route, plan, by: acme.owner)
            path = path.replacing("{route}", with: route)
        }
        if path.contains("{prompt}") {
            path = path.replacing("{prompt}", with: try await newPrompt())
                .replacing("{label}", with: "live")
        }
        if path.contains("{call}") {
            path = path.replacing("{call}", with: try await newCall(of: caller))
        }
        return path
    }

    private func newBudget(of user: UserID) async throws -> Budget {
        let environment = api.fixture.environment
        // One for a person, metric and period: the one before makes room.
        for old in try await ListBudgets(environment)(by: acme.owner)
        where old.scope == .user && old.scopeID == user.description {
            _ = try await api.fixture.migrated.admin([
                "DELETE FROM ai_alerts WHERE budget_id = \(old.id.uuid)",
                "DELETE FROM ai_holds WHERE budget_id = \(old.id.uuid)",
                "DELETE FROM ai_budget_periods WHERE budget_id = \(old.id.uuid)",
            ])
            _ = try await DeleteBudget(environment)(old.id, by: acme.owner)
        }
        let new = try NewBudget(
            scope: .user,
            scopeID: user.description,
            metric: .requests,
            period: .day,
            limits: BudgetLimits(soft: nil, hard: 10, overageAllowance: 0)
        )
        return try await CreateBudget(environment)(new, by: acme.owner)
    }

    private func newAlert(_ budget: Budget) async throws -> String {
        let start = Timestamp(microseconds: budget.use.periodStart.microseconds)
        _ = try await api.fixture.migrated.admin(
            """
            INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start, hard_snapshot)
            VALUES (\(acme.id.uuid), \(budget.id.uuid), \(start), 10)
            """
        )
        _ = try await api.fixture.migrated.admin(
            """
            INSERT INTO ai_alerts (tenant_id, budget_id, period_start, threshold, used, hard)
            VALUES (\(acme.id.uuid), \(budget.id.uuid), \(start), 80, 8, 10)
            """
        )
        return ListedAlert.ID(
            budget: budget.id,
            periodStart: budget.use.periodStart,
            threshold: 80
        ).description
    }

    private func newPrompt() async throws -> String {
        let new = try NewPrompt(
            name: "Prompt \(UInt64.random(in: 0 ... .max))",
            description: "",
            shareable: false,
            system: "",
            user: "Hi"
        )
        return try await CreatePrompt(api.fixture.environment)(new, by: acme.owner).id.description
    }

    private func newCall(of caller: TenantCaller) async throws -> String {
        let id = UUID()
        _ = try await api.fixture.migrated.admin(
            """
            INSERT INTO ai_requests (tenant_id, id, principal, user_id, channel, purpose, state,
                targets, model, input_tokens, asked_output, output_cap, held_output, slice,
                node_id, reserved_at, expires_at)
            VALUES (\(acme.id.uuid), \(id), 'member', \(caller.caller.user.uuid), 'api', 'answer',
                'in_flight', '{offline/search}', 'offline/search', 10, 20, 20, 20, 20,
                gen_random_uuid(), now(), now() + interval '1 hour')
            """
        )
        return id.uuidString.lowercased()
    }

    /// A price that another operator proposed.
    func newProposal() async throws -> String {
        let amounts = try PriceAmounts(input: 2_000_000_000, output: 10_000_000)
        let outcome = try await SetPrice(api.fixture.environment)(
            "offline/writer",
            amounts,
            from: nil,
            by: root
        )
        guard case .proposed(let proposal) = outcome else {
            Issue.record("the price was not proposed")
            return ""
        }
        return proposal.id.description
    }
}
