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
        toast("\(sentence)\(Undo.invitation)", .success)
    }

    mutating func undo() -> [Effect] {
        guard let undo = notices.undo else { return [] }
        notices.undo = nil
        notices.toasts.removeAll { $0.text.hasSuffix(Undo.invitation) }
        switch undo.work {
        case .one(let ask): return send(ask, to: .root(.undo(undo)))
        case .many(let bulk): return run(bulk)
        }
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
    mutating func end() -> [Effect] { (isExporting ? cancelExport() : []) + [.quit] }

    mutating func leave() -> [Effect] {
        let changes = requests.pending.values.count { $0.writes }
        guard changes > 0 else { return end() }
        overlay = .dialog(.quit(changes: changes))
        return []
    }
}

extension Artifact {
    /// The name as toasts show it.
    var shortName: String { name.count > 40 ? String(name.prefix(39)) + "…" : name }
}
