extension PostgresConnection {
    /// Runs a body on a connection for one errand, and closes it whatever happens.
    ///
    /// - Parameters:
    ///   - settings: where and how to connect.
    ///   - body: the work.
    /// - Returns: what `body` returns.
    /// - Throws: `PostgresError` when the connection cannot be made, or what `body` throws.
    public static func with<Value: Sendable>(
        _ settings: ConnectionSettings,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connect(settings)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}
