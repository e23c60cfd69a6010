import Domain

@testable import Console

extension World {
    static func call(
        _ number: Int,
        _ state: AICall.State,
        model: String = "offline/writer",
        cancelled: Bool = false
    ) -> AICallRecord {
        AICallRecord(
            id: id(600 + number),
            caller: AICallCaller(
                user: number % 3 == 0 ? nil : omar.id,
                key: nil,
                channel: number % 3 == 0 ? .public : .api,
                purpose: number % 2 == 0 ? "chat" : "content"
            ),
            way: AICallWay(
                model: model,
                targets: [model],
                route: "answers",
                prompt: id(620),
                promptVersion: 3
            ),
            state: state,
            usage: TokenUsage(input: Int64(number) * 900, output: Int64(number) * 300, cached: 40),
            money: AICallMoney(
                charge: Int64(number) * 12_345_678,
                priceVersion: ago(90_000),
                isEstimated: number == 2
            ),
            times: AICallTimes(
                reserved: ago(Int64(number)),
                expires: now,
                cancelRequested: cancelled ? now : nil,
                ended: state == .inFlight ? nil : ago(Int64(number) - 1)
            )
        )
    }

    static let calls = [
        call(1, .inFlight), call(2, .inFlight, cancelled: true),
        call(3, .inFlight, model: hostileNames[0]),
    ]

    static let endedCalls =
        calls + [
            call(4, .settled), call(5, .rejected), call(6, .expired), call(7, .settledLate),
        ]

    static let explanation = AICallExplanation(
        record: endedCalls[3],
        output: .init(
            estimatedInput: 4_000,
            asked: 2_000,
            cap: 1_024,
            held: 1_024,
            overhead: 200,
            isDegraded: true,
            isShortened: true,
            refusedBy: nil,
            finish: "stop",
            failure: nil
        ),
        attempts: [
            .init(
                number: 1,
                provider: "acme-ai",
                model: "acme-ai/large",
                sent: true,
                outcome: "failed",
                billable: "no",
                failure: "rate_limited",
                httpStatus: 429,
                startedAt: ago(4),
                firstByteAt: nil,
                endedAt: ago(4)
            ),
            .init(
                number: 2,
                provider: "offline",
                model: "offline/writer",
                sent: true,
                outcome: "answered",
                billable: "yes",
                failure: nil,
                httpStatus: 200,
                startedAt: ago(4),
                firstByteAt: ago(4),
                endedAt: ago(3)
            ),
        ],
        holds: [
            .init(
                budget: id(400),
                scope: .tenant,
                metric: .tokens,
                period: .day,
                periodStart: ago(2_000),
                amount: 0,
                charged: 4_840
            ),
            .init(
                budget: id(401),
                scope: .user,
                metric: .cost,
                period: .month,
                periodStart: ago(614),
                amount: 0,
                charged: 49_382_712
            ),
        ],
        price: ModelPrice(
            model: "offline/writer",
            effectiveFrom: ago(90_000),
            input: 2_500_000,
            output: 10_000_000,
            cached: 1_250_000,
            cacheWrite: 2_500_000,
            reasoning: 10_000_000
        )
    )

    static let alerts: [ListedAlert] = [alert(0), alert(80), alert(100)]

    private static func alert(_ threshold: Int) -> ListedAlert {
        let budget = budgets[threshold == 80 ? 0 : 1]
        let used: Int64 = threshold == 80 ? 4_000_100 : 20_000_000_000
        let id = ListedAlert.ID(
            budget: budget.id,
            periodStart: ago(614),
            threshold: threshold
        )
        return ListedAlert(
            id: id,
            scope: budget.scope,
            scopeID: budget.scopeID,
            metric: budget.metric,
            used: used,
            hard: budget.limits.hard,
            raisedAt: ago(Int64(300 - threshold)),
            acknowledgedAt: nil,
            acknowledgedBy: nil
        )
    }

    static func answer(_ request: AIRequest) -> AIAnswer {
        switch request {
        case .calls(let filter, _):
            return .calls(page(filter.state == .inFlight ? calls : endedCalls))
        case .call: return .call(explanation)
        case .cancel: return .cancelled(call(1, .inFlight, cancelled: true))
        case .alerts: return .alerts(page(alerts))
        case .acknowledge(let id):
            return .acknowledged(alerts.first { $0.id == id } ?? alerts[0])
        case .create(let draft):
            return .created(
                Budget(
                    id: id(409),
                    scope: draft.scope,
                    scopeID: draft.holder,
                    metric: draft.metric,
                    period: draft.period,
                    limits: draft.limits,
                    enabled: true,
                    use: BudgetUse(periodStart: now, used: 0, held: 0)
                )
            )
        case .reset(let id, _):
            var budget = budgets.first { $0.id == id } ?? budgets[0]
            budget.use.used = 0
            return .wasReset(budget)
        case .keyNames(let ids):
            let names = ids.map { id in (id, keys.first { $0.id == id }?.name ?? "") }
            return .keyNames(Dictionary(names) { first, _ in first })
        case .change(let id, let edit, let version):
            let budget = budgets.first { $0.id == id } ?? budgets[0]
            var changed = (try? edit.applied(to: budget)) ?? budget
            changed.version = version + 1
            return .budget(changed)
        }
    }
}
