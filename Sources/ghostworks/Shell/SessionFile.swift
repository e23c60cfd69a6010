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
