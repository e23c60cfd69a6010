package import Domain
package import Postgres

/// What `app.ai_reserve` said.
package enum ReserveAnswer: Sendable {
    case held(CallTicket)
    /// The idempotency key's call has ended.
    case repeated(AICallID)
    case inProgress
    case keyReused
    case refused(BudgetRefusal)
    case unknownModel
    case tooLong
    case unpriced
    case storefrontClosed
    /// A visitor, or all of their address, had their share of the day, which ends then.
    case visitorLimit(isOfAddress: Bool, until: Instant)

    /// Reads the row of `CallLedger.reserve`.
    package init(_ row: Row, for draft: CallDraft) throws {
        switch try row.decode("outcome", as: String.self) {
        case "held": self = .held(try CallTicket(row, for: draft))
        case "repeated": self = .repeated(try row.decode("earlier"))
        case "in_progress": self = .inProgress
        case "key_reused": self = .keyReused
        case "refused": self = .refused(try BudgetRefusal(row))
        case "unknown_model": self = .unknownModel
        case "too_long": self = .tooLong
        case "unpriced": self = .unpriced
        case "storefront_closed": self = .storefrontClosed
        case "visitor_limit":
            self = .visitorLimit(isOfAddress: false, until: try row.decode("refusing_end"))
        case "client_limit":
            self = .visitorLimit(isOfAddress: true, until: try row.decode("refusing_end"))
        case let other:
            throw DomainError(.internal, .internalError, "A hold came to \(other).")
        }
    }
}

/// The budget that had no room.
package struct BudgetRefusal: Hashable, Sendable {
    package let budget: BudgetID
    package let scope: Budget.Scope
    package let metric: Budget.Metric
    package let periodEnd: Instant
    package let hard: Int64

    fileprivate init(_ row: Row) throws {
        budget = try row.decode("refusing")
        scope = try row.decode("refusing_scope", raw: Budget.Scope.self)
        metric = try row.decode("refusing_metric", raw: Budget.Metric.self)
        periodEnd = try row.decode("refusing_end")
        hard = try row.decode("refusing_hard")
    }
}

extension CallTicket {
    fileprivate init(_ row: Row, for draft: CallDraft) throws {
        guard case .array(let chosen) = try row.decode("chosen", as: JSONValue.self) else {
            throw DomainError(.internal, .internalError, "A hold names no target.")
        }
        let entries = try chosen.map(TargetEntry.init)
        self.init(
            draft: draft,
            targets: entries.map(\.target),
            prices: Dictionary(
                entries.compactMap { entry in entry.price.map { (entry.target.model, $0) } },
                uniquingKeysWith: { first, _ in first }
            ),
            outputCap: try row.decode("granted"),
            heldOutput: try row.decode("covered"),
            heldOverhead: entries.map(\.overhead).max() ?? 0,
            isDegraded: try row.decode("degraded"),
            isShortened: try row.decode("shortened"),
            notesSending: try row.decode("notes_sending"),
            reservedAt: try row.decode("moment"),
            expiresAt: try row.decode("expiry")
        )
    }
}

/// A target as the database wrote it: provider, model, moment of the price, prices, tiers, and what
/// its provider bills beyond what it is asked for.
private struct TargetEntry {
    let target: CallTarget
    let price: ModelPrice?
    let overhead: Int64

    init(_ value: JSONValue) throws {
        guard case .array(let fields) = value, fields.count == 11,
            case .string(let provider) = fields[0], case .string(let model) = fields[1]
        else { throw DomainError(.internal, .internalError, "A target is malformed.") }
        target = CallTarget(provider: provider, model: model)
        if case .integer(let tokens) = fields[10] { overhead = tokens } else { overhead = 0 }
        let amounts = fields[2..<9].map { field in
            switch field {
            case .integer(let amount): amount
            case .number(let amount): Int64(exactly: amount.rounded())
            default: Int64?.none
            }
        }
        guard let moment = amounts[0] else {
            price = nil
            return
        }
        let known = amounts.compactMap { $0 }
        guard known.count == 7 else {
            throw DomainError(.internal, .internalError, "A price is malformed.")
        }
        price = ModelPrice(
            model: model,
            effectiveFrom: Instant(microseconds: moment),
            input: known[1],
            output: known[2],
            cached: known[3],
            cacheWrite: known[4],
            reasoning: known[5],
            request: known[6],
            tiers: try PriceTier.all(stored: fields[9])
        )
    }
}

extension HoldExtension {
    /// Reads the row of `CallLedger.extend`.
    package init(_ row: Row, of ticket: CallTicket, isTopUp: Bool) throws {
        switch try row.decode("outcome", as: String.self) {
        case "held":
            self = .held(
                ticket.extended(
                    to: try row.decode("covered"),
                    topUps: ticket.topUps + (isTopUp ? 1 : 0),
                    until: try row.decode("expiry")
                )
            )
        case "refused": self = .refused
        case "cancelled": self = .cancelled
        default: self = .ended
        }
    }
}

extension CallReceipt {
    /// Reads the row of a settlement.
    ///
    /// - Throws: An internal error for a call that the database does not know.
    package init(_ row: Row) throws {
        let state = try row.decode("outcome", as: String.self)
        guard let state = AICall.State(rawValue: state) else {
            throw DomainError(.internal, .internalError, "The ledger does not know the call.")
        }
        self.init(
            state: state,
            chargeNano: try row.decode("charge"),
            platformCostNano: try row.decode("platform_cost"),
            excessNano: try row.decode("excess")
        )
    }
}

extension SettledCall {
    /// Reads the row of `CallLedger.ended`.
    package init(_ row: Row) throws {
        let status = try row.decode("status", as: Int32?.self)
        let body = try row.decode("body", as: [UInt8]?.self)
        self.init(
            id: try row.decode("id"),
            state: try row.decode("state", raw: AICall.State.self),
            model: try row.decode("model"),
            tokensIn: try row.decode("tokens_in"),
            tokensOut: try row.decode("tokens_out"),
            chargeNano: try row.decode("charge_nano"),
            reply: status.flatMap { status in body.map { StoredReply(status: status, body: $0) } }
        )
    }
}
