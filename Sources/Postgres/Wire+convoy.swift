import CLibPQ

// DESIGN
//
// Several transactions in one conversation: [statements, Sync] for each, sent together, answered
// one by one.
//
// 1. Each has a Sync of its own, so each is a transaction of its own: an error ends only its own,
//    and what one sets locally is gone before the next begins.
// 2. Reads under the same preamble are one transaction, and the preamble is sent once. When it
//    fails, each of its reads is asked again alone: nobody gets another one's error.
// 3. Only statements that the server has prepared travel so: a name whose PREPARE failed would
//    fail all that follow. Others go alone, which prepares them for the next time.
// 4. The server answers in order; a slow transaction holds up those behind it. Hence for short
//    reads only.

extension Wire {
    /// Gets each read's index and rows or error, in some order, each once.
    typealias ReadAnswer = (Int, Result<[Rows], PostgresError>) -> Void

    /// Runs reads, as many as possible in one round trip.
    func exchangeAll(_ reads: [SharedRead], answer: ReadAnswer) {
        var convoy: [SharedTransaction] = []
        var alone: [Int] = []
        for transaction in SharedTransaction.sort(reads) {
            if areKnown(transaction.statements) {
                convoy.append(transaction)
            } else {
                alone += transaction.indices
            }
        }
        if !convoy.isEmpty { alone = exchangeTogether(convoy, answer) + alone }
        for index in alone { exchangeAlone(reads[index], index, answer) }
    }

    private func areKnown(_ statements: [SQL]) -> Bool {
        statements.allSatisfy { self.statements.name(for: StatementCache.Key($0)) != nil }
    }

    private func exchangeAlone(_ read: SharedRead, _ index: Int, _ answer: ReadAnswer) {
        let result = Result { () throws(PostgresError) in
            let rows = try exchangeRepeatable(read.whole, commits: false)
            guard isIdle else { throw failure(.lost(nil), outcomeUnknown: false) }
            return rows
        }
        answer(index, result)
    }

    /// Runs transactions in one round trip.
    ///
    /// - Returns: The reads that have to be asked again alone.
    private func exchangeTogether(
        _ transactions: [SharedTransaction],
        _ answer: ReadAnswer
    ) -> [Int] {
        var again: [Int] = []
        var next = 0
        do throws(PostgresError) {
            for transaction in transactions { try checkUsable(transaction.statements) }
            do throws(Interruption) {
                let steps = try sendAll(transactions)
                for (transaction, steps) in zip(transactions, steps) {
                    let collected = try collect(steps)
                    next += 1
                    again += give(collected, of: transaction, answer)
                }
                // Known only behind the last answer: a transaction was left open.
                guard isIdle else { throw .lost(nil) }
            } catch {
                throw failure(error, outcomeUnknown: false)
            }
        } catch {
            let open = transactions[next...].flatMap(\.indices)
            for index in again + open { answer(index, .failure(error)) }
            return []
        }
        return again
    }

    private func sendAll(_ transactions: [SharedTransaction]) throws(Interruption) -> [[Step]] {
        var steps: [[Step]] = []
        for transaction in transactions {
            steps.append(try send(transaction.statements, makesRoom: steps.isEmpty))
            guard PQpipelineSync(pointer) == 1 else { throw .lost(nil) }
        }
        try flush()
        return steps
    }

    /// Gives the reads of a transaction what it came to.
    ///
    /// - Returns: Those that have to be asked again alone.
    private func give(
        _ collected: Answer,
        of transaction: SharedTransaction,
        _ answer: ReadAnswer
    ) -> [Int] {
        let isStale = collected.error?.isStalePlan == true
        if isStale { statements.removeAll() }
        if isStale || collected.error != nil && transaction.members.count > 1 {
            return transaction.indices
        }
        switch result(collected, of: transaction) {
        case .success(let rows):
            for member in transaction.members {
                answer(member.index, .success(transaction.rows(of: member, in: rows)))
            }
        case .failure(let error):
            for member in transaction.members { answer(member.index, .failure(error)) }
        }
        return []
    }

    private func result(
        _ answer: Answer,
        of transaction: SharedTransaction
    ) -> Result<[Rows], PostgresError> {
        if let report = answer.error {
            return .failure(PostgresError(.server(report.sqlState), report: report))
        }
        guard answer.rows.count == transaction.statements.count else {
            markBroken()
            return .failure(
                PostgresError(.protocolViolation("every statement must have a result"))
            )
        }
        return .success(answer.rows)
    }
}
