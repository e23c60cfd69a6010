/// What came of the wish to call a model.
package enum Reservation: Hashable, Sendable {
    /// The call may begin; it must end with a settlement or a release.
    case held(CallTicket)
    /// The same call was made before with this idempotency key, and ended.
    case repeated(SettledCall)
}

/// A call in flight: what it may use, and what is held for it.
package struct CallTicket: Hashable, Sendable {
    /// What was asked for: enough to write the call down again where the database has lost it.
    package let draft: CallDraft
    /// The targets that remain: known, wide enough, priced where cost is limited, and the cheapest
    /// alone when a budget said so.
    package let targets: [CallTarget]
    /// The prices of the moment of the hold, by model; what has none costs nothing.
    package let prices: [String: ModelPrice]
    /// The most tokens that the model may be asked for; perhaps less than was wanted.
    package let outputCap: Int64
    /// So many tokens of output are covered by the hold now.
    package let heldOutput: Int64
    /// So many tokens beside it are held for what the models bill beyond what they are asked for.
    package let heldOverhead: Int64
    /// So often another whole try was held.
    package let topUps: Int64
    package let isDegraded: Bool
    package let isShortened: Bool
    /// Whether the first try, too, is written down before it is sent.
    package let notesSending: Bool
    package let reservedAt: Instant
    package let expiresAt: Instant

    package init(
        draft: CallDraft,
        targets: [CallTarget],
        prices: [String: ModelPrice],
        outputCap: Int64,
        heldOutput: Int64,
        heldOverhead: Int64 = 0,
        topUps: Int64 = 0,
        isDegraded: Bool = false,
        isShortened: Bool = false,
        notesSending: Bool = false,
        reservedAt: Instant,
        expiresAt: Instant
    ) {
        self.draft = draft
        self.targets = targets
        self.prices = prices
        self.outputCap = outputCap
        self.heldOutput = heldOutput
        self.heldOverhead = heldOverhead
        self.topUps = topUps
        self.isDegraded = isDegraded
        self.isShortened = isShortened
        self.notesSending = notesSending
        self.reservedAt = reservedAt
        self.expiresAt = expiresAt
    }

    package var id: AICallID { draft.id }
    package var tenant: TenantID { draft.principal.tenant }
    package var user: UserID? { draft.principal.user }
    package var inputTokens: Int64 { draft.inputTokens }
    package var life: Duration { draft.life }

    /// The same call with more held for it.
    package func extended(to output: Int64, topUps: Int64, until moment: Instant) -> CallTicket {
        CallTicket(
            draft: draft,
            targets: targets,
            prices: prices,
            outputCap: outputCap,
            heldOutput: output,
            heldOverhead: heldOverhead,
            topUps: topUps,
            isDegraded: isDegraded,
            isShortened: isShortened,
            notesSending: notesSending,
            reservedAt: reservedAt,
            expiresAt: moment
        )
    }
}

/// What came of the wish to hold more for a call in flight.
package enum HoldExtension: Hashable, Sendable {
    case held(CallTicket)
    /// No budget has room: what is covered may still be used, and nothing more.
    case refused
    /// Somebody asked for the call to stop.
    case cancelled
    /// The call has ended: it was swept away, or settled.
    case ended
}

/// A call that ended before, for whoever repeats it.
package struct SettledCall: Hashable, Sendable {
    package let id: AICallID
    package let state: AICall.State
    package let model: String
    package let tokensIn: Int64
    package let tokensOut: Int64
    package let chargeNano: Int64
    /// Nil when it is older than what is kept.
    package let reply: StoredReply?

    package init(
        id: AICallID,
        state: AICall.State,
        model: String,
        tokensIn: Int64,
        tokensOut: Int64,
        chargeNano: Int64,
        reply: StoredReply?
    ) {
        self.id = id
        self.state = state
        self.model = model
        self.tokensIn = tokensIn
        self.tokensOut = tokensOut
        self.chargeNano = chargeNano
        self.reply = reply
    }
}

/// An answer as it was given, for whoever repeats the request.
package struct StoredReply: Hashable, Sendable {
    package let status: Int32
    package let body: [UInt8]

    package init(status: Int32, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
