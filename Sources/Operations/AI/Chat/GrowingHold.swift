import Domain
import Storage

/// The hold of one call while its answer grows: the next slice is held before this one is used up,
/// beside the reading.
///
/// Where everything is held at once, what came is noted as often, because a call that is lost is
/// charged by it.
struct GrowingHold: Sendable {
    private(set) var ticket: CallTicket
    private let environment: Environment
    private var next: Task<HoldExtension, any Error>?
    /// Why nothing more will be held.
    private var refusal: Verdict?
    /// So much had come when it was noted last.
    private var noted: Int64 = 0

    enum Verdict: Hashable, Sendable {
        case covered
        /// No budget has room for more.
        case exhausted
        /// Somebody of the workspace stopped the call.
        case stopped
        /// It was swept away.
        case ended
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
        if ticket.heldOutput >= ticket.outputCap {
            await note(tokens)
        } else if tokens >= ticket.heldOutput - CallLedger.slice / 4 {
            askForMore(tokens)
        }
        return .covered
    }

    /// Writes down what came, a slice after the last time; the note before has long been taken.
    private mutating func note(_ tokens: Int64) async {
        guard tokens - noted >= CallLedger.slice, refusal == nil else { return }
        await takeMore()
        ask(tokens)
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
        ask(tokens)
    }

    private mutating func ask(_ tokens: Int64) {
        noted = tokens
        let (ticket, environment) = (ticket, environment)
        // By our own count nobody pays for more than was asked for.
        let streamed = min(tokens, ticket.outputCap)
        next = Task { try await ExtendHold(environment)(ticket, streamed: streamed) }
    }

    private mutating func takeMore() async {
        guard let asked = next else { return }
        next = nil
        // Where the database cannot be asked there is no room either: what is covered may be used.
        switch await asked.result {
        case .success(.held(let more)): ticket = more
        case .success(.refused), .failure: refusal = .exhausted
        case .success(.cancelled): refusal = .stopped
        case .success(.ended): refusal = .ended
        }
    }
}
