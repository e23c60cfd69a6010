import Foundation
import Glibc

/// A file that only its owner may read, written whole or not at all.
struct PrivateFile {
    let path: String

    /// Replaces the file: readers see the old or the new text, also after a crash.
    ///
    /// - Parameters:
    ///   - text: The whole content.
    ///   - owner: Who owns it; this process's user when nil.
    /// - Throws: ``ClusterError/file(_:reason:)``.
    func write(_ text: String, owner: ServerAccount? = nil) throws(ClusterError) {
        let draft = "\(path).\(getpid()).draft"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        let isWritten = write(Array(text.utf8), to: descriptor, owner: owner)
        let failure = Self.failure(path)
        guard close(descriptor) == 0, isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            throw failure
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32, owner: ServerAccount?) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 { return false }
            rest = rest.dropFirst(count)
        }
        if let owner, owner.isOther, fchown(descriptor, owner.user, owner.group) != 0 {
            return false
        }
        return fsync(descriptor) == 0
    }

    /// The content; nil when there is no such file.
    func read() throws(ClusterError) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path, reason: "cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
    }

    static func failure(_ path: String) -> ClusterError {
        .file(path, reason: String(cString: strerror(errno)))
    }
}
