import HTTPTypes

/// The headers on each answer that tell browsers to take no liberties.
enum SecurityHeaders {
    static let headers: [(HTTPField.Name, String)] = [
        (.named("X-Content-Type-Options"), "nosniff"),
        (.named("X-Frame-Options"), "DENY"),
        (.named("X-XSS-Protection"), "1; mode=block"),
        (.strictTransportSecurity, "max-age=31536000; includeSubDomains"),
        (
            .contentSecurityPolicy,
            "default-src 'self'; script-src 'self' 'unsafe-inline'"
        ),
        (.named("Referrer-Policy"), "strict-origin-when-cross-origin"),
        (.cacheControl, "no-store"),
    ]

    private static let fields = headers.map { HTTPField(name: $0, value: $1) }

    /// Adds them; what is public may be kept, and then the route says so itself.
    static func add(to headers: inout HTTPFields) {
        let isKept = headers.contains(.cacheControl)
        for field in fields where !isKept || field.name != .cacheControl {
            headers.append(field)
        }
    }
}
