import CLibPQ
import Glibc

extension Wire {
    /// Enough rows for one hop between threads.
    private static let copyChunk = 64 * 1024

    /// Begins a read-only transaction with the preamble and starts a COPY to the client.
    func startCopy(_ command: String, preamble: [SQL]) throws(PostgresError) {
        do throws(PostgresError) {
            _ = try exchange(["BEGIN READ ONLY"] + preamble, commits: false)
            guard PQexitPipelineMode(pointer) == 1 else {
                throw PostgresError(.protocolViolation("a connection must be at rest to COPY"))
            }
            isCopying = true
            try requestCopy(command)
        } catch {
            if !isCopying, !isBroken, !isIdle { _ = try exchange(["ROLLBACK"], commits: false) }
            throw error
        }
    }

    /// The next rows, at least one; empty at the end, with the transaction committed.
    func copyRows() throws(PostgresError) -> [[UInt8]] {
        guard isCopying else { return [] }
        var rows: [[UInt8]] = []
        var size = 0
        do throws(Interruption) {
            while size < Self.copyChunk {
                guard let row = try copyRow(mayWait: rows.isEmpty) else { return rows }
                guard !row.isEmpty else { break }
                size += row.count
                rows.append(row)
            }
        } catch {
            throw failure(error, outcomeUnknown: false)
        }
        // Only the end of the copy leaves the loop before the chunk is full.
        if size < Self.copyChunk { try endCopy() }
        return rows
    }

    /// A row; empty when the copy has ended, nil when the next row has not arrived yet.
    private func copyRow(mayWait: Bool) throws(Interruption) -> [UInt8]? {
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(pointer, &buffer, 1)
            defer { PQfreemem(buffer) }
            if count > 0, let buffer {
                let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(count))
                return [UInt8](bytes)
            }
            guard count == 0 else { return [] }
            guard mayWait else { return nil }
            try wait(for: POLLIN)
            guard PQconsumeInput(pointer) == 1 else { throw .lost(nil) }
        }
    }

    /// Reads how the COPY ended and puts the connection back at rest.
    private func endCopy() throws(PostgresError) {
        let error = try readEndOfCopy()
        _ = try exchange([error == nil ? "COMMIT" : "ROLLBACK"], commits: false)
        if let error { throw PostgresError(.server(error.sqlState), report: error) }
    }

    private func requestCopy(_ command: String) throws(PostgresError) {
        do throws(Interruption) {
            guard PQsendQuery(pointer, command) == 1 else { throw .lost(nil) }
            try flush()
            while PQisBusy(pointer) == 1 {
                try wait(for: POLLIN)
                guard PQconsumeInput(pointer) == 1 else { break }
            }
        } catch {
            throw failure(error, outcomeUnknown: false)
        }
        let result = PQgetResult(pointer)
        let isCopy = PQresultStatus(result) == PGRES_COPY_OUT
        let report = result.flatMap { ServerReport(result: $0) }
        PQclear(result)
        guard !isCopy else { return }
        _ = try readEndOfCopy()
        throw PostgresError(report.map { .server($0.sqlState) } ?? .copyExpected, report: report)
    }

    private func readEndOfCopy() throws(PostgresError) -> ServerReport? {
        var error: ServerReport?
        do throws(Interruption) {
            while let result = try nextResult() {
                error = error ?? ServerReport(result: result)
                PQclear(result)
                guard PQstatus(pointer) == CONNECTION_OK else { throw .lost(error) }
            }
        } catch {
            throw failure(error, outcomeUnknown: false)
        }
        isCopying = false
        guard PQenterPipelineMode(pointer) == 1 else {
            throw failure(.lost(error), outcomeUnknown: false)
        }
        return error
    }
}

extension PostgresError.Kind {
    /// The server took the text for something else than a COPY to the client.
    fileprivate static let copyExpected = Self.protocolViolation("a COPY must send rows")
}
