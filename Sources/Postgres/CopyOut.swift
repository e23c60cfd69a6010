// DESIGN
//
// The server sends as fast as the client reads: rows are taken from libpq only when the consumer
// asks, a chunk at a time, so that an export of any size needs little memory. A connection that
// streams serves nothing else; a sequence that is given up in the middle costs the connection.

/// How COPY writes rows.
public enum CopyFormat: Sendable {
    /// Comma-separated values, one row a line, perhaps with a line of names first.
    case csv(header: Bool)
    /// PostgreSQL's own text format, tab-separated.
    case text

    fileprivate var options: String {
        switch self {
        case .csv(true): "FORMAT csv, HEADER true"
        case .csv(false): "FORMAT csv"
        case .text: "FORMAT text"
        }
    }
}

/// The rows of a query as COPY sends them: one element a row, its line end included.
public struct CopyOut: AsyncSequence, Sendable {
    let connection: PostgresConnection
    let query: SQL
    let preamble: [SQL]
    let format: CopyFormat

    /// Starts from the first row.
    public func makeAsyncIterator() -> Iterator {
        Iterator(source: self)
    }

    /// Asks for rows when they are wanted.
    public struct Iterator: AsyncIteratorProtocol {
        let source: CopyOut
        private var isStarted = false
        private var isOver = false
        private var rows: ArraySlice<[UInt8]> = []

        init(source: CopyOut) {
            self.source = source
        }

        /// The next row; nil at the end, when the transaction is committed.
        public mutating func next() async throws(PostgresError) -> [UInt8]? {
            if let row = rows.popFirst() { return row }
            guard !isOver else { return nil }
            let connection = source.connection
            let source = isStarted ? nil : self.source
            isStarted = true
            let result = await withTaskCancellationHandler {
                await connection.copyRows(starting: source)
            } onCancel: {
                connection.cancellation.request()
            }
            do throws(PostgresError) {
                rows = try result.get()[...]
            } catch {
                isOver = true
                throw error
            }
            isOver = rows.isEmpty
            return rows.popFirst()
        }
    }
}

extension PostgresConnection {
    /// Streams the rows of a query, in a read-only transaction of its own.
    ///
    /// Use a connection of its own for it, made by `connect`: until the last row is read, the
    /// connection serves nothing else.
    ///
    /// - Parameters:
    ///   - query: a SELECT; its values are written into the text, because COPY cannot bind.
    ///   - format: how rows are written.
    ///   - preamble: statements that run first in the same transaction.
    /// - Returns: the rows; nothing is sent until the first one is asked for.
    public nonisolated func copyOut(
        _ query: SQL,
        format: CopyFormat = .csv(header: true),
        preamble: [SQL] = []
    ) -> CopyOut {
        CopyOut(connection: self, query: query, preamble: preamble, format: format)
    }

    fileprivate func copyRows(starting source: CopyOut?) -> Result<[[UInt8]], PostgresError> {
        cancellation.arm()
        let result = Result { () throws(PostgresError) in
            guard !Task.isCancelled else { throw PostgresError(.cancelled) }
            let wire = try resting()
            if let source {
                let text = try source.query.textWithLiterals()
                let command = "COPY (\(text)) TO STDOUT (\(source.format.options))"
                try wire.startCopy(command, preamble: source.preamble)
            }
            return try wire.copyRows()
        }
        let wasRequested = cancellation.isRequested
        _ = cancellation.disarm()
        guard wasRequested, case .failure(let error) = result else { return result }
        return .failure(PostgresError(.cancelled, report: error.report))
    }
}
