import FoundationEssentials

/// Where a provider is: the base of its addresses, such as `https://api.openai.com/v1`.
///
/// TLS only, except to this machine itself, or where the installation allows it; without
/// credentials, which belong into a secret.
package struct ProviderAddress: Hashable, Sendable, CustomStringConvertible {
    /// Without a slash at its end.
    package let description: String

    /// Nil for what is no such address.
    ///
    /// - Parameters:
    ///   - text: the address.
    ///   - allowsPlain: whether plain HTTP to other machines will do.
    package init?(_ text: String, allowsPlain: Bool = false) {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            let url = URL(string: text), let host = url.host(), !host.isEmpty,
            url.user() == nil, url.password() == nil, url.query() == nil, url.fragment() == nil,
            !text.contains("?"), !text.contains("#")
        else { return nil }
        switch url.scheme {
        case "https": break
        case "http" where allowsPlain || Self.isThisMachine(host): break
        default: return nil
        }
        var base = text[...]
        while base.hasSuffix("/") { base = base.dropLast() }
        description = String(base)
    }

    private static func isThisMachine(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
