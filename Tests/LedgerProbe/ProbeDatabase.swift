import Domain
import Logging
import Postgres
import Sealing
import Storage

/// Opens the database that a run is for.
enum ProbeDatabase {
    /// `die` and `load`: host, port and name.
    static func open(_ arguments: [String]) throws -> Database {
        var settings = try ConnectionSettings(url: "postgres://ghostworks_app@localhost/")
        settings.host = arguments[1]
        settings.port = Int(arguments[2]) ?? 5432
        settings.database = arguments[3]
        return try open(settings, keys: arguments[4], connections: 4)
    }

    static func open(
        _ settings: ConnectionSettings,
        keys: String,
        connections: Int
    ) throws -> Database {
        let pool = ConnectionPool(
            settings,
            pool: .init(
                maximum: connections,
                acquireTimeout: .seconds(30),
                deadline: .seconds(30)
            ),
            logger: Logger(label: "probe") { _ in SwiftLogNoOpLogHandler() }
        )
        return Database(
            writer: pool,
            reader: pool,
            signer: ContextSigner(keys: try ContextKeys(path: keys))
        )
    }
}
