/// Follows a chain event by event and names the first thing that is wrong with it.
///
/// Invariants: sequence numbers rise by one; each event's previous hash is the hash before it;
/// payload hash and hash are what the event's own bytes give; time never runs backwards.
package struct ChainVerifier: Sendable {
    /// The last event that holds; 0 before the first.
    package private(set) var seq: Int64 = 0
    package private(set) var hash: [UInt8] = AuditEncoding.zeroHash
    private var createdAt = Instant(microseconds: .min)

    /// Begins before the first event of a chain.
    package init() {}

    /// Takes the next event; the verdict when it does not follow, nil when it does.
    ///
    /// The hash function is an argument, so that its owner can keep one context for all calls.
    package mutating func take(
        _ event: AuditEvent,
        sha256: ([UInt8]) -> [UInt8]
    )
        -> ChainVerdict.Fault?
    {
        if let fault = place(event.seq) { return fault }
        if event.links.previousHash != hash { return .init(seq: event.seq, kind: .brokenLink) }
        let payloadHash = sha256(AuditEncoding.payload(of: event))
        if payloadHash != event.links.payloadHash { return .init(seq: event.seq, kind: .edited) }
        let link = AuditEncoding.link(of: event, previous: hash, payloadHash: payloadHash)
        let computed = sha256(link)
        if computed != event.links.hash { return .init(seq: event.seq, kind: .edited) }
        if event.createdAt < createdAt { return .init(seq: event.seq, kind: .timeRunsBack) }
        seq = event.seq
        hash = computed
        createdAt = event.createdAt
        return nil
    }

    /// Whether a sequence number is the one that must come now, for an event that cannot be read.
    package func place(_ number: Int64) -> ChainVerdict.Fault? {
        if number < 1 { return .init(seq: number, kind: .inserted) }
        if number <= seq { return .init(seq: number, kind: .fork) }
        return number > seq + 1 ? .init(seq: seq + 1, kind: .missing) : nil
    }

    /// Compares the end of the chain with the head that the database keeps.
    package func finish(headSeq: Int64, headHash: [UInt8]) -> ChainVerdict.Fault? {
        if headSeq > seq { return .init(seq: seq + 1, kind: .truncated) }
        if headSeq < seq { return .init(seq: headSeq + 1, kind: .inserted) }
        return headHash == hash ? nil : .init(seq: seq, kind: .brokenLink)
    }
}

/// The outcome of a verification.
package struct ChainVerdict: Hashable, Sendable {
    /// How many events were followed.
    package var checked: Int64
    /// The hash of the last event that holds.
    package var lastHash: [UInt8]
    package var fault: Fault?

    package init(checked: Int64, lastHash: [UInt8], fault: Fault?) {
        self.checked = checked
        self.lastHash = lastHash
        self.fault = fault
    }

    /// The first event that is wrong, and how.
    package struct Fault: Hashable, Sendable {
        package var seq: Int64
        package var kind: Kind

        package init(seq: Int64, kind: Kind) {
            self.seq = seq
            self.kind = kind
        }
    }

    package enum Kind: String, Hashable, Sendable {
        case edited
        case missing
        case inserted
        case fork
        case truncated
        case brokenLink = "broken_link"
        case timeRunsBack = "time_runs_back"
    }
}
