import Domain
import Storage

/// The hold of one call while its answer grows: the next slice is held before this one is used up,
/// beside the reading.
struct GrowingHold: Sendable {
    private(set) var ticket: CallTicket
    private let environment: Environment
    private var next: Task<HoldExtension, any Error>?
    /// Why nothing more will be held.
    private var refusal: Verdict?

    enum Verdict: Hashable, Sendable {
        case covered
        /// No budget has room for more.
        case exhausted
        /// Somebody of the workspace stopped the call, or it was swept away.
        case stopped
    }

    init(_ ticket: CallTicket, _ environment: Environment) {
        self.ticket = ticket
        self.environment = environment
    }

    /// Whether so many tokens of output are paid for.
    mutating func cover(_ tokens: Int64) async -> Verdict {
        // One piece may be longer than a slice.
        while tokens > ticket.heldOutput, ticket.heldOutput < ticket.outputCap {
            if let refusal { return refusal }
            askForMore(tokens)
            await takeMore()
        }
        if tokens >= ticket.heldOutput - CallLedger.slice / 4 { askForMore(tokens) }
        return .covered
    }

    /// The same for another try beside one that may have been billed.
    mutating func topUp() async throws -> Bool {
        guard case .held(let more) = try await TopUpHold(environment)(ticket) else { return false }
        ticket = more
        return true
    }

    /// Waits for what is under way, so that nothing is held behind a settlement.
    mutating func finish() async {
        if next != nil { await takeMore() }
    }

    private mutating func askForMore(_ tokens: Int64) {
        guard next == nil, refusal == nil, ticket.heldOutput < ticket.outputCap else { return }
        let (ticket, environment) = (ticket, environment)
        next = Task { try await ExtendHold(environment)(ticket, streamed: tokens) }
    }

    private mutating func takeMore() async {
        guard let asked = next else { return }
        next = nil
        // Where the database cannot be asked there is no room either: what is covered may be used.
        switch await asked.result {
        case .success(.held(let more)): ticket = more
        case .success(.refused), .failure: refusal = .exhausted
        case .success(.cancelled), .success(.ended): refusal = .stopped
        }
    }
}
