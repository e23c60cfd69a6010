package import Domain
import FoundationEssentials
import Logging
package import Operations
package import Postgres
import Sealing
package import Storage

/// A tenant whose calls to models are held and charged, with no budget but those a test makes.
package struct LedgerHouse: Sendable {
    package let fixture: Fixture
    package let tenant: TestTenant

    package static let search = CallTarget(provider: "offline", model: "offline/search")
    package static let writer = CallTarget(provider: "offline", model: "offline/writer")

    package static func with(_ body: (LedgerHouse) async throws -> Void) async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let tenant = try await fixture.makeTenant(by: root)
            _ = try await fixture.migrated.admin("DELETE FROM ai_budgets")
            try await body(LedgerHouse(fixture: fixture, tenant: tenant))
        }
    }

    package var environment: Environment { fixture.environment }

    package func admin(_ statement: SQL) async throws {
        _ = try await fixture.migrated.admin(statement)
    }

    /// A limit, straight into the table.
    package func budget(
        _ metric: Budget.Metric,
        hard: Int64,
        soft: Int64? = nil,
        allowance: Int64? = nil,
        onSoft: String = "alert",
        scope: Budget.Scope = .tenant,
        of id: String = "",
        period: Budget.Period = .month,
        thresholds: [Int32] = [80, 100]
    ) async throws -> BudgetID {
        let made = BudgetID(UUID())
        try await admin(
            """
            INSERT INTO ai_budgets (tenant_id, id, scope_kind, scope_id, metric, period, soft,
                hard, overage_allowance, thresholds, on_soft, on_hard)
            VALUES (\(tenant.id.uuid), \(made.uuid), \(scope.rawValue), \(id),
                \(metric.rawValue), \(period.rawValue), \(soft), \(hard), \(allowance ?? 0),
                \(thresholds), \(onSoft), \(allowance == nil ? "block" : "allowance"))
            """
        )
        return made
    }

    package func draft(
        _ targets: [CallTarget] = [search],
        input: Int64 = 1_000,
        output: Int64 = 500,
        purpose: String = "answer",
        isSliced: Bool = true,
        key: String? = nil,
        fingerprint: [UInt8] = [1],
        by caller: TenantCaller? = nil
    ) -> CallDraft {
        CallDraft(
            id: AICallID(Random.uuidV7(now: SystemClock.live.now().microseconds)),
            principal: .member(caller ?? tenant.owner),
            channel: .api,
            purpose: purpose,
            targets: targets,
            inputTokens: input,
            outputCap: output,
            isSliced: isSliced,
            idempotency: key.map { IdempotencyMark(key: $0, fingerprint: fingerprint) }
        )
    }

    /// A hold that is there, or nothing for a call that was refused.
    package func hold(_ draft: CallDraft) async throws -> CallTicket? {
        do {
            guard case .held(let ticket) = try await reserve(draft) else { return nil }
            return ticket
        } catch let error as DomainError where error.code == .aiBudgetExceeded {
            return nil
        }
    }

    /// What a call comes to, asked for again while others have the budgets locked for too long: on a
    /// machine that has much to do, half a second is soon over.
    package func reserve(_ draft: CallDraft) async throws -> Reservation {
        for _ in 1...100 {
            do {
                return try await ReserveCall(environment)(draft)
            } catch let error as DomainError where error.code == .budgetUnavailable {
                continue
            }
        }
        return try await ReserveCall(environment)(draft)
    }

    package func outcome(
        _ input: Int64 = 1_000,
        _ output: Int64 = 100,
        by target: CallTarget = search,
        reply: StoredReply? = nil
    ) -> CallOutcome {
        CallOutcome(
            target: target,
            usage: TokenUsage(input: input, output: output),
            finish: "stop",
            reply: reply,
            attempts: [
                CallAttempt(
                    number: 1,
                    target: target,
                    isSent: true,
                    outcome: .answered,
                    billing: .yes,
                    status: 200
                )
            ]
        )
    }

    /// The sums of a budget over all its periods.
    package func books(_ budget: BudgetID) async throws -> Books {
        let rows = try await fixture.migrated.admin(
            """
            SELECT coalesce(sum(used), 0)::bigint AS used, coalesce(sum(held), 0)::bigint AS held,
                coalesce(sum(overage), 0)::bigint AS overage,
                coalesce(sum(carried), 0)::bigint AS carried
            FROM ai_budget_periods WHERE budget_id = \(budget.uuid)
            """
        )
        let row = rows[0]
        return Books(
            used: try row.decode("used"),
            held: try row.decode("held"),
            overage: try row.decode("overage"),
            carried: try row.decode("carried")
        )
    }

    /// The same tables behind a pool that lends no connection.
    package func closedDatabase() async throws -> Database {
        let database = fixture.migrated.database
        let pool = ConnectionPool(
            database.writer.connectionSettings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        await pool.close()
        return Database(
            writer: pool,
            reader: pool,
            signer: database.signer,
            clock: database.clock
        )
    }

    /// Makes every call in flight look lost.
    package func loseCalls() async throws {
        try await admin(
            """
            UPDATE ai_requests SET expires_at = clock_timestamp() - interval '1 second'
            WHERE state = 'in_flight'
            """
        )
    }

    package func differences() async throws -> [LedgerDifference] {
        try await ReconcileLedger(environment)()
    }

    /// One number of one statement.
    package func number(_ statement: SQL) async throws -> Int64 {
        let rows = try await fixture.migrated.admin(statement)
        return try rows[0].decode("n")
    }

    package struct Books: Hashable, Sendable {
        package var used: Int64
        package var held: Int64
        package var overage: Int64
        package var carried: Int64

        package init(used: Int64, held: Int64, overage: Int64 = 0, carried: Int64 = 0) {
            self.used = used
            self.held = held
            self.overage = overage
            self.carried = carried
        }
    }
}
