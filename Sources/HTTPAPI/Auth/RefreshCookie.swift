import Domain
import HTTPTypes
import Operations

/// The cookie in which browsers keep a refresh token; scripts never see it.
enum RefreshCookie {
    static let name = "__Secure-ghostworks-refresh"
    static let path = "/api/v1/auth/refresh"

    private static let attributes = "Path=\(path); Secure; HttpOnly; SameSite=Strict"

    /// The header that sets the cookie.
    static func set(_ token: IssuedRefresh, now: Instant) -> HTTPFields {
        let life = max(0, token.expiresAt.seconds - now.seconds)
        return [.setCookie: "\(name)=\(token.text); Max-Age=\(life); \(attributes)"]
    }

    /// The header that takes it away.
    static let clear: HTTPFields = [.setCookie: "\(name)=; Max-Age=0; \(attributes)"]

    /// The token in a request's cookies; nil without one, or when two have the name.
    static func read(_ fields: HTTPFields) -> String? {
        let values = fields[values: .cookie].flatMap { $0.split(separator: ";") }
            .compactMap { part -> Substring? in
                let pair = part.trimmingSpaces
                guard pair.hasPrefix(name + "=") else { return nil }
                return pair.dropFirst(name.count + 1)
            }
        return values.count == 1 ? String(values[0]) : nil
    }
}
