/// One call to a model as the ledger knows it: a hold before it, a charge after it.
package enum AICall {
    /// Where a call stands.
    ///
    /// ```
    /// in_flight ─┬─ settled
    ///            ├─ released
    ///            └─ expired ─── settled_late
    /// rejected (never held)
    /// ```
    package enum State: String, CaseIterable, Hashable, Sendable {
        case inFlight = "in_flight"
        case settled
        case released
        case expired
        case settledLate = "settled_late"
        case rejected
    }

    /// The door it came through.
    package enum Channel: String, CaseIterable, Hashable, Sendable {
        case api
        case console
        case `public`
        case worker
    }
}

/// A conversation that is kept with its messages.
package enum Conversation {}

/// An order of targets with rules of its own.
package enum AIRoute {}

/// A prompt that is kept in versions.
package enum AIPrompt {}

package typealias AICallID = Identifier<AICall>
package typealias ConversationID = Identifier<Conversation>
package typealias PromptID = Identifier<AIPrompt>
