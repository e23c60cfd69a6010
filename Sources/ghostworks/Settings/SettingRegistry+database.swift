/// The settings `database.…` and `admin.…`.
extension SettingRegistry {
    static let databaseURL = Setting(
        name: "database.url",
        summary: "Database, as the role ghostworks_app; the embedded one when not set",
        example: "postgres://ghostworks_app@db.example.org/ghostworks?sslmode=verify-full",
        isSecret: true,
        parse: SettingParser.databaseAddress
    )
    static let readerURL = Setting(
        name: "database.reader_url",
        summary: "Database for reading, as the role ghostworks_reader",
        example: "postgres://ghostworks_reader@db.example.org/ghostworks?sslmode=verify-full",
        isSecret: true,
        parse: SettingParser.databaseAddress
    )
    static let adminURL = Setting(
        name: "admin.database_url",
        summary: "Database as the administrator, for `migrate` and `doctor`",
        example: "postgres://postgres@db.example.org/ghostworks?sslmode=verify-full",
        isSecret: true,
        parse: SettingParser.databaseAddress
    )
    static let poolSize = Setting(
        name: "database.pool_size",
        summary: "Most connections for writing",
        example: "8",
        standard: { _ in "8" },
        parse: SettingParser.number(1...500)
    )
    static let readerPoolSize = Setting(
        name: "database.reader_pool_size",
        summary: "Most connections for reading",
        example: "8",
        standard: { _ in "8" },
        parse: SettingParser.number(1...500)
    )
    static let acquireTimeout = Setting(
        name: "database.acquire_timeout",
        summary: "How long a request waits for a connection",
        example: "3s",
        standard: { _ in "3s" },
        parse: SettingParser.duration
    )
    static let requestTimeout = Setting(
        name: "database.request_timeout",
        summary: "How long the database may take for one request",
        example: "5s",
        standard: { _ in "5s" },
        parse: SettingParser.duration
    )
    static let connectTimeout = Setting(
        name: "database.connect_timeout",
        summary: "How long making a connection may take",
        example: "5s",
        standard: { _ in "5s" },
        parse: SettingParser.duration
    )
}
