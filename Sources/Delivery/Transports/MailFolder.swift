import Foundation
import Glibc

/// A folder of mails as files: what a mail server would get, in `ID.eml`, closed to other users.
struct MailFolder: Sendable {
    let path: String

    /// Writes a message whole or not at all; a second try of the same mail replaces the file.
    ///
    /// - Throws: A transient failure when the folder cannot be written.
    func write(_ message: MailMessage) throws {
        let bytes = try message.bytes()
        try make()
        let target = "\(path)/\(message.id).eml"
        let draft = "\(target).part"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot be made") }
        defer { close(file) }
        guard Self.write(bytes, to: file), fsync(file) == 0 else {
            unlink(draft)
            throw failure("cannot be written")
        }
        guard rename(draft, target) == 0 else { throw failure("cannot be named") }
    }

    private func make() throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw failure("has no folder")
        }
    }

    private func failure(_ what: String) -> DeliveryFailure {
        let reason = String(cString: strerror(errno))
        return DeliveryFailure(.transient, "the mail's file \(what) in \(path): \(reason)")
    }

    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
