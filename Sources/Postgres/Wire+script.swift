import CLibPQ

extension Wire {
    /// Runs a text of many statements by the simple protocol, in one round trip.
    func execute(script: String) throws(PostgresError) {
        guard !isBroken else { throw PostgresError(.connectionLost(outcomeUnknown: false)) }
        guard PQexitPipelineMode(pointer) == 1 else {
            throw PostgresError(.protocolViolation("a connection must be at rest to run a script"))
        }
        var error: ServerReport?
        do throws(Interruption) {
            guard PQsendQuery(pointer, script) == 1 else { throw .lost(nil) }
            try flush()
            while let result = try nextResult() {
                defer { PQclear(result) }
                switch PQresultStatus(result) {
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: continue
                case PGRES_FATAL_ERROR: error = error ?? ServerReport(result: result)
                // COPY is a conversation that a script has no place for.
                default: throw .lost(nil)
                }
                guard PQstatus(pointer) == CONNECTION_OK else { throw .lost(error) }
            }
        } catch {
            throw failure(error, outcomeUnknown: true)
        }
        guard PQenterPipelineMode(pointer) == 1 else {
            throw failure(.lost(error), outcomeUnknown: false)
        }
        if let error { throw PostgresError(.server(error.sqlState), report: error) }
    }
}
