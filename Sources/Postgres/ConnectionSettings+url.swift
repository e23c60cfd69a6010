import CLibPQ

extension ConnectionSettings {
    /// Reads a `postgres://` URL in libpq's grammar.
    ///
    /// Sockets are written `postgres:///name?host=/folder`. Besides libpq's keywords the query
    /// may hold none.
    ///
    /// - Parameter url: the URL.
    /// - Throws: `PostgresError` of kind `.settings`, which never shows the password.
    public init(url: String) throws(PostgresError) {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw PostgresError(.settings("must be a postgres:// URL; got \(Self.shown(url))"))
        }
        guard let options = PQconninfoParse(url, nil) else {
            throw PostgresError(.settings("must be a postgres:// URL that libpq reads"))
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
            }
            next += 1
        }
        try self.init(keywords: values)
    }

    private init(keywords values: [String: String]) throws(PostgresError) {
        var rest = values
        host = rest.removeValue(forKey: "host")
        user = rest.removeValue(forKey: "user")
        password = rest.removeValue(forKey: "password")
        database = rest.removeValue(forKey: "dbname")
        sslRootCertificate = rest.removeValue(forKey: "sslrootcert")
        applicationName = rest.removeValue(forKey: "application_name") ?? "postgres"
        port = try Self.number(rest.removeValue(forKey: "port"), "port", 1...65_535) ?? 5432
        let seconds = try Self.number(
            rest.removeValue(forKey: "connect_timeout"),
            "connect_timeout",
            1...3600
        )
        connectTimeout = .seconds(seconds ?? 5)
        sslMode = try Self.sslMode(rest.removeValue(forKey: "sslmode"))
        keywords = rest
    }

    private static func number(
        _ text: String?,
        _ name: String,
        _ range: ClosedRange<Int>
    ) throws(PostgresError) -> Int? {
        guard let text else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw PostgresError(
                .settings(
                    "\(name) must be a number from \(range.lowerBound) to \(range.upperBound); "
                        + "got '\(text)'"
                )
            )
        }
        return value
    }

    private static func sslMode(_ text: String?) throws(PostgresError) -> SSLMode {
        guard let text else { return .prefer }
        guard let mode = SSLMode(rawValue: text) else {
            let names = SSLMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw PostgresError(.settings("sslmode must be one of \(names); got '\(text)'"))
        }
        return mode
    }

    /// The start of a text that is no URL; anything that could carry a password is left out.
    private static func shown(_ text: String) -> String {
        if let scheme = text.firstRange(of: "://") {
            return "the scheme '\(text[..<scheme.lowerBound])'"
        }
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || ".-_/:".contains($0) }
        return isPlain && text.count <= 64 ? "'\(text)'" : "a text of \(text.count) characters"
    }
}

extension ConnectionSettings {
    /// Keywords and values for PQconnectStartParams.
    var connectionKeywords: [(keyword: String, value: String)] {
        var values = keywords
        // A peer that vanishes must be noticed on connections nobody is waiting on, too.
        for (keyword, value) in Self.keepalive where values[keyword] == nil {
            values[keyword] = value
        }
        values["host"] = host
        values["port"] = "\(port)"
        values["user"] = user
        values["password"] = password
        values["dbname"] = database
        values["sslmode"] = sslMode.rawValue
        values["sslrootcert"] = sslRootCertificate
        values["application_name"] = applicationName
        values["client_encoding"] = "UTF8"
        values["options"] = sessionOptions
        return values.map { (keyword: $0.key, value: $0.value) }
    }

    private static let keepalive = [
        "keepalives": "1", "keepalives_idle": "10", "keepalives_interval": "5",
        "keepalives_count": "3", "tcp_user_timeout": "20000",
    ]

    /// The session's settings as command-line options of the server.
    private var sessionOptions: String? {
        var settings = parameters
        if let statementTimeout {
            settings["statement_timeout"] = "\(statementTimeout.milliseconds)"
        }
        if let lockTimeout { settings["lock_timeout"] = "\(lockTimeout.milliseconds)" }
        let own = settings.sorted { $0.key < $1.key }
            .map { "-c \($0.key)=\(Self.escapedOption($0.value))" }
        let all = [keywords["options"]].compactMap { $0 } + own
        return all.isEmpty ? nil : all.joined(separator: " ")
    }

    /// The server splits options at blanks; a backslash keeps the next character (pg_split_opts).
    private static func escapedOption(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if character.isWhitespace || character == "\\" { text.append("\\") }
            text.append(character)
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, so that a short wait never becomes none.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return overflow ? .max : product + fraction
    }
}
