/// The settings `http.…`.
extension SettingRegistry {
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
    static let connections = Setting(
        name: "http.connections",
        summary: "Most connections of `serve`; more wait at the door",
        example: "1024",
        standard: { _ in "1024" },
        parse: SettingParser.number(16...65_535)
    )
    static let connectionsPerAddress = Setting(
        name: "http.connections_per_address",
        summary: "Most connections of one address that is no trusted proxy; more are closed",
        example: "256",
        standard: { _ in "256" },
        parse: SettingParser.number(1...65_535)
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
}
