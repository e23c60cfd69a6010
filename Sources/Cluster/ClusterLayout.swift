import Foundation
import Glibc

/// Where the embedded PostgreSQL keeps its files.
package struct ClusterLayout: Sendable, Equatable {
    /// The folder that holds everything of one installation.
    package let root: String

    /// Lays the files out under a folder.
    ///
    /// - Parameter root: An absolute path.
    package init(root: String) {
        self.root = root
    }

    /// The place for this user: `/var/lib/ghostworks` for root, `$XDG_DATA_HOME/ghostworks` else.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - isRoot: Whether the process runs as root, whose home is closed to the server's user.
    /// - Returns: The layout; nothing is made.
    /// - Throws: ``ClusterError/noHome``.
    package static func standard(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        isRoot: Bool = geteuid() == 0
    ) throws(ClusterError) -> ClusterLayout {
        if isRoot { return ClusterLayout(root: "/var/lib/ghostworks") }
        // The XDG specification: a relative path is not valid and is to be ignored.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return ClusterLayout(root: data + "/ghostworks")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { throw .noHome }
        return ClusterLayout(root: home + "/.local/share/ghostworks")
    }

    /// The server's data folder, of mode 0700.
    package var data: String { root + "/postgres" }
    /// The folder of the server's socket.
    package var socketFolder: String { root + "/run" }
    /// The server's socket, as libpq and the server name it.
    package var socket: String { socketFolder + "/.s.PGSQL.5432" }
    /// The passwords of the application's roles, of mode 0600.
    package var passwords: String { root + "/database-passwords" }

    var lock: String { root + "/lock" }
    /// What the server says before its own log is open.
    var startLog: String { data + "/start.log" }
    var logFolder: String { data + "/log" }
    /// Where initdb works; renamed when complete, so that a killed initdb leaves no half cluster.
    var unfinishedData: String { data + ".unfinished" }

    /// Refuses a socket path that `sockaddr_un` cannot hold: 107 bytes and the closing zero.
    func checkSocketPath() throws(ClusterError) {
        let bytes = socket.utf8.count
        if bytes > 107 { throw .socketPathTooLong(socket, bytes: bytes) }
    }

    /// The URL of a role over the socket.
    func url(role: String, password: String? = nil, database: String = databaseName) -> String {
        let host = socketFolder.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let credentials = password.map { "\(role):\($0)" } ?? role
        return "postgres://\(credentials)@\(host)/\(database)"
    }

    static let databaseName = "ghostworks"
    static let superuser = "postgres"
}
