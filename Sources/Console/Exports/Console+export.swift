import Domain
import Terminal

extension Console {
    /// Asks under which name and in which format the shown list is to be written.
    mutating func askExport() -> [Effect] {
        guard let content = trail.current?.content as? any ListScreen else { return [] }
        return openForm(.export(content, at: surroundings.now))
    }

    /// Writes the shown list, as it is filtered, to a new file.
    mutating func export(to path: String, _ format: ExportFormat) -> [Effect] {
        if let screen = trail.current?.content as? AuditScreen {
            let wish = AuditExportWish(filter: screen.query.filter, format: format, path: path)
            return send(screen.place.ask(.export(wish)), to: .root(.export(.signed)))
        }
        guard let content = trail.current?.content as? any ListScreen else { return [] }
        return begin(ListExport(content, to: .file(path, format)))
    }

    /// Collects the shown list, as it is filtered, for the operator's pager.
    mutating func openPager() -> [Effect] {
        guard let content = trail.current?.content as? any ListScreen else { return [] }
        return begin(ListExport(content, to: .pager))
    }

    private mutating func begin(_ export: ListExport) -> [Effect] {
        let effects = dropExport()
        notices.export = export
        return effects + send(.file(export.begin), to: .root(.export(.begin)))
    }

    /// Whether a list is on its way into a file.
    var isExporting: Bool { requests.first(where: \.isExport) != nil }

    /// The same, or one is ready for the pager.
    var hasExport: Bool { isExporting || notices.export?.isReady == true }

    /// Opens the pager that has been waiting, when nothing is open over the screen any more.
    mutating func openWaitingPager() -> [Effect] {
        guard var export = notices.export, export.isReady, let file = export.file,
            overlay == nil, gate == nil, !notices.isEditing
        else { return [] }
        export.isReady = false
        notices.export = export
        return send(.file(.finish(file)), to: .root(.export(.finish)))
    }

    /// Stops the export; its file goes away.
    mutating func cancelExport() -> [Effect] {
        let effects = cancel(where: \.isExport)
        toast("Stopped the export; no file was kept.", .hint)
        return effects + dropExport()
    }

    /// Forgets the export and what it has written so far.
    mutating func dropExport() -> [Effect] {
        guard let export = notices.export else { return [] }
        notices.export = nil
        guard let file = export.file else { return [] }
        return send(.file(.discard(file)), to: .root(.discard))
    }

    /// The same where a tenant may no longer be seen.
    mutating func dropExport(of tenant: TenantID) -> [Effect] {
        let pending = requests.first(where: \.isExport)
        guard notices.export?.tenant?.id == tenant || pending?.route == .root(.export(.signed))
        else { return [] }
        return cancel(where: \.isExport) + dropExport()
    }
}

extension Console {
    /// Goes on with an export when one of its steps is done.
    mutating func take(
        _ result: Result<ConsoleAnswer, DomainError>,
        of step: ExportStep,
        id: RequestID
    ) -> [Effect] {
        switch result {
        case .failure(let error):
            toast(error, .failure, requestID: id)
            return dropExport()
        case .success(let answer): return take(answer, of: step)
        }
    }

    private mutating func take(_ answer: ConsoleAnswer, of step: ExportStep) -> [Effect] {
        if case .exported(let file) = answer {
            let rows = Format.plural(file.rows, "event")
            toast("Wrote \(rows) to \(file.path), with a signed digest beside it.", .success)
            return []
        }
        guard var export = notices.export else { return [] }
        switch (step, answer) {
        case (.begin, .file(let path)):
            export.file = path
            notices.export = export
            return askPage(of: export)
        case (.page, let answer):
            let context = context
            guard let file = export.file, let text = export.text(of: answer, context) else {
                return dropExport()
            }
            notices.export = export
            return send(.file(.append(file, text: text)), to: .root(.export(.append)))
        case (.append, _) where export.next != nil: return askPage(of: export)
        case (.append, _):
            guard let file = export.file else { return dropExport() }
            if export.target == .pager {
                export.isReady = true
                notices.export = export
                return openWaitingPager()
            }
            return send(.file(.finish(file)), to: .root(.export(.finish)))
        case (.finish, _): return finished(export)
        default: return dropExport()
        }
    }

    private mutating func askPage(of export: ListExport) -> [Effect] {
        guard let ask = export.source.exportAsk(after: export.next) else { return dropExport() }
        let effects = send(ask, to: .root(.export(.page)))
        return effects.isEmpty ? dropExport() : effects
    }

    private mutating func finished(_ export: ListExport) -> [Effect] {
        notices.export = nil
        guard let file = export.file else { return [] }
        if export.target == .pager {
            notices.isEditing = true
            notices.isPaging = true
            return [.page(file)]
        }
        toast("Wrote \(Format.plural(export.rows, "row")) to \(file).", .success)
        return []
    }

    /// How far the export is, for the status line; nil when there is none.
    var exportProgress: String? {
        if notices.export?.isReady == true, !isExporting {
            return "The list waits for the pager until this is closed."
        }
        guard let pending = requests.first(where: \.isExport) else { return nil }
        let back = key("back")
        let rows = notices.export.map { Int64($0.rows) } ?? 0
        guard let headway = pending.progress, let fraction = headway.fraction else {
            return "Exporting … \(Format.plural(rows, "row")) · \(back) stops"
        }
        return "Exporting \(Format.bar(fraction)) · \(back) stops"
    }
}

extension Route {
    var isExport: Bool {
        if case .root(.export) = self { return true }
        return false
    }
}

/// A step of an export that is waited for.
enum ExportStep: Hashable, Sendable {
    case begin
    case page
    case append
    case finish
    /// All of it, done and signed elsewhere.
    case signed
}

extension Format {
    /// Twelve cells and a percentage.
    static func bar(_ fraction: Double) -> String {
        let filled = Int(fraction * 12)
        let full = String(repeating: "█", count: filled)
        let free = String(repeating: "░", count: 12 - filled)
        return "\(full)\(free) \(Int(fraction * 100)) %"
    }
}
