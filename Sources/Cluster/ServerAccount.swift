import Glibc

/// The user of the operating system as whom the server runs.
///
/// PostgreSQL refuses to run as root, so root hands it to the user `postgres`, whom Debian's
/// package makes; anybody else runs it as oneself.
struct ServerAccount: Sendable, Equatable {
    let name: String
    let user: uid_t
    let group: gid_t
    /// Whether this process must change to the account.
    let isOther: Bool

    /// The account for this process.
    ///
    /// - Parameters:
    ///   - user: The process's effective user.
    ///   - unprivileged: The account that root takes.
    /// - Returns: The account.
    /// - Throws: ``ClusterError/noAccount``.
    static func current(
        user: uid_t = geteuid(),
        unprivileged: String = "postgres"
    ) throws(ClusterError) -> ServerAccount {
        if user == 0 {
            guard let entry = entry(named: unprivileged), entry.user != 0 else { throw .noAccount }
            return ServerAccount(
                name: unprivileged,
                user: entry.user,
                group: entry.group,
                isOther: true
            )
        }
        return ServerAccount(
            name: name(of: user) ?? "\(user)",
            user: user,
            group: getegid(),
            isOther: false
        )
    }

    /// The program as the account runs it.
    func program(_ path: String, _ arguments: [String]) -> Program {
        guard isOther else { return Program(path: path, arguments: arguments) }
        return Program(
            path: "/usr/bin/setpriv",
            arguments: [
                "--reuid=\(user)", "--regid=\(group)", "--init-groups", "--no-new-privs", "--",
                path,
            ] + arguments
        )
    }

    /// The users that may act as the server's superuser over the socket.
    var administrators: [String] {
        isOther ? ["root", name] : [name]
    }

    private static func entry(named name: String) -> (user: uid_t, group: gid_t)? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withBuffer { buffer in
            guard let start = buffer.baseAddress,
                getpwnam_r(name, &entry, start, buffer.count, &found) == 0, found != nil
            else { return nil }
            return (entry.pw_uid, entry.pw_gid)
        }
    }

    private static func name(of user: uid_t) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withBuffer { buffer in
            guard let start = buffer.baseAddress,
                getpwuid_r(user, &entry, start, buffer.count, &found) == 0, found != nil
            else { return nil }
            return entry.pw_name.map { String(cString: $0) }
        }
    }

    /// Room for the strings of one entry; 16 KiB is more than any sane directory service answers.
    private static func withBuffer<Value>(
        _ body: (UnsafeMutableBufferPointer<CChar>) -> Value
    ) -> Value {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384, body)
    }
}
