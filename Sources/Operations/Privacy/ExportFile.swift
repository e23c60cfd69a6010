import Domain
import Foundation
import Glibc
import Sealing

/// A file that only its owner reads, written from front to back and hashed on the way.
final class ExportFile {
    private let descriptor: Int32
    private var hasher = SHA256Hasher()
    private(set) var bytes: Int64 = 0
    private(set) var lines = 0
    let path: String

    init(path: String) throws {
        self.path = path
        unlink(path)
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure }
    }

    deinit {
        close(descriptor)
    }

    func write(line: String) throws {
        try write(Array(line.utf8) + [10])
        lines += 1
    }

    func write(_ content: [UInt8]) throws {
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure }
            rest = rest.dropFirst(count)
        }
        hasher.update(content)
        bytes += Int64(content.count)
    }

    /// The whole of another file, piece by piece.
    func append(contentsOf path: String) throws {
        let source = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? source.close() }
        while let piece = try source.read(upToCount: 65_536), !piece.isEmpty {
            try write(Array(piece))
        }
    }

    /// Has everything on the disk; the hash of what was written.
    func finish() throws -> [UInt8] {
        guard fsync(descriptor) == 0 else { throw Self.failure }
        return hasher.finish()
    }

    private static let failure = DomainError(
        .unavailable,
        .unavailable,
        "The folder of exports cannot be written."
    )
}
