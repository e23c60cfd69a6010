import FoundationEssentials

/// Which addresses of an issuer may be asked: TLS only, without credentials in them.
package struct EndpointRule: Sendable {
    /// Whether plain HTTP to this machine itself will do.
    package var allowsLoopback: Bool

    package init(allowsLoopback: Bool) {
        self.allowsLoopback = allowsLoopback
    }

    /// Whether text is an address that may be asked.
    package func allows(_ text: String) -> Bool {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            let url = URL(string: text), let host = url.host(), !host.isEmpty,
            url.user() == nil, url.password() == nil, url.fragment() == nil
        else { return false }
        switch url.scheme {
        case "https": return true
        case "http": return allowsLoopback && Self.loopback.contains(host)
        default: return false
        }
    }

    private static let loopback: Set<String> = ["127.0.0.1", "localhost", "::1", "[::1]"]
}
