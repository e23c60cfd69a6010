import Foundation

/// The running processes of the server of one data folder.
///
/// The pid file alone cannot be trusted: after a crash or a restart of the machine its number may
/// belong to somebody else. Every process of a server works in the data folder, which /proc tells.
struct ServerProcesses {
    /// The server's first process; nil when it does not run.
    let postmaster: Int32?
    /// Children that outlive a killed server for a moment, and keep its memory in use.
    let orphans: [Int32]

    init(data: String) {
        let working = Self.working(in: data)
        let named = Self.processOfPidFile(data: data)
        if let named, working.contains(named) {
            postmaster = named
            orphans = []
        } else {
            postmaster = nil
            orphans = working.sorted()
        }
    }

    /// The number on the first line of `postmaster.pid`.
    static func processOfPidFile(data: String) -> Int32? {
        guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8)
        else { return nil }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    private static func working(in data: String) -> Set<Int32> {
        let folder = URL(filePath: data).resolvingSymlinksInPath().path
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return Set(entries.compactMap { Int32($0) }.filter { works($0, in: folder) })
    }

    /// Whether the process that the pid file names is the server of the folder; looks at that one
    /// only, so it may be asked every second.
    static func isServer(_ process: Int32, of data: String) -> Bool {
        works(process, in: URL(filePath: data).resolvingSymlinksInPath().path)
    }

    private static func works(_ process: Int32, in folder: String) -> Bool {
        let files = FileManager.default
        let place = try? files.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
        guard place == folder else { return false }
        // Somebody's shell may stand in the folder, too.
        let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
        return name == "postgres\n"
    }
}
