import Domain
import Terminal

// DESIGN
//
//      asking ──confirmed──▶ running ──last one answered, or stopped──▶ ended
//        ▲                                                               │
//        └───────────────── the failed ones are tried again ─────────────┘
//
// 1. One request at a time: the next is sent when the last was answered, so that stopping always
//    means "before the next one" and says exactly how far it came.
// 2. What is not about the row (no connection, no right any more) ends the run; the rest counts as
//    not tried, and can be tried again.

/// One change for several rows: its plan, then how far it is, then what came of it.
struct BulkOverlay: Hashable, Sendable {
    let bulk: Bulk
    var stage: Stage

    enum Stage: Hashable, Sendable {
        case asking(Dialog)
        case running(BulkRun)
        case ended(BulkRun)
    }

    init(_ bulk: Bulk) {
        self.bulk = bulk
        stage = .asking(bulk.plan)
    }

    var isAsking: Bool {
        if case .asking = stage { true } else { false }
    }

    /// Whether something was typed that confirming would use.
    var holdsWork: Bool {
        if case .asking(let dialog) = stage { dialog.demand != .init() } else { false }
    }
}

/// How far a change of several rows is.
struct BulkRun: Hashable, Sendable {
    let reason: String
    /// What came of the steps so far, in their order.
    var outcomes: [Outcome] = []
    var isStopping = false
    /// The first line of the results that is shown.
    var scroll = 0

    enum Outcome: Hashable, Sendable {
        case done(TakeBack?)
        case failed(String)
    }

    var done: Int {
        outcomes.count { outcome in
            if case .done = outcome { true } else { false }
        }
    }

    var failed: Int { outcomes.count - done }
}

extension BulkOverlay {
    /// What failed and what was not tried, as a change of its own; nil when there is nothing.
    func again(after run: BulkRun) -> Bulk? {
        var again = bulk
        again.left = []
        again.steps = bulk.steps.enumerated().compactMap { index, step in
            guard run.outcomes.indices.contains(index) else { return step }
            if case .failed = run.outcomes[index] { return step }
            return nil
        }
        return again.steps.isEmpty ? nil : again
    }

    /// What takes back what was done, the last first; nil where nothing does.
    func takingBack(_ run: BulkRun) -> Bulk? {
        var steps: [Bulk.Step] = []
        for (step, outcome) in zip(bulk.steps, run.outcomes).reversed() {
            guard case .done(let takeBack?) = outcome else { continue }
            steps.append(Bulk.Step(id: step.id, name: takeBack.label, work: .ask(takeBack.ask)))
        }
        guard !steps.isEmpty else { return nil }
        return Bulk(
            verb: "Take back",
            noun: "change",
            consequences: ["Both are on record. Undone by: making the changes again."],
            tenant: bulk.tenant,
            steps: steps,
            takesBack: true
        )
    }

    /// `3 done, 1 failed, 2 not tried, 1 left out`.
    func summary(of run: BulkRun) -> String {
        let rest = bulk.steps.count - run.outcomes.count
        return [
            (run.done, "done"), (run.failed, "failed"), (rest, "not tried"),
            (bulk.left.count, "left out"),
        ].filter { $0.0 > 0 || $0.1 == "done" }.map { "\(Format.count($0.0)) \($0.1)" }
            .joined(separator: ", ")
    }

    /// What came of each row: the failed first, then those not tried, left out, and done.
    ///
    /// Names stay as they are; what is said of them is put into another language by `said`.
    func results(
        of run: BulkRun,
        _ said: (String) -> String = { $0 }
    ) -> [(text: String, role: Terminal.Role)] {
        var failed: [(String, Terminal.Role)] = []
        var rest: [(String, Terminal.Role)] = []
        var done: [(String, Terminal.Role)] = []
        for (index, step) in bulk.steps.enumerated() {
            guard run.outcomes.indices.contains(index) else {
                rest.append(("– \(step.name): \(said("not tried"))", .muted))
                continue
            }
            switch run.outcomes[index] {
            case .failed(let reason): failed.append(("✗ \(step.name): \(said(reason))", .error))
            case .done: done.append(("✓ \(step.name)", .good))
            }
        }
        let left = bulk.left.map { row in
            ("– \(row.name): \(said("left out")), \(said(row.reason))", Terminal.Role.muted)
        }
        return (failed + rest + left + done).map { (text: $0.0, role: $0.1) }
    }
}
