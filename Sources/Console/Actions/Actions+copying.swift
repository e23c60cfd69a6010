import Domain
import Terminal

extension Actions {
    /// The screens with something to copy.
    static let copyable: Set<ScreenKind> = [
        .tenants, .workspaces, .sessions, .tenant, .members, .roles, .invitations, .grants,
        .artifacts, .artifact, .audit, .trail, .event, .trailEvent, .keys, .users, .user,
        .operators, .visits, .stays,
        .consents, .calls, .call, .requests, .holds, .copies,
    ]

    /// What goes to the clipboard at the other end.
    static let copying: [Action] = [
        Action(
            id: "copyrow",
            keys: ["Y"],
            label: "copy row",
            help: "Copy the selected row, or each marked one, as a line of JSON.",
            screens: copyable,
            run: { $0.copyRows() }
        )
    ]
}

extension Console {
    /// More than this many bytes no common terminal takes from a program.
    static let clipboardLimit = 56_000

    /// The ids of the marked rows, else the one of the selected row or the shown object.
    mutating func copyID() -> [Effect] {
        let ids: [String]
        if let screen = trail.current?.content as? any ListScreen {
            ids = screen.idsToCopy
        } else {
            ids = shownID.map { [$0] } ?? []
        }
        guard let first = ids.first else { return nothingToCopy() }
        let words = ids.count == 1 ? first : Format.plural(ids.count, "id")
        return copy(ids.joined(separator: "\n"), as: words)
    }

    mutating func copyRows() -> [Effect] {
        let rows: [JSONValue]
        if let screen = trail.current?.content as? any ListScreen {
            rows = screen.rowsToCopy
        } else {
            rows = shownValue.map { [$0] } ?? []
        }
        guard !rows.isEmpty else { return nothingToCopy() }
        let text = rows.map(\.canonical).joined(separator: "\n")
        let size = Format.bytes(Int64(text.utf8.count))
        return copy(text, as: "\(Format.plural(rows.count, "row")) as JSON (\(size))")
    }

    private mutating func nothingToCopy() -> [Effect] {
        toast("There is nothing to copy here.", .hint)
        return []
    }

    private mutating func copy(_ text: String, as words: String) -> [Effect] {
        guard text.utf8.count <= Self.clipboardLimit else {
            let size = Format.bytes(Int64(text.utf8.count))
            let limit = Format.bytes(Int64(Self.clipboardLimit))
            toast(
                "Nothing was copied: it is \(size), and terminals take at most \(limit).",
                .failure
            )
            return []
        }
        toast("Copied \(words).", .success)
        return [.copy(text)]
    }

    /// The id of the object that a screen without a list shows.
    private var shownID: String? {
        switch trail.current?.content {
        case is ArtifactScreen: selectedArtifact?.id.description
        case is AuditEventScreen: selectedEvent?.id.description
        case is UserScreen: selectedAccount?.id.description
        case is CallScreen: selectedCall?.id.description
        case let screen as TenantScreen: screen.place.id.description
        default: nil
        }
    }

    private var shownValue: JSONValue? {
        let value: (any CopiedValue)? =
            switch trail.current?.content {
            case is ArtifactScreen: selectedArtifact
            case is AuditEventScreen: selectedEvent
            case is UserScreen: selectedAccount
            case let screen as TenantScreen: screen.detail?.tenant
            default: nil
            }
        return value.map { .object($0.fieldsToCopy) }
    }
}

extension ListScreen {
    /// The marked rows, else the selected one.
    private var picked: [(id: ItemID, item: Item)] {
        if list.marks.count > 0 { return list.marked }
        guard let id = list.table.selection, let item = list.items[id] else { return [] }
        return [(id, item)]
    }

    var idsToCopy: [String] {
        picked.map { id, item in
            // The row of an event is known by its number; people want the event's id.
            if case .string(let own)? = (item as? any CopiedValue)?.fieldsToCopy["id"] {
                return own
            }
            return "\(id)"
        }
    }

    var rowsToCopy: [JSONValue] {
        picked.map { id, item in
            if let value = item as? any CopiedValue { return .object(value.fieldsToCopy) }
            return .object(cells(of: id))
        }
    }

    /// What the row shows, by the names of its columns.
    private func cells(of id: ItemID) -> [String: JSONValue] {
        var fields: [String: JSONValue] = ["id": .string("\(id)")]
        guard let row = list.table.rows.first(where: { $0.id == id }) else { return fields }
        for (column, cell) in zip(list.table.columns, row.cells) {
            let name = column.id.hasPrefix("-") ? String(column.id.dropFirst()) : column.id
            fields[name] = .string(cell.text.string)
        }
        return fields
    }
}
