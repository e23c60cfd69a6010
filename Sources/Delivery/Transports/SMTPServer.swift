/// A mail server and how to talk to it.
package struct SMTPServer: Hashable, Sendable {
    package var host: String
    package var port: Int
    /// TLS from the first byte (`smtps`); otherwise STARTTLS.
    package var isImplicitTLS: Bool
    /// Whether a mail may go without TLS when the server offers none: to this machine only.
    package var requiresTLS: Bool
    package var login: Login?
    /// The certificates to trust instead of the system's (PEM).
    package var authorities: String?
    package var timeouts: Timeouts

    package struct Login: Hashable, Sendable {
        package var user: String
        package var password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    package struct Timeouts: Hashable, Sendable {
        package var connect: Duration
        /// For the whole exchange.
        package var total: Duration

        package init(connect: Duration = .seconds(10), total: Duration = .seconds(60)) {
            self.connect = connect
            self.total = total
        }
    }

    package init(
        host: String,
        port: Int,
        isImplicitTLS: Bool = false,
        requiresTLS: Bool? = nil,
        login: Login? = nil,
        authorities: String? = nil,
        timeouts: Timeouts = Timeouts()
    ) {
        self.host = host
        self.port = port
        self.isImplicitTLS = isImplicitTLS
        self.requiresTLS = requiresTLS ?? !Self.isLoopback(host)
        self.login = login
        self.authorities = authorities
        self.timeouts = timeouts
    }

    /// Whether a host name means this machine.
    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// As libcurl wants it; the path is what the client calls itself.
    func url(greeting: String) -> String {
        let host = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "\(isImplicitTLS ? "smtps" : "smtp")://\(host):\(port)/\(greeting)"
    }
}
