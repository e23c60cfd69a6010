import Domain
import Foundation
import Sealing
import Storage

/// The places in a call's life at which a process can end.
enum ProbePoint: String {
    case beforeReserveCommits
    case afterReserve
    case afterSent
    case beforeExtendCommits
    case afterExtend
    case beforeSettleCommits
    case afterSettle
    case beforeReleaseCommits
    case afterRelease
}

/// Makes calls as a process of the gateway does, one statement a step.
struct ProbeCaller: Sendable {
    let database: Database
    let tenant: TenantID
    private let node = UUID()
    private let target = CallTarget(provider: "offline", model: "offline/search")

    init(_ database: Database, _ tenant: String) throws {
        guard let tenant = TenantID(tenant) else {
            throw DomainError.invalid("tenant", "must be a UUID")
        }
        self.database = database
        self.tenant = tenant
    }

    /// A call that is made and settled.
    func pair() async throws {
        guard let ticket = try await reserve(dying: false) else {
            throw DomainError(.internal, .internalError, "A call was refused.")
        }
        try await run(settlement(ticket, 300))
    }

    /// One call that is not survived.
    func call(dyingAt point: ProbePoint) async throws {
        guard let ticket = try await reserve(dying: point == .beforeReserveCommits) else { return }
        die(point, at: .afterReserve)
        let attempt = CallAttempt(number: 1, target: target, isSent: true)
        try await run(CallLedger.note(attempt, of: ticket))
        die(point, at: .afterSent)
        let extend = CallLedger.extend(ticket, isTopUp: false, streamed: 800)
        try await run(extend, dying: point == .beforeExtendCommits)
        die(point, at: .afterExtend)
        if point == .beforeReleaseCommits || point == .afterRelease {
            let release = CallLedger.release(ticket, failure: "provider_error", [attempt])
            try await run(release, dying: point == .beforeReleaseCommits)
        } else {
            try await run(settlement(ticket, 900), dying: point == .beforeSettleCommits)
        }
        kill(getpid(), SIGKILL)
    }

    /// Calls without end, eight at once; every one that was answered is told by a dot, also a
    /// refusal: who counts them waits for no call that a limit keeps back.
    func load() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while true { try await one() }
                }
            }
            try await group.waitForAll()
        }
    }

    private func one() async throws {
        let ticket = try await reserve(dying: false)
        FileHandle.standardOutput.write(Data(".".utf8))
        guard let ticket else { return }
        if Bool.random() {
            try await run(CallLedger.extend(ticket, isTopUp: false, streamed: 500))
        }
        switch Int.random(in: 0..<4) {
        case 0: try await run(CallLedger.release(ticket, failure: nil, []))
        case 1:
            // Two of the same, as when the first one's outcome was lost.
            try await run(settlement(ticket, 700))
            try await run(settlement(ticket, 900))
        default: try await run(settlement(ticket, Int64.random(in: 0...1_024)))
        }
    }

    private func settlement(_ ticket: CallTicket, _ written: Int64) -> Statement {
        CallLedger.settle(
            ticket,
            CallOutcome(
                target: target,
                usage: TokenUsage(input: 100, output: written),
                finish: "stop",
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
        )
    }

    private func reserve(dying: Bool) async throws -> CallTicket? {
        let draft = CallDraft(
            id: AICallID(Random.uuidV7(now: SystemClock.live.now().microseconds)),
            principal: .visitor(tenant: tenant, visitor: "probe"),
            channel: .api,
            purpose: "probe",
            targets: [target],
            inputTokens: 100,
            outputCap: 2_048
        )
        let statement = CallLedger.reserve(draft, node: node)
        return try await database.system(reason: .aiGateway, tenant: tenant) { scope in
            let rows = try dying ? scope.query(statement) : scope.last([statement])[0]
            if dying { kill(getpid(), SIGKILL) }
            guard let row = rows.first, case .held(let ticket) = try ReserveAnswer(row, for: draft)
            else { return nil }
            return ticket
        }
    }

    private func run(_ statement: Statement, dying: Bool = false) async throws {
        try await database.system(reason: .aiGateway, tenant: tenant) { scope in
            _ = try dying ? scope.query(statement) : scope.last([statement])[0]
            if dying { kill(getpid(), SIGKILL) }
        }
    }

    private func die(_ wanted: ProbePoint, at point: ProbePoint) {
        if wanted == point { kill(getpid(), SIGKILL) }
    }
}
