/// What a key of this installation is for.
package enum KeyKind: String, CaseIterable, Hashable, Sendable {
    /// Access tokens.
    case signing
    /// What a statement may see.
    case context
    /// Stored secrets.
    case sealing
}

/// A key of this installation by its name; never the key.
package struct InstalledKey: Hashable, Sendable {
    package var kind: KeyKind
    package var kid: String
    package var since: Instant
    /// When another key took its place; nil for the one in use.
    package var until: Instant?
    package var state: State

    package enum State: String, CaseIterable, Hashable, Sendable {
        /// Makes what is new.
        case current
        /// Makes nothing new; what it made is still good.
        case ended
        /// What it made is refused.
        case retired
    }

    package init(kind: KeyKind, kid: String, since: Instant, until: Instant?, state: State) {
        self.kind = kind
        self.kid = kid
        self.since = since
        self.until = until
        self.state = state
    }
}

/// One run of sealing stored secrets anew.
package enum Resealing {}
