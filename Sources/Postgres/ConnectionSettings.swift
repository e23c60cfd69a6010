/// Where and how to connect.
public struct ConnectionSettings: Sendable {
    /// How much of TLS is wanted (section 34.19 of the PostgreSQL manual).
    public enum SSLMode: String, Sendable, CaseIterable {
        /// No TLS.
        case disable
        /// TLS only when the server insists.
        case allow
        /// TLS when the server offers it.
        case prefer
        /// TLS without checking the certificate.
        case require
        /// TLS with a certificate of a trusted authority.
        case verifyCA = "verify-ca"
        /// TLS with a certificate of a trusted authority for this host.
        case verifyFull = "verify-full"
    }

    /// A host name, an address, or the folder of a unix socket; nil is libpq's default.
    public var host: String?
    /// The TCP port, or the number in the socket's name.
    public var port: Int
    /// The role; nil is the operating system's user.
    public var user: String?
    /// The password.
    public var password: String?
    /// The database; nil is the role's name.
    public var database: String?
    /// How much of TLS is wanted.
    public var sslMode: SSLMode
    /// A file with the certificates of trusted authorities.
    public var sslRootCertificate: String?
    /// What `pg_stat_activity` shows.
    public var applicationName: String
    /// How long making a connection may take.
    public var connectTimeout: Duration
    /// The server cancels a statement that runs longer; nil is the server's setting.
    public var statementTimeout: Duration?
    /// The server gives up waiting for a lock after this time; nil is the server's setting.
    public var lockTimeout: Duration?
    /// More server settings of the session, by name.
    public var parameters: [String: String] = [:]
    /// Other libpq keywords, as they stood in the URL.
    var keywords: [String: String] = [:]

    /// A description without secrets, for logs.
    public var safeDescription: String {
        let role = user.map { "\($0)@" } ?? ""
        return "postgres://\(role)\(host ?? "")\(port == 5432 ? "" : ":\(port)")/\(database ?? "")"
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The description without secrets.
    public var description: String {
        safeDescription
    }

    /// The description without secrets.
    public var debugDescription: String {
        safeDescription
    }

    /// No children, so that `dump` shows no password.
    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
