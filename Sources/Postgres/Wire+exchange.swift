import CLibPQ
import Glibc

// DESIGN
//
// One exchange is one round trip: [PREPARE…] statements, Sync.
//
// 1. Results are provisional until the Sync's answer. A deferred constraint fails at the Sync,
//    after every statement has answered; so results are read until then, and any error fails all.
// 2. Without an explicit BEGIN all statements of an exchange are one transaction that commits at
//    the Sync: once the Sync is sent, a lost peer leaves the outcome unknown.
// 3. PREPARE is not undone by a rollback, but is skipped after an error: a name counts as
//    prepared exactly when its own answer said so.

extension Wire {
    enum Step {
        case deallocate(String)
        case prepare(String, StatementCache.Key)
        case execute
    }

    struct Answer {
        var rows: [Rows] = []
        var error: ServerReport?
    }

    /// The most statements of one exchange that make room on the server, so that it stays short.
    private static let deallocationsPerExchange = 16

    /// Runs statements in one round trip.
    ///
    /// - Parameters:
    ///   - statements: run in order; the first error ends them.
    ///   - commits: whether the server commits work when it sees the whole exchange.
    /// - Returns: the rows of each statement.
    /// - Throws: the first statement's error, or how the connection ended.
    func exchange(_ statements: [SQL], commits: Bool) throws(PostgresError) -> [Rows] {
        try checkUsable(statements)
        var isSent = false
        let answer: Answer
        do throws(Interruption) {
            let steps = try send(statements)
            isSent = true
            guard PQpipelineSync(pointer) == 1 else { throw .lost(nil) }
            try flush()
            answer = try collect(steps)
        } catch {
            throw failure(error, outcomeUnknown: commits && isSent)
        }
        if let report = answer.error {
            throw PostgresError(.server(report.sqlState), report: report)
        }
        guard answer.rows.count == statements.count else {
            markBroken()
            throw PostgresError(.protocolViolation("every statement must have a result"))
        }
        return answer.rows
    }

    /// Like `exchange`, once more when the server no longer accepts a prepared statement.
    ///
    /// Safe because the server undid the whole exchange.
    func exchangeRepeatable(_ statements: [SQL], commits: Bool) throws(PostgresError) -> [Rows] {
        do {
            return try exchange(statements, commits: commits)
        } catch {
            guard error.report?.isStalePlan == true, !isBroken else { throw error }
            self.statements.removeAll()
            if !isIdle { _ = try exchange(["ROLLBACK"], commits: false) }
            return try exchange(statements, commits: commits)
        }
    }

    func checkUsable(_ statements: [SQL]) throws(PostgresError) {
        guard !isBroken else { throw PostgresError(.connectionLost(outcomeUnknown: false)) }
        guard !isCopying else {
            throw PostgresError(.protocolViolation("a connection must finish its COPY first"))
        }
        let isTooLarge = statements.contains { statement in
            statement.parameters.count > Int(UInt16.max)
                || statement.parameters.contains { ($0.bytes?.count ?? 0) > 1 << 30 }
        }
        guard !isTooLarge else {
            throw PostgresError(
                .protocolViolation("a statement must bind at most 65535 values of at most 1 GiB")
            )
        }
    }

    /// Puts statements on the line.
    ///
    /// `makesRoom` deallocates evicted ones too: of several sendings before the first answer only
    /// one may.
    func send(
        _ statements: [SQL],
        makesRoom: Bool = true
    ) throws(Interruption) -> [Step] {
        var steps: [Step] = []
        var prepared: [StatementCache.Key: String] = [:]
        let room = makesRoom ? Self.deallocationsPerExchange : 0
        for name in self.statements.evicted.prefix(room) {
            let sent = PQsendQueryParams(
                pointer,
                "DEALLOCATE \(name)",
                0,
                nil,
                nil,
                nil,
                nil,
                1
            )
            guard sent == 1 else { throw .lost(nil) }
            steps.append(.deallocate(name))
        }
        for statement in statements {
            let key = StatementCache.Key(statement)
            let name: String
            if let known = self.statements.name(for: key) ?? prepared[key] {
                name = known
            } else {
                name = self.statements.makeName()
                prepared[key] = name
                let count = Int32(key.types.count)
                guard PQsendPrepare(pointer, name, statement.text, count, key.types) == 1 else {
                    throw .lost(nil)
                }
                steps.append(.prepare(name, key))
            }
            let sent = parameters.with(statement.parameters) { count, values, lengths, formats in
                PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1)
            }
            guard sent == 1 else { throw .lost(nil) }
            steps.append(.execute)
        }
        return steps
    }

    /// Sends what is buffered, reading meanwhile so that neither side blocks the other.
    func flush() throws(Interruption) {
        while true {
            let status = PQflush(pointer)
            guard status != 0 else { return }
            guard status > 0 else { throw .lost(nil) }
            if try wait(for: POLLIN | POLLOUT) & POLLIN != 0, PQconsumeInput(pointer) == 0 {
                throw .lost(nil)
            }
        }
    }

    func collect(_ steps: [Step]) throws(Interruption) -> Answer {
        var answer = Answer()
        answer.rows.reserveCapacity(steps.count)
        var step = 0
        while true {
            guard let result = try nextResult() else {
                // Each statement ends with a nil; more than that is no answer to what was asked.
                step += 1
                guard step <= steps.count + 1 else { throw .lost(answer.error) }
                continue
            }
            let set = ResultSet(result)
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                return answer
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                guard step < steps.count else { throw .lost(answer.error) }
                note(set, of: steps[step], in: &answer)
            case PGRES_PIPELINE_ABORTED:
                continue
            default:
                let report = ServerReport(result: result)
                answer.error = answer.error ?? report
                guard report != nil, PQstatus(pointer) == CONNECTION_OK else {
                    throw .lost(answer.error)
                }
            }
        }
    }

    private func note(_ set: ResultSet, of step: Step, in answer: inout Answer) {
        switch step {
        case .execute: answer.rows.append(Rows(result: set))
        case .prepare(let name, let key): statements.insert(name, for: key)
        case .deallocate(let name): statements.removeEvicted([name])
        }
    }

    /// The next result, waiting for it; nil at the end of a statement's results.
    func nextResult() throws(Interruption) -> OpaquePointer? {
        while PQisBusy(pointer) == 1 {
            try wait(for: POLLIN)
            // What came before the end of the stream is still to be read: PQgetResult tells.
            guard PQconsumeInput(pointer) == 1 else { break }
        }
        return PQgetResult(pointer)
    }
}
