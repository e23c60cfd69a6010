import Cluster
import Foundation
import Logging
import Sealing

/// Every setting, in the order of the documentation.
enum SettingRegistry {
    static let dataDirectory = Setting(
        name: "data.directory",
        summary: "Folder of the embedded database and of the keys that are made for it",
        example: "/var/lib/ghostworks",
        standard: { surroundings in
            let layout = try? ClusterLayout.standard(
                environment: surroundings.environment,
                isRoot: surroundings.isRoot
            )
            return layout?.root ?? ""
        },
        parse: SettingParser.absolutePath
    )
    static let stateDirectory = Setting(
        name: "state.directory",
        summary: "Folder of the session, the console's memory and its log",
        example: "/var/lib/ghostworks/state",
        standard: { surroundings in
            if surroundings.isRoot { return surroundings.dataDirectory + "/state" }
            return surroundings.folder("XDG_STATE_HOME", below: ".local/state") ?? ""
        },
        parse: SettingParser.absolutePath
    )
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
    static let host = Setting(
        name: "http.host",
        summary: "Address that `serve` listens on",
        example: "0.0.0.0",
        standard: { _ in "127.0.0.1" },
        parse: SettingParser.text
    )
    static let port = Setting(
        name: "http.port",
        summary: "Port that `serve` listens on",
        example: "8080",
        standard: { _ in "8080" },
        parse: SettingParser.number(0...65_535)
    )
    static let adminHost = Setting(
        name: "http.admin_host",
        summary: "Address of the metrics; keep it private",
        example: "127.0.0.1",
        standard: { _ in "127.0.0.1" },
        parse: SettingParser.text
    )
    static let adminPort = Setting(
        name: "http.admin_port",
        summary: "Port of the metrics",
        example: "9464",
        standard: { _ in "9464" },
        parse: SettingParser.number(0...65_535)
    )
    static let certificate = Setting(
        name: "http.tls_certificate",
        summary: "Certificate chain (PEM); TLS is on when it is set",
        example: "/etc/ghostworks/tls.crt",
        parse: SettingParser.optionalPath
    )
    static let certificateKey = Setting(
        name: "http.tls_key",
        summary: "Private key (PEM) of the certificate",
        example: "/etc/ghostworks/tls.key",
        parse: SettingParser.optionalPath
    )
    static let shutdownTimeout = Setting(
        name: "http.shutdown_timeout",
        summary: "How long requests in flight may take when `serve` ends",
        example: "20s",
        standard: { _ in "20s" },
        parse: SettingParser.duration
    )
    static let allowedOrigins = Setting(
        name: "http.allowed_origins",
        summary: "Origins whose pages may use the API, separated by commas; none but its own",
        example: "https://app.example.org,https://admin.example.org",
        parse: SettingParser.origins
    )
    static let trustedProxies = Setting(
        name: "http.trusted_proxies",
        summary: "Addresses and networks whose `X-Forwarded-For` is believed, with commas",
        example: "10.0.0.0/8,fd00::/8",
        parse: SettingParser.proxies
    )
    static let addressRate = Setting(
        name: "http.rate_address",
        summary: "Requests of one address; `off` for any number",
        example: "2000/10s",
        standard: { _ in "2000/10s" },
        parse: SettingParser.rate
    )
    static let signInRate = Setting(
        name: "http.rate_signin",
        summary: "Attempts of one address to sign in, register or reset a password",
        example: "60/1m",
        standard: { _ in "60/1m" },
        parse: SettingParser.rate
    )
    static let userRate = Setting(
        name: "http.rate_user",
        summary: "Requests of one person",
        example: "1000/10s",
        standard: { _ in "1000/10s" },
        parse: SettingParser.rate
    )
    static let keyRate = Setting(
        name: "http.rate_key",
        summary: "Requests of one API key that has no limit of its own",
        example: "1000/10s",
        standard: { _ in "1000/10s" },
        parse: SettingParser.rate
    )
    static let tenantRate = Setting(
        name: "http.rate_tenant",
        summary: "Requests in one tenant",
        example: "5000/10s",
        standard: { _ in "5000/10s" },
        parse: SettingParser.rate
    )
    static let writeRate = Setting(
        name: "http.rate_write",
        summary: "Changes by one person or one API key",
        example: "500/10s",
        standard: { _ in "500/10s" },
        parse: SettingParser.rate
    )
    static let modelCallRate = Setting(
        name: "ai.rate_calls",
        summary: "Calls to models by one member or one API key",
        example: "120/1m",
        standard: { _ in "120/1m" },
        parse: SettingParser.rate
    )
    static let modelTokenRate = Setting(
        name: "ai.rate_tokens",
        summary: "Tokens of such calls",
        example: "1000000/1m",
        standard: { _ in "1000000/1m" },
        parse: SettingParser.rate
    )
    static let signingKey = Setting(
        name: "keys.signing",
        summary: "Key that signs access tokens (Ed25519, PEM)",
        example: "file:/etc/ghostworks/signing.pem",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).signing.reference },
        parse: SettingParser.secret
    )
    static let contextKey = Setting(
        name: "keys.context",
        summary: "Key that signs what a statement may see",
        example: "file:/etc/ghostworks/context.key",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).context.reference },
        parse: SettingParser.secret
    )
    static let pepper = Setting(
        name: "keys.pepper",
        summary: "Key that goes into every password hash",
        example: "env:GHOSTWORKS_PEPPER",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).pepper.reference },
        parse: SettingParser.secret
    )
    static let sealingKey = Setting(
        name: "keys.sealing",
        summary: "Keys that seal stored secrets, one line `id:hex` each, the current one first",
        example: "file:/etc/ghostworks/sealing.key",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).sealing.reference },
        parse: SettingParser.secret
    )
    static let rotationDays = Setting(
        name: "keys.rotation_days",
        summary: "How old a key becomes before `serve` rotates it; 0: never",
        example: "30",
        standard: { _ in "30" },
        parse: SettingParser.number(0...3_650)
    )
    static let issuer = Setting(
        name: "tokens.issuer",
        summary: "Who issues access tokens (`iss`)",
        example: "https://ghostworks.example.org",
        standard: { _ in "ghostworks" },
        parse: SettingParser.text
    )
    static let audience = Setting(
        name: "tokens.audience",
        summary: "For whom access tokens are (`aud`)",
        example: "ghostworks-api",
        standard: { _ in "ghostworks-api" },
        parse: SettingParser.text
    )
    static let requireSecondFactor = Setting(
        name: "operators.require_second_factor",
        summary: "Whether operators get in with a second factor only",
        example: "true",
        standard: { _ in "false" },
        parse: ProviderParser.flag
    )
    static let mailTransport = Setting(
        name: "mail.transport",
        summary: "How mails leave: `file` writes them to a folder, `smtp` sends them",
        example: "smtp",
        standard: { _ in "file" },
        parse: SettingParser.mailTransport
    )
    static let mailFolder = Setting(
        name: "mail.directory",
        summary: "Folder of the mails of the transport `file`",
        example: "/var/lib/ghostworks/mail",
        standard: { $0.dataDirectory + "/mail" },
        parse: SettingParser.absolutePath
    )
    static let mailURL = Setting(
        name: "mail.url",
        summary: "Mail server; `smtps` for TLS from the start, else STARTTLS",
        example: "smtp://ghostworks@mail.example.org:587",
        parse: SettingParser.mailServer
    )
    static let mailPassword = Setting(
        name: "mail.password",
        summary: "Password of the user in mail.url",
        example: "file:/etc/ghostworks/mail.password",
        parse: SettingParser.optionalSecret
    )
    static let mailAuthorities = Setting(
        name: "mail.tls_authorities",
        summary: "Certificates (PEM) to trust for the mail server; the system's when not set",
        example: "/etc/ghostworks/mail-ca.pem",
        parse: SettingParser.optionalPath
    )
    static let mailFrom = Setting(
        name: "mail.from",
        summary: "Sender of all mails",
        example: "Ghostworks <no-reply@example.org>",
        standard: { _ in "Ghostworks <ghostworks@localhost.localdomain>" },
        parse: SettingParser.mailbox
    )
    static let mailLinkBase = Setting(
        name: "mail.link_base",
        summary: "Where the pages are that links in mails lead to",
        example: "https://app.example.org",
        standard: { _ in "http://127.0.0.1:8080" },
        parse: SettingParser.linkBase
    )
    static let exportFolder = Setting(
        name: "privacy.export_directory",
        summary: "Folder of exports of personal data; one for all machines that serve or work",
        example: "/var/lib/ghostworks/exports",
        standard: { $0.dataDirectory + "/exports" },
        parse: SettingParser.absolutePath
    )
    static let logLevel = Setting(
        name: "log.level",
        summary: "Lowest level that is logged",
        example: "info",
        standard: { _ in "info" },
        parse: SettingParser.logLevel
    )
    static let timeZone = Setting(
        name: "tz",
        summary: "Zone of the times that people see; $TZ or the system's when not set",
        example: "Asia/Kuwait",
        parse: SettingParser.timeZone
    )
    static let theme = Setting(
        name: "console.theme",
        summary: "Colours of the console",
        example: "paper",
        standard: { _ in "ghost" },
        parse: SettingParser.theme
    )

    static let all: [any SettingDescription] = [
        dataDirectory, stateDirectory, databaseURL, readerURL, adminURL, poolSize,
        readerPoolSize, acquireTimeout, requestTimeout, connectTimeout, host, port, adminHost,
        adminPort, certificate, certificateKey, shutdownTimeout, allowedOrigins,
        trustedProxies, addressRate, signInRate, userRate, keyRate, tenantRate, writeRate,
        modelCallRate, modelTokenRate,
        signingKey, contextKey, pepper, sealingKey, rotationDays, issuer, audience,
        requireSecondFactor,
        mailTransport, mailFolder, mailURL, mailPassword, mailAuthorities, mailFrom, mailLinkBase,
        exportFolder,
        logLevel, timeZone, theme,
    ]
}
