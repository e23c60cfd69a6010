package import Domain
package import Postgres

extension Database {
    /// Runs one statement for a caller whom the guard lets pass: one round trip.
    package func fetch(_ access: Access, _ statement: SQL) async throws -> Fetched {
        try await translated(access) {
            let question = AccessMemo.Question(access)
            if let question, let fetched = try await fetchConfirming(question, access, statement) {
                return fetched
            }
            return try await fetchAsking(access, statement, question)
        }
    }

    /// The same under an answer that is known; nil when it is not, or does not hold any more.
    private func fetchConfirming(
        _ question: AccessMemo.Question,
        _ access: Access,
        _ statement: SQL
    ) async throws -> Fetched? {
        guard let known = memo[question] else { return nil }
        do throws(PostgresError) {
            let entry = known.confirmation(context: sign(access.context), of: question.session)
            let results = try await reader.read([statement], under: entry)
            return Fetched(rows: results[1], authorization: known.authorization)
        } catch {
            guard error.sqlState == .accessChanged else { throw error }
            memo[question] = nil
            return nil
        }
    }

    private func fetchAsking(
        _ access: Access,
        _ statement: SQL,
        _ question: AccessMemo.Question?
    ) async throws -> Fetched {
        let entry = access.guard.statement(context: sign(access.context))
        let results = try await reader.read([statement], under: entry)
        let authorization = try access.guard.authorization(results[0])
        if let question, let authorization {
            memo[question] = try AccessMemo.Answer(results[0], authorization)
        }
        return Fetched(rows: results[1], authorization: authorization)
    }
}

/// The rows of one statement and what the guard said of the caller.
package struct Fetched: Sendable {
    package let rows: Rows
    package let authorization: Authorization?
}

extension SQLState {
    /// What `app.confirm_stamp` raises.
    fileprivate static let accessChanged = SQLState(rawValue: "GW419")
}
