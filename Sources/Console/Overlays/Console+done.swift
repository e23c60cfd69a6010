import Domain

extension Console {
    mutating func offerUndo(
        _ label: String,
        _ ask: Ask,
        in tenant: TenantRef?,
        after sentence: String
    ) {
        let until = surroundings.now.advanced(by: .seconds(60))
        notices.undo = Undo(label: label, work: .one(ask), tenant: tenant, until: until)
        toast("\(sentence) \(key("undo")) undoes it for a minute.", .success)
        notices.toasts[notices.toasts.count - 1].offersUndo = true
    }

    /// Shows what taking the last change back will do.
    mutating func undo() -> [Effect] {
        guard let undo = notices.undo else { return [] }
        switch undo.work {
        case .one(let ask): overlay = .dialog(.takeBack(undo, ask))
        case .many(let bulk): overlay = .bulk(BulkOverlay(bulk))
        }
        return []
    }

    /// Takes the change back; it can be tried again until that has succeeded.
    mutating func carryOut(_ question: UndoQuestion) -> [Effect] {
        if park(before: question.ask) { return [] }
        overlay = nil
        return send(question.ask, to: .root(.undo(question.undo)))
    }

    /// Whether the last change is on its way back.
    var isTakingBack: Bool {
        requests.first { route in
            if case .root(.undo) = route { true } else { false }
        } != nil
    }

    /// Forgets what took the last change back: there is a newer one, or somebody else is here.
    mutating func forgetUndo() {
        notices.undo = nil
        notices.toasts.removeAll(where: \.offersUndo)
    }
}

extension Console {
    /// Hands a changed value to every screen that shows it, and loads the shown one again.
    mutating func settleAfterWrite(_ answer: ConsoleAnswer) -> [Effect] {
        let context = context
        trail.change { $0.note(answer, context) }
        return reload(isExplicit: false)
    }

    /// Ends the console; a file that is not whole goes away first.
    mutating func end() -> [Effect] { (hasExport ? cancelExport() : []) + [.quit] }

    /// Whether somebody has just left, and only a note was on its way.
    var isLeaving: Bool { notices.leavingUntil.map { surroundings.now < $0 } ?? false }

    /// Ends it, after a question where a change is on its way.
    ///
    /// What nobody waits for is waited for without a question, once.
    mutating func leave() -> [Effect] {
        let changes = requests.pending.values.filter(\.writes)
        guard !changes.isEmpty else { return end() }
        if !isLeaving, changes.allSatisfy({ $0.route == .root(.quiet) }) {
            notices.leavingUntil = surroundings.now.advanced(by: .seconds(2))
            return []
        }
        overlay = .dialog(.quit(changes: changes.count))
        return []
    }
}

extension Artifact {
    /// The name as toasts show it.
    var shortName: String { name.count > 40 ? String(name.prefix(39)) + "…" : name }
}
