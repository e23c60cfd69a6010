import Foundation
import Glibc
import Sealing

/// The file with the session token of this shell's user, of mode 0600.
struct SessionFile: Sendable {
    private let folder: PrivateFolder
    private let file: KeyFile

    init(_ folders: Folders) {
        folder = PrivateFolder(path: folders.state)
        file = KeyFile(path: folders.session)
    }

    /// The token; nil when nobody is signed in.
    func read() throws -> String? {
        guard access(file.path, F_OK) == 0 else { return nil }
        let token = try file.read().withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        return token.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Refuses a folder that takes no files, before anybody signs in for nothing.
    func check() throws {
        do {
            try folder.create()
        } catch let error as ExitMessage {
            throw SettingProblem(error.sentence, hint: Self.hint)
        }
        guard access(folder.path, W_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            throw SettingProblem(
                "The folder \(folder.path) takes no files: \(reason).",
                hint: Self.hint
            )
        }
    }

    private static let hint =
        "The session is kept there; \(SettingRegistry.stateDirectory.environmentName) names "
        + "another folder."

    /// Keeps a token in place of the one before.
    func write(_ token: String) throws {
        try folder.create()
        try file.replace(with: SecretBytes(copying: Array((token + "\n").utf8)))
    }

    /// Forgets the token.
    func remove() {
        unlink(file.path)
    }
}
