import Foundation
import Glibc

/// The folders of a cluster on disk.
struct ClusterFolder {
    let layout: ClusterLayout
    let account: ServerAccount

    /// Makes the root and the socket's folder, and sees that the server's user can enter.
    func prepare() async throws {
        try make(layout.root)
        // Root's own files lie here too; the server's user needs to pass through, no more.
        try setMode(layout.root, account.isOther ? 0o711 : 0o700)
        try make(layout.socketFolder)
        try hand(layout.socketFolder)
        guard account.isOther else { return }
        let test = account.program("/usr/bin/test", ["-w", layout.socketFolder])
        guard try await test.run().status == 0 else {
            throw ClusterError.folderClosed(layout.root, account: account.name)
        }
    }

    /// Makes the data folder unless it is there, under the cluster's lock.
    func initialise(with programs: ServerPrograms) async throws {
        if FileManager.default.fileExists(atPath: layout.data) { return }
        let draft = layout.unfinishedData
        // What a killed initdb left.
        try? FileManager.default.removeItem(atPath: draft)
        try make(draft)
        try hand(draft)
        let ending = try await account.program(programs.initdb, Self.arguments(draft)).run()
        guard ending.status == 0 else {
            try? FileManager.default.removeItem(atPath: draft)
            throw ClusterError.initialiseFailed(reason: ending.lastLine)
        }
        try includeOwnSettings(draft)
        guard rename(draft, layout.data) == 0 else { throw PrivateFile.failure(layout.data) }
    }

    private static func arguments(_ folder: String) -> [String] {
        [
            "--pgdata=\(folder)", "--username=\(ClusterLayout.superuser)", "--locale=C.UTF-8",
            "--encoding=UTF8", "--data-checksums", "--auth-local=peer", "--auth-host=reject",
            "--no-instructions",
        ]
    }

    private func includeOwnSettings(_ folder: String) throws(ClusterError) {
        let file = PrivateFile(path: folder + "/postgresql.conf")
        let text = try file.read() ?? ""
        try file.write(text + "\n" + ServerConfiguration.include, owner: account)
    }

    private func make(_ folder: String) throws(ClusterError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
        } catch {
            throw .file(folder, reason: "the folder cannot be made")
        }
    }

    private func setMode(_ folder: String, _ mode: mode_t) throws(ClusterError) {
        guard chmod(folder, mode) == 0 else { throw PrivateFile.failure(folder) }
    }

    /// Makes the server's user the folder's owner, and the only one who may enter it.
    private func hand(_ folder: String) throws(ClusterError) {
        if account.isOther, chown(folder, account.user, account.group) != 0 {
            throw PrivateFile.failure(folder)
        }
        try setMode(folder, 0o700)
    }
}
