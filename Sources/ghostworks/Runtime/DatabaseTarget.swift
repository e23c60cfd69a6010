import Cluster
import Glibc
import Postgres

/// Which database this process works with: the one it was told of, or the embedded one.
struct DatabaseTarget: Sendable {
    private let settings: DatabaseSettings
    /// nil for a database elsewhere.
    let cluster: EmbeddedCluster?

    init(_ settings: Settings) {
        self.settings = settings.database
        cluster =
            settings.database.url == nil
            ? EmbeddedCluster(layout: ClusterLayout(root: settings.folders.data)) : nil
    }

    /// Starts the embedded server unless it runs; where there is none, it is made.
    func install() async throws {
        try await cluster?.start()
    }

    /// Starts the embedded server unless it runs.
    ///
    /// A folder that was mistyped stays as it is.
    ///
    /// - Throws: ``ExitMessage`` where there is none.
    func start() async throws {
        guard let cluster else { return }
        try Self.requireData(of: cluster.layout)
        try await cluster.start()
    }

    private static func requireData(of layout: ClusterLayout) throws(ExitMessage) {
        // A folder that may not be looked into is told of by whoever tries.
        guard access(layout.data, F_OK) != 0, [ENOENT, ENOTDIR].contains(errno) else { return }
        throw ExitMessage(
            "There is no database in \(layout.root) yet.",
            hint: "`ghostworks migrate up` makes one, `ghostworks demo` one with made-up data.\n"
                + "If there should be one, look at data.directory: `ghostworks settings`.",
            code: ExitMessage.usage
        )
    }

    /// Starts the embedded server again when it was killed.
    func revive() async throws -> Bool {
        try await cluster?.revive() ?? false
    }

    /// The administrator's connection, who may migrate.
    func administrator() throws -> ConnectionSettings {
        if let address = settings.adminURL {
            return prepared(try address.connection(for: SettingRegistry.adminURL))
        }
        guard let cluster else {
            throw SettingProblem(
                "Setting admin.database_url is needed for this.",
                hint: "For example: \(SettingRegistry.adminURL.environmentName)="
                    + SettingRegistry.adminURL.example
            )
        }
        return prepared(try cluster.adminSettings())
    }

    /// Whether this process may ask as the administrator.
    var hasAdministrator: Bool { cluster != nil || settings.adminURL != nil }

    /// The application's connection, which may write.
    func writer() throws -> ConnectionSettings {
        try connection(as: "ghostworks_app", settings.url, SettingRegistry.databaseURL)
    }

    /// The connection that may only read.
    ///
    /// Without an address of its own it is the application's role in transactions that may not
    /// write.
    func reader() throws -> ConnectionSettings {
        if settings.url != nil, settings.readerURL == nil {
            var connection = try writer()
            connection.parameters["default_transaction_read_only"] = "on"
            return connection
        }
        return try connection(
            as: "ghostworks_reader",
            settings.readerURL,
            SettingRegistry.readerURL
        )
    }

    private func connection(
        as role: String,
        _ address: DatabaseAddress?,
        _ setting: any SettingDescription
    ) throws -> ConnectionSettings {
        if let address { return prepared(try address.connection(for: setting)) }
        guard let cluster else { throw SettingProblem("Setting \(setting.name) is needed.") }
        return prepared(try ConnectionSettings(url: try cluster.url(role: role)))
    }

    private func prepared(_ connection: ConnectionSettings) -> ConnectionSettings {
        var connection = connection
        connection.connectTimeout = settings.pool.connectTimeout
        connection.applicationName = "ghostworks"
        return connection
    }
}
