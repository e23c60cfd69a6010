import Domain
import Terminal

extension Console {
    /// How many rows of the shown list are marked.
    var markCount: Int { (trail.current?.content as? any ListScreen)?.markCount ?? 0 }

    /// Changes the marks of the shown list.
    mutating func changeMarks(_ body: (inout any ListScreen) -> [SlotAsk]) -> [Effect] {
        guard let visit = trail.current, var screen = visit.content as? any ListScreen else {
            return []
        }
        let asks = body(&screen)
        trail.set(screen, of: visit.id)
        return send(asks, from: visit.id)
    }

    /// Shows the plan of an action for all marked rows; nil when it has none for several.
    mutating func performOnMarks(_ action: Action) -> [Effect]? {
        guard markCount > 0, let use = Actions.markUse[action.id] else { return nil }
        switch use {
        case .each(let plan):
            guard let bulk = plan(self) else { return [] }
            return ask(bulk)
        case .form(let form):
            guard let form = form(self) else { return [] }
            return openForm(form)
        case .one, .noRow: return nil
        }
    }

    /// Shows the plan, or says why there is nothing to do.
    private mutating func ask(_ bulk: Bulk) -> [Effect] {
        guard !bulk.steps.isEmpty else {
            let reasons = bulk.left.prefix(3).map { "\($0.name): \($0.reason)" }
            toast("Nothing to do. \(reasons.joined(separator: "; ")).", .hint)
            return []
        }
        overlay = .bulk(BulkOverlay(bulk))
        return []
    }
}

extension Console {
    mutating func press(_ key: KeyEvent, in bulk: BulkOverlay) -> [Effect] {
        switch bulk.stage {
        case .asking(let dialog): return press(key, in: bulk, asking: dialog)
        case .running(let run):
            return key == KeyEvent(.escape) ? stop(bulk, run) : []
        case .ended(let run): return press(key, in: bulk, ended: run)
        }
    }

    private mutating func press(
        _ key: KeyEvent,
        in bulk: BulkOverlay,
        asking dialog: Dialog
    ) -> [Effect] {
        var bulk = bulk
        var dialog = dialog
        let outcome = dialog.handle(key)
        bulk.stage = .asking(dialog)
        overlay = .bulk(bulk)
        switch outcome {
        case .ignored, .changed: return []
        case .cancelled:
            overlay = nil
            return []
        case .confirmed(let reason):
            let first = bulk.bulk.steps.first?.ask(reason: reason ?? "")
            if let first, park(before: first) { return [] }
            bulk.stage = .running(BulkRun(reason: reason ?? ""))
            overlay = .bulk(bulk)
            return goOnWithBulk()
        }
    }

    /// Stops before the next row; asked twice it does not wait for this one either.
    private mutating func stop(_ bulk: BulkOverlay, _ run: BulkRun) -> [Effect] {
        var bulk = bulk
        var run = run
        guard run.isStopping else {
            run.isStopping = true
            bulk.stage = .running(run)
            overlay = .bulk(bulk)
            return []
        }
        run.outcomes.append(.failed("stopped waiting; the change may have been made"))
        let effects = cancel { $0 == .bulk }
        return effects + end(bulk, run)
    }

    private mutating func press(
        _ key: KeyEvent,
        in bulk: BulkOverlay,
        ended run: BulkRun
    ) -> [Effect] {
        var bulk = bulk
        var run = run
        switch key {
        case KeyEvent(.escape), KeyEvent(.enter):
            overlay = nil
            return []
        case KeyEvent(.character("t")):
            return bulk.again(after: run).map { ask($0) } ?? []
        case KeyEvent(.character("U")) where notices.undo != nil: return undo()
        case KeyEvent(.down), KeyEvent(.character("j")): run.scroll += 1
        case KeyEvent(.up), KeyEvent(.character("k")): run.scroll -= 1
        case KeyEvent(.pageDown): run.scroll += 10
        case KeyEvent(.pageUp): run.scroll -= 10
        default: return []
        }
        run.scroll = min(max(run.scroll, 0), max(0, bulk.results(of: run).count - 1))
        bulk.stage = .ended(run)
        overlay = .bulk(bulk)
        return []
    }
}

extension Console {
    /// Sends the next request of a run, or ends it.
    private mutating func goOnWithBulk() -> [Effect] {
        guard case .bulk(let bulk) = overlay, case .running(let run) = bulk.stage else {
            return []
        }
        let next = run.outcomes.count
        guard !run.isStopping, bulk.bulk.steps.indices.contains(next),
            let ask = bulk.bulk.steps[next].ask(reason: run.reason), mayStillSend(ask)
        else { return end(bulk, run) }
        let effects = send(ask, to: .bulk)
        return effects.isEmpty ? end(bulk, run) : effects
    }

    private func mayStillSend(_ ask: Ask) -> Bool {
        // Behind a sign-in nothing goes on by itself.
        guard gate == nil else { return false }
        if case .tenant(_, let tenant) = ask, !maySee(tenant) { return false }
        return !ask.needsElevation || standing.elevation != nil
    }

    /// Notes what came of a row that failed, before anybody else looks at the error.
    mutating func noteInBulk(_ error: DomainError, _ id: RequestID) {
        guard case .bulk(var bulk) = overlay, case .running(var run) = bulk.stage else { return }
        run.outcomes.append(.failed(sentence(error, requestID: id)))
        guard error.endsEveryRun else {
            bulk.stage = .running(run)
            overlay = .bulk(bulk)
            return
        }
        conclude(bulk, run)
        toast("\(bulk.bulk.title), stopped: \(bulk.summary(of: run)).", .failure)
    }

    /// Notes what came of a row, and goes on with the next.
    mutating func takeInBulk(_ result: Result<ConsoleAnswer, DomainError>) -> [Effect] {
        guard case .bulk(var bulk) = overlay else { return [] }
        guard case .running(var run) = bulk.stage else { return reload(isExplicit: true) }
        if case .success(let answer) = result, bulk.bulk.steps.indices.contains(run.outcomes.count)
        {
            let step = bulk.bulk.steps[run.outcomes.count]
            run.outcomes.append(.done(step.takeBack(after: answer)))
            bulk.stage = .running(run)
            overlay = .bulk(bulk)
            let context = context
            trail.change { $0.note(answer, context) }
        }
        return goOnWithBulk()
    }

    private mutating func end(_ bulk: BulkOverlay, _ run: BulkRun) -> [Effect] {
        conclude(bulk, run)
        return reload(isExplicit: true)
    }

    /// Shows what came of all rows; those that are done lose their marks.
    private mutating func conclude(_ bulk: BulkOverlay, _ run: BulkRun) {
        var bulk = bulk
        bulk.stage = .ended(run)
        overlay = .bulk(bulk)
        // What could not be taken back can be tried again.
        let back = bulk.bulk.takesBack ? bulk.again(after: run) : bulk.takingBack(run)
        forgetUndo()
        notices.undo = back.map { back in
            Undo(
                label: back.title,
                work: .many(back),
                tenant: bulk.bulk.tenant,
                until: surroundings.now.advanced(by: .seconds(60))
            )
        }
        var done: Set<String> = []
        for (step, outcome) in zip(bulk.bulk.steps, run.outcomes) {
            if case .done = outcome { done.insert(step.id) }
        }
        _ = changeMarks { screen in
            screen.unmark(done)
            return []
        }
    }
}

extension DomainError {
    /// Whether no other row would fare better.
    fileprivate var endsEveryRun: Bool {
        switch kind {
        case .unavailable, .unauthenticated: true
        default: code == .readOnly || code == .supportSessionEnded
        }
    }
}
