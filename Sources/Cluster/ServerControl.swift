import Foundation
import Glibc
import Postgres

/// Starts and stops one server, under the cluster's lock.
struct ServerControl {
    let layout: ClusterLayout
    let account: ServerAccount
    let programs: ServerPrograms

    /// Starts the server unless it runs, and waits until it accepts connections.
    func start(within seconds: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var isLaunched = false
        while true {
            if try await launchUnlessRunning(until: deadline, seconds: seconds) {
                isLaunched = true
            }
            do {
                return try await waitForConnections(until: deadline, seconds: seconds)
            } catch {
                // One that ran already may have been dying when it was seen.
                let isGone = ServerProcesses(data: layout.data).postmaster == nil
                guard isGone, !isLaunched else { throw error }
            }
        }
    }

    /// - Returns: Whether a server was launched; false when one was running.
    private func launchUnlessRunning(
        until deadline: ContinuousClock.Instant,
        seconds: Int
    ) async throws -> Bool {
        try await waitForOrphans(until: deadline)
        guard ServerProcesses(data: layout.data).postmaster == nil else { return false }
        try ServerConfiguration(layout: layout, account: account).write()
        removeStaleLocks()
        try await launch(within: seconds)
        return true
    }

    /// Stops the server.
    ///
    /// - Returns: Whether it ran.
    func stop() async throws -> Bool {
        guard ServerProcesses(data: layout.data).postmaster != nil else { return false }
        let ending = try await account.program(
            programs.control,
            ["stop", "--pgdata=\(layout.data)", "--mode=fast", "--wait", "--timeout=120"]
        ).run()
        // Another stop may have been faster; what counts is that it is gone.
        let isGone = ServerProcesses(data: layout.data).postmaster == nil
        guard ending.status == 0 || isGone else {
            throw ClusterError.stopFailed(reason: ending.lastLine)
        }
        return true
    }

    /// Children of a killed server notice its death within moments and end.
    private func waitForOrphans(until deadline: ContinuousClock.Instant) async throws {
        let patience = min(deadline, ContinuousClock.now + .seconds(30))
        while true {
            let orphans = ServerProcesses(data: layout.data).orphans
            if orphans.isEmpty { return }
            guard ContinuousClock.now < patience else {
                throw ClusterError.stillInUse(folder: layout.data, processes: orphans)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Removes what a killed server left, once nobody works in its folder.
    ///
    /// The number in these files is dead, a zombie or somebody else's, and in the last two cases
    /// the server would refuse to start. The socket's folder is this server's own.
    private func removeStaleLocks() {
        for path in [layout.data + "/postmaster.pid", layout.socket + ".lock", layout.socket] {
            unlink(path)
        }
    }

    private func launch(within seconds: Int) async throws {
        unlink(layout.startLog)
        let ending = try await account.program(
            programs.control,
            [
                "start", "--pgdata=\(layout.data)", "--log=\(layout.startLog)", "--silent",
                "--wait", "--timeout=\(seconds)",
            ]
        ).run()
        guard ending.status != 0, ServerProcesses(data: layout.data).postmaster == nil else {
            return
        }
        let complaint = ServerLog(layout: layout).lastComplaint
        throw ClusterError.startFailed(
            reason: complaint?.text ?? ending.lastLine,
            log: complaint?.file ?? layout.startLog
        )
    }

    private func waitForConnections(
        until deadline: ContinuousClock.Instant,
        seconds: Int
    ) async throws {
        let url = layout.url(role: ClusterLayout.superuser, database: "postgres")
        while true {
            do {
                return try await AdminConnection.with(url) { _ in }
            } catch {
                guard ServerProcesses(data: layout.data).postmaster != nil else {
                    let complaint = ServerLog(layout: layout).lastComplaint
                    throw ClusterError.startFailed(
                        reason: complaint?.text ?? "\(error)",
                        log: complaint?.file ?? layout.logFolder
                    )
                }
                guard ContinuousClock.now < deadline else {
                    throw ClusterError.startTimedOut(seconds: seconds, log: layout.logFolder)
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}

/// What the server wrote about itself.
struct ServerLog {
    let layout: ClusterLayout

    /// The newest line that says why it ended, and the file it stands in.
    var lastComplaint: (text: String, file: String)? {
        for file in files {
            guard let text = tail(of: file) else { continue }
            let lines = text.split(separator: "\n")
            let telling = lines.last { line in
                ["FATAL:", "PANIC:"].contains { line.contains($0) }
            }
            if let telling { return (String(telling), file) }
        }
        return nil
    }

    /// The start's own log, then the server's logs, the newest first.
    private var files: [String] {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: layout.logFolder)) ?? []
        let logs = names.map { "\(layout.logFolder)/\($0)" }.sorted { left, right in
            modified(left) > modified(right)
        }
        return [layout.startLog] + logs
    }

    private func modified(_ file: String) -> Date {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return attributes?[.modificationDate] as? Date ?? .distantPast
    }

    private func tail(of file: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: file) else { return nil }
        defer { try? handle.close() }
        guard let end = try? handle.seekToEnd() else { return nil }
        try? handle.seek(toOffset: end > 65_536 ? end - 65_536 : 0)
        let bytes = (try? handle.readToEnd()) ?? nil
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}
