/// The name of a tenant in addresses: 3 to 63 of `a-z0-9-`, no hyphen at an end or doubled.
package struct Slug: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Names that would collide with paths or mislead people.
    package static let reserved: Set<String> = [
        "admin", "api", "app", "assets", "auth", "console", "docs", "ghostworks", "health",
        "login", "metrics", "platform", "root", "static", "status", "support", "system", "www",
    ]

    package init(_ text: String) throws(DomainError) {
        let bytes = Array(text.utf8)
        let allowed = bytes.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
        }
        guard (3...63).contains(bytes.count), allowed, bytes.first != 45, bytes.last != 45,
            !text.contains("--")
        else {
            throw .invalid(
                "slug",
                "must be 3 to 63 lower-case letters, digits and single hyphens, such as acme-charity"
            )
        }
        guard !Self.reserved.contains(text) else {
            throw .invalid("slug", "must not be the reserved word \(text)")
        }
        guard TenantID(text) == nil else { throw .invalid("slug", "must not look like an id") }
        description = text
    }
}
