import Domain
package import Observability
package import Operations
import Synchronization

// DESIGN
//
// 1. Every process that makes calls gives signs of life for itself.
// 2. Everything else is done by one process of all: `leads` asks for the lock anew each turn, so
//    another follows when the leader is gone.

extension Errand {
    /// What keeps the books of AI use in order: one errand each.
    ///
    /// - Parameters:
    ///   - environment: With pools of its own.
    ///   - pulse: With a connection that nothing else uses: no other errand holds a sign of life up.
    ///   - metrics: What gauges are shown by.
    ///   - callDays: How old calls become before they are forgotten; 0: they stay.
    ///   - leads: Whether this process is the one that does what one is enough for.
    /// - Returns: The errands; each has a loop of its own.
    package static func ledger(
        _ environment: Environment,
        pulse: Environment,
        metrics: LedgerMetrics,
        callDays: Int,
        leads: @escaping @Sendable () async -> Bool
    ) -> [Errand] {
        let reconciled = DailyMark()
        return [
            Errand("ai_heartbeat", every: .seconds(10)) {
                try await BeatHeart(pulse)()
                metrics.closedLines(ShowClosedLines(pulse)())
                return Turn()
            },
            Errand("ai_tally", every: .seconds(5)) {
                count(pulse.calls.tally.take(), metrics)
                return Turn()
            },
            Errand("ai_restored", every: .seconds(10)) {
                let restored = pulse.calls.takeRestored()
                metrics.restored(restored.count)
                return Turn(notes: restored.map(note))
            },
            Errand("ai_refused_keys", every: .seconds(10)) {
                Turn(notes: TakeRefusedKeys(pulse)().map(note))
            },
            Errand("ai_sweep", every: .seconds(5)) {
                guard await leads() else { return Turn() }
                return try await sweep(environment, metrics)
            },
            Errand("ai_alerts", every: .seconds(5)) {
                guard await leads() else { return Turn() }
                return Turn(outcomes: ["told": try await TellAlerts(environment)()])
            },
            Errand("ai_usage", every: .seconds(60)) {
                guard await leads() else { return Turn() }
                try await RollUpUsage(environment)(hours: 2)
                return Turn()
            },
            Errand("ai_books", every: .seconds(60)) {
                guard await leads(), reconciled.isDue() else { return Turn() }
                do {
                    let turn = try await reconcile(environment, metrics)
                    reconciled.note(isDone: true)
                    return turn
                } catch {
                    reconciled.note(isDone: false)
                    metrics.reconciliationFailed()
                    throw error
                }
            },
            Errand("ai_replies", every: .seconds(3_600)) {
                guard await leads() else { return Turn() }
                try await ForgetReplies(environment)()
                return Turn()
            },
            // Comes again at once while there is something to forget.
            Errand("ai_pruning", every: .seconds(300)) {
                guard callDays > 0, await leads() else { return Turn() }
                let forgotten = try await PruneCalls(environment)(olderThanDays: callDays)
                metrics.forgotten(forgotten)
                return Turn(outcomes: ["forgotten": forgotten])
            },
        ]
    }

    private static func count(_ figures: CallTally.Figures, _ metrics: LedgerMetrics) {
        for (state, count) in figures.ended { metrics.ended(count, state.rawValue) }
        for (code, count) in figures.refused { metrics.refused(count, code.rawValue) }
        for (failure, count) in figures.failures {
            metrics.failed(count, at: failure.provider, failure.reason.rawValue)
        }
        metrics.took(
            read: figures.tokensRead,
            written: figures.tokensWritten,
            chargeNano: figures.chargeNano
        )
    }

    private static func sweep(
        _ environment: Environment,
        _ metrics: LedgerMetrics
    ) async throws -> Turn {
        var failed = 0
        let ended = try await SweepCalls(environment)(onFailure: { _ in failed += 1 })
        let standing = try await ShowLedgerStanding(environment)()
        metrics.standing(
            inFlight: standing.inFlight,
            overdue: standing.overdue,
            alerts: standing.alerts,
            excessNano: standing.excessNano
        )
        var turn = Turn(outcomes: ["expired": ended])
        if ended > 0 {
            turn.notes.append(
                Note("AI calls were lost", ["calls": "\(ended)"], isFailure: true)
            )
        }
        if failed > 0 {
            turn.notes.append(
                Note("lost AI calls could not be ended", ["calls": "\(failed)"], isFailure: true)
            )
        }
        return turn
    }

    /// The sums of two days are made anew first; then every difference gets a line of its own.
    private static func reconcile(
        _ environment: Environment,
        _ metrics: LedgerMetrics
    ) async throws -> Turn {
        try await RollUpUsage(environment)(hours: 48)
        let differences = try await ReconcileLedger(environment)(days: 31)
        metrics.differences(differences.count)
        return Turn(notes: differences.map(note))
    }

    private static func note(_ call: CallsInHand.Restored) -> Note {
        Note(
            "a call that the database had lost was written down again",
            ["call": call.id.description, "tenant": call.tenant.description],
            isFailure: true
        )
    }

    private static func note(_ key: RefusedKey) -> Note {
        Note(
            key.status == 402
                ? "the credit at a provider of models is used up; it is left alone for 5 minutes"
                : "a provider of models refused our key; it is left alone for 5 minutes",
            [
                "provider": key.provider, "model": key.model,
                "status": key.status.map { "\($0)" } ?? "none",
            ],
            isFailure: true
        )
    }

    private static func note(_ difference: LedgerDifference) -> Note {
        Note(
            "the books of AI use differ",
            [
                "kind": difference.kind.rawValue,
                "tenant": difference.tenant.description,
                "budget": difference.budget?.description ?? "",
                "period": difference.periodStart?.rfc3339 ?? "",
                "call": difference.request?.description ?? "",
                "expected": "\(difference.expected)",
                "found": "\(difference.found)",
            ].filter { !$0.value.isEmpty },
            isFailure: true
        )
    }
}

/// When something is due next that is done once a day, at once by a new leader, and again an hour
/// after it failed.
final class DailyMark: Sendable {
    private let next = Mutex<ContinuousClock.Instant?>(nil)

    func isDue(at now: ContinuousClock.Instant = .now) -> Bool {
        next.withLock { $0.map { $0 <= now } ?? true }
    }

    func note(isDone: Bool, at now: ContinuousClock.Instant = .now) {
        next.withLock { $0 = now + .seconds(isDone ? 86_400 : 3_600) }
    }
}
