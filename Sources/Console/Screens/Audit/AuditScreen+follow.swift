import Domain
import Terminal

// DESIGN
//
// While a trail is followed one request waits for its next event, elsewhere; nothing on the screen
// moves for it and the terminal gets no byte. When an event came, the first page is loaded anew:
// the list announces what is new, or shows it where the selection is at the top.

extension AuditScreen {
    /// What waits for the next event; nothing while the trail is not followed.
    var followAsk: [SlotAsk] {
        isFollowing ? [SlotAsk(.follow, place.ask(.wait(after: followed)))] : []
    }

    /// Begins or ends following.
    mutating func toggleFollowing() -> [SlotAsk] {
        isFollowing.toggle()
        followed = 0
        return followAsk
    }

    /// Takes the number of the last event.
    mutating func takeHead(_ seq: Int64) -> [SlotAsk] {
        guard isFollowing else { return [] }
        guard seq > followed else { return followAsk }
        followed = seq
        return listAsk(.refresh) + followAsk
    }

    /// Takes the newest page; who is at the top, or has just gone there, is at the top of it.
    mutating func takeNewest(
        _ answer: ConsoleAnswer,
        at place: ListPlace,
        _ context: ScreenContext
    ) {
        let isAtTop = place == .first || (list.table.selectedIndex ?? 0) == 0
        // Whoever stands at the top while following sees the newest there.
        let shown = isFollowing && isAtTop ? .first : place
        takePage(answer, for: .list(shown), context)
        if isFollowing, isAtTop, let first = list.table.rows.first { list.table.select(first.id) }
    }
}

extension Console {
    mutating func toggleFollowing() -> [Effect] {
        guard let visit = trail.current, var screen = visit.content as? AuditScreen else {
            return []
        }
        let effects = cancel { $0 == .screen(visit.id, .follow) }
        let asks = screen.toggleFollowing()
        trail.set(screen, of: visit.id)
        toast(screen.isFollowing ? "Following; F stops it." : "No longer following.", .hint)
        return effects + send(asks, from: visit.id)
    }

    /// Opens the filter with what asks for a time in the past.
    mutating func askMoment() -> [Effect] {
        guard let screen = trail.current?.content as? AuditScreen else { return [] }
        let others = screen.query.text.split(separator: " ").filter { !$0.hasPrefix("asof:") }
        overlay = .filter(FilterLine((others + ["asof:"]).joined(separator: " "), of: screen.kind))
        return []
    }

    mutating func toggleFold(all: Bool) -> [Effect] {
        let context = context
        let found = trail.edit(AuditEventScreen.self) { screen in
            all ? screen.toggleAll(context) : screen.toggleFold(context)
        }
        if found == false { toast("Nothing is folded here: all of it was changed.", .hint) }
        return []
    }
}
