import CLibPQ

// DESIGN
//
// Several transactions in one conversation: [statements, Sync] for each, sent together, answered
// one by one.
//
// 1. Each has a Sync of its own, so each is a transaction of its own: an error ends only its own,
//    and what one sets locally is gone before the next begins.
// 2. Only statements that the server has prepared travel so: a name whose PREPARE failed would
//    fail all that follow. Others go alone, which prepares them for the next time.
// 3. The server answers in order; a slow transaction holds up those behind it. Hence for short
//    reads only.

extension Wire {
    /// Runs transactions, as many as possible in one round trip.
    ///
    /// - Parameters:
    ///   - transactions: the statements of each.
    ///   - answer: gets each one's index and rows or error, in some order, each once.
    func exchangeAll(
        _ transactions: [[SQL]],
        answer: (Int, Result<[Rows], PostgresError>) -> Void
    ) {
        var index = 0
        while index < transactions.count {
            let end = transactions[index...].firstIndex { !areKnown($0) } ?? transactions.count
            if end > index {
                exchangeTogether(transactions, index..<end, answer)
            } else {
                exchangeAlone(transactions, index, answer)
            }
            index = max(end, index + 1)
        }
    }

    private func areKnown(_ transaction: [SQL]) -> Bool {
        transaction.allSatisfy { statements.name(for: StatementCache.Key($0)) != nil }
    }

    private func exchangeAlone(
        _ transactions: [[SQL]],
        _ index: Int,
        _ answer: (Int, Result<[Rows], PostgresError>) -> Void
    ) {
        let result = Result { () throws(PostgresError) in
            let rows = try exchangeRepeatable(transactions[index], commits: false)
            guard isIdle else { throw failure(.lost(nil), outcomeUnknown: false) }
            return rows
        }
        answer(index, result)
    }

    private func exchangeTogether(
        _ transactions: [[SQL]],
        _ range: Range<Int>,
        _ answer: (Int, Result<[Rows], PostgresError>) -> Void
    ) {
        var stale: [Int] = []
        var next = range.lowerBound
        do throws(PostgresError) {
            for index in range { try checkUsable(transactions[index]) }
            do throws(Interruption) {
                let steps = try sendAll(transactions[range])
                for index in range {
                    let collected = try collect(steps[index - range.lowerBound])
                    next = index + 1
                    if collected.error?.isStalePlan == true {
                        stale.append(index)
                    } else {
                        answer(index, result(collected, of: transactions[index]))
                    }
                }
                // Known only behind the last answer: a transaction was left open.
                guard isIdle else { throw .lost(nil) }
            } catch {
                throw failure(error, outcomeUnknown: false)
            }
        } catch {
            for index in stale + Array(next..<range.upperBound) { answer(index, .failure(error)) }
            return
        }
        guard !stale.isEmpty else { return }
        statements.removeAll()
        for index in stale { exchangeAlone(transactions, index, answer) }
    }

    private func sendAll(_ transactions: ArraySlice<[SQL]>) throws(Interruption) -> [[Step]] {
        var steps: [[Step]] = []
        for transaction in transactions {
            steps.append(try send(transaction, makesRoom: steps.isEmpty))
            guard PQpipelineSync(pointer) == 1 else { throw .lost(nil) }
        }
        try flush()
        return steps
    }

    private func result(
        _ answer: Answer,
        of transaction: [SQL]
    ) -> Result<[Rows], PostgresError> {
        if let report = answer.error {
            return .failure(PostgresError(.server(report.sqlState), report: report))
        }
        guard answer.rows.count == transaction.count else {
            markBroken()
            return .failure(
                PostgresError(.protocolViolation("every statement must have a result"))
            )
        }
        return .success(answer.rows)
    }
}
