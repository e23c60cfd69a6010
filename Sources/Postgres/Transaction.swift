// DESIGN
//
//   waiting ──first statement──▶ open ──COMMIT──▶ over
//                                 │ └──error────▶ failed ──ROLLBACK──▶ over
//
// 1. BEGIN and the preamble travel with the first statement; a body without statements sends
//    nothing at all.
// 2. After an error nothing more is sent but ROLLBACK, and the first error is the one that the
//    caller gets, even when the body swallowed it.

/// How a transaction may use the database.
public enum TransactionMode: Sendable {
    /// The server refuses changes.
    case readOnly
    /// Changes are allowed.
    case readWrite
}

/// An open transaction; valid during the body it is given to.
public final class Transaction {
    private enum Phase {
        case waiting
        case open
        case failed(PostgresError)
        case over
    }

    private let wire: Wire
    private let mode: TransactionMode
    private let preamble: [SQL]
    private var phase = Phase.waiting
    /// The preamble's results, one for each statement, once the first statement has run.
    public private(set) var preambleRows: [Rows] = []

    init(_ wire: Wire, mode: TransactionMode, preamble: [SQL]) {
        self.wire = wire
        self.mode = mode
        self.preamble = preamble
    }

    /// Runs one statement.
    public func query(_ statement: SQL) throws(PostgresError) -> Rows {
        try batch([statement])[0]
    }

    /// Runs several statements in one round trip.
    ///
    /// - Returns: the rows of each statement.
    public func batch(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        let rows = try send(statements, commits: false)
        phase = .open
        guard wire.isInTransaction else {
            let error = PostgresError(.protocolViolation("a transaction must not end itself"))
            phase = .failed(error)
            throw error
        }
        return rows
    }

    /// Runs the last statements and COMMIT in one round trip; nothing may follow.
    ///
    /// - Returns: the rows of each statement.
    public func last(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        var rows = try send(statements + ["COMMIT"], commits: mode == .readWrite)
        phase = .over
        try checkCommitted(rows.removeLast())
        return rows
    }

    /// Commits, unless nothing was sent; throws the error that a body swallowed.
    func finish() throws(PostgresError) {
        switch phase {
        case .waiting, .over:
            phase = .over
        case .failed(let error):
            rollBack()
            throw error
        case .open:
            let rows = try send(["COMMIT"], commits: mode == .readWrite)
            phase = .over
            try checkCommitted(rows[0])
        }
    }

    /// Undoes what was sent.
    ///
    /// A connection that cannot is broken, and not handed on.
    func rollBack() {
        switch phase {
        case .waiting, .over: break
        case .open, .failed:
            if !wire.isBroken, !wire.isIdle {
                do {
                    _ = try wire.exchange(["ROLLBACK"], commits: false)
                } catch {
                    wire.markBroken()
                }
            }
        }
        phase = .over
    }

    private func send(_ statements: [SQL], commits: Bool) throws(PostgresError) -> [Rows] {
        do throws(PostgresError) {
            switch phase {
            case .waiting: return try start(statements, commits: commits)
            case .open: return try wire.exchange(statements, commits: commits)
            case .failed(let error): throw error
            case .over:
                throw PostgresError(
                    .protocolViolation("a transaction must not be used after its end")
                )
            }
        } catch {
            if case .over = phase { throw error }
            phase = .failed(error)
            throw error
        }
    }

    private func start(_ statements: [SQL], commits: Bool) throws(PostgresError) -> [Rows] {
        let begin: SQL = mode == .readOnly ? "BEGIN READ ONLY" : "BEGIN"
        let rows = try wire.exchangeRepeatable([begin] + preamble + statements, commits: commits)
        let answers = rows.dropFirst()
        preambleRows = Array(answers.prefix(preamble.count))
        return Array(answers.dropFirst(preamble.count))
    }

    /// The server answers COMMIT of a failed transaction with ROLLBACK and no error.
    private func checkCommitted(_ rows: Rows) throws(PostgresError) {
        guard rows.result?.commandTag == "COMMIT" else {
            throw PostgresError(.protocolViolation("a transaction must not end itself"))
        }
    }
}
