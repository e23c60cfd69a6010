import Postgres

extension EmbeddedCluster {
    /// The roles that sign in with a password; the migrations make them without one.
    package static let loginRoles = ["ghostworks_app", "ghostworks_reader"]

    /// Gives the application's roles their passwords, after the migrations have made the roles.
    ///
    /// The passwords are made once and kept in a file of mode 0600 beside the data. A role whose
    /// password already works is left alone.
    package func preparePasswords() async throws {
        let lock = try await ClusterLock.acquire(layout.lock, within: 60)
        let passwords = try RolePasswords(layout: layout).prepare(for: Self.loginRoles)
        try await AdminConnection.with(adminURL) { connection in
            for role in Self.loginRoles {
                guard let password = passwords[role] else { continue }
                let rows = try await connection.query(
                    "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = \(role)) AS found"
                )
                guard try rows.first?.decode("found") == true else {
                    throw ClusterError.roleMissing(role)
                }
                if await accepts(role, password) { continue }
                // A statement that fails is logged with its text; this one must not be.
                try await connection.execute(
                    script: """
                        SET log_min_error_statement = panic;
                        SET log_statement = none;
                        ALTER ROLE \(role) PASSWORD '\(password)'
                        """
                )
            }
        }
        _ = consume lock
    }

    /// The URL of one of the application's roles, with its password.
    ///
    /// - Parameter role: `ghostworks_app` or `ghostworks_reader`.
    /// - Returns: A `postgres://` URL.
    /// - Throws: ``ClusterError/passwordMissing(role:)`` before ``preparePasswords()``.
    package nonisolated func url(role: String) throws -> String {
        guard let password = try RolePasswords(layout: layout).read()[role] else {
            throw ClusterError.passwordMissing(role: role)
        }
        return layout.url(role: role, password: password)
    }

    private func accepts(_ role: String, _ password: String) async -> Bool {
        do {
            try await AdminConnection.with(layout.url(role: role, password: password)) { _ in }
            return true
        } catch {
            return false
        }
    }
}

/// The file with the passwords of the application's roles: one `role password` a line.
struct RolePasswords {
    let layout: ClusterLayout

    /// The passwords, those that are missing made and kept.
    func prepare(for roles: [String]) throws(ClusterError) -> [String: String] {
        var passwords = try read()
        let missing = roles.filter { passwords[$0] == nil }
        if missing.isEmpty { return passwords }
        for role in missing { passwords[role] = Self.random() }
        let lines = passwords.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
        try PrivateFile(path: layout.passwords).write(lines.joined())
        return passwords
    }

    func read() throws(ClusterError) -> [String: String] {
        let text = try PrivateFile(path: layout.passwords).read() ?? ""
        let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
            let words = line.split(separator: " ").map(String.init)
            return words.count == 2 && Self.isPassword(words[1]) ? (words[0], words[1]) : nil
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// 256 bits of the kernel's random numbers, in hexadecimal: safe in a URL and in SQL.
    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef")
        return String((0..<64).map { _ in digits[Int.random(in: 0..<16, using: &generator)] })
    }

    private static func isPassword(_ text: String) -> Bool {
        text.count == 64 && text.allSatisfy { $0.isHexDigit }
    }
}
