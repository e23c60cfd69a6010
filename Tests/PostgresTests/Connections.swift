import Logging
import Postgres
import Support

/// A connection to the shared server.
func open(
    _ change: (inout ConnectionSettings) -> Void = { _ in }
) async throws -> PostgresConnection {
    var settings = try await TestCluster.shared().settings
    change(&settings)
    return try await PostgresConnection.connect(settings)
}

/// A pool on the shared server.
func pool(_ settings: ConnectionPool.Settings = .init(maximum: 4)) async throws -> ConnectionPool {
    ConnectionPool(try await TestCluster.shared().settings, pool: settings, logger: quiet)
}

/// Discarded connections are expected here.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// The error a body throws, when it is one of ours.
func postgresError(_ body: () async throws -> Void) async -> PostgresError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// Something that has not come to be so in time.
struct WaitedInVain: Error {
    let condition: String
}

extension PostgresConnection {
    /// Asks until the server says yes.
    ///
    /// - Throws: `WaitedInVain` when it does not within a minute.
    func wait(until condition: SQL) throws {
        let limit = ContinuousClock.now + .seconds(60)
        while try query("SELECT \(condition) AS yes")[0].decode("yes") != true {
            guard ContinuousClock.now < limit else {
                throw WaitedInVain(condition: condition.text)
            }
        }
    }
}
