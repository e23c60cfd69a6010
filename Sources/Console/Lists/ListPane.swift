import Domain

/// What a pane beside a list shows while the selection moves: it follows once that rests, so that
/// going through the list costs two rows a key and not a screen of text.
struct ListPane<ID: Hashable & Sendable>: Hashable, Sendable {
    private(set) var shown: ID?
    /// When it shows the selected value.
    private(set) var due: Instant?

    private static var pause: Duration { .milliseconds(200) }

    /// Waits for the selection to rest, which was another one before a key.
    mutating func hold(at before: ID?, selected: ID?, now: Instant) {
        if due == nil { shown = before }
        due = selected == shown ? nil : now.advanced(by: Self.pause)
    }

    /// Ends the wait when its time is over.
    mutating func settle(_ now: Instant) {
        if let due, due <= now { self = ListPane() }
    }
}
