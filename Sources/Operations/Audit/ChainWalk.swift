import Domain
import Storage

// DESIGN
//
// Follows a trail from its first event to its head, in constant memory.
//
// 1. Nothing of the database's arithmetic is trusted: every hash is computed here.
// 2. The head is read first and the chain followed up to it, so events that are appended
//    meanwhile are no false alarm; whether anything stands behind the head is asked at the end,
//    by one statement that sees head and last event in one moment.
// 3. While one batch is checked, the next one is on its way.

/// One verification of one trail.
struct ChainWalk: Sendable {
    let database: Database
    let access: Access
    let trail: Trail
    let progress: Headway.Report?

    static let batchSize = 5_000

    func callAsFunction() async throws -> ChainVerdict {
        let head = try await readHead()
        var verifier = ChainVerifier()
        var batch = try await readBatch(after: .start, through: head.seq)
        while let last = batch.last {
            async let following = readBatch(after: last, through: head.seq)
            if let fault = try batch.check(with: &verifier) {
                return verdict(of: verifier, fault)
            }
            progress?(Headway(verifier.seq, of: head.seq))
            batch = try await following
        }
        if let fault = verifier.finish(headSeq: head.seq, headHash: head.hash) {
            return verdict(of: verifier, fault)
        }
        let end = try await readHead()
        return verdict(of: verifier, end.fault(since: head))
    }

    private func verdict(
        of verifier: ChainVerifier,
        _ fault: ChainVerdict.Fault?
    ) -> ChainVerdict {
        ChainVerdict(checked: verifier.seq, lastHash: verifier.hash, fault: fault)
    }

    private func readHead() async throws -> ChainHead {
        let fetched = try await database.fetch(access, AuditStore.head(trail))
        guard let row = fetched.rows.first else {
            throw DomainError(.internal, .internalError, "The trail has no head.")
        }
        return try ChainHead(row)
    }

    private func readBatch(
        after key: ChainKey,
        through seq: Int64
    ) async throws -> ChainBatch {
        let statement = AuditStore.batch(trail, after: key, through: seq, size: Self.batchSize)
        return try ChainBatch(try await database.fetch(access, statement).rows)
    }
}

extension ChainHead {
    /// What stands behind the head, or is gone since it was read before.
    fileprivate func fault(since earlier: ChainHead) -> ChainVerdict.Fault? {
        if seq < earlier.seq || last < seq {
            return .init(seq: min(seq, last) + 1, kind: .truncated)
        }
        return last > seq ? .init(seq: seq + 1, kind: .inserted) : nil
    }
}
