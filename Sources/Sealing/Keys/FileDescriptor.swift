internal import Glibc

/// An open file that is closed when the value goes away.
struct FileDescriptor: ~Copyable {
    let number: Int32
    private let path: String

    /// Opens `path`, closed on exec, with `mode` for a file that is created.
    init(opening path: String, _ flags: Int32, mode: mode_t = 0) throws(SealingError) {
        number = open(path, flags | O_CLOEXEC, mode)
        self.path = path
        guard number >= 0 else { throw Self.failure("must be opened", path) }
    }

    deinit {
        close(number)
    }

    func status() throws(SealingError) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw Self.failure("must have a status", path) }
        return status
    }

    /// Reads to the end, or fails when there are more than `limit` bytes.
    func readAll(limit: Int) throws(SealingError) -> SecretBytes {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: limit + 1, alignment: 16)
        defer { SecretBytes.wipeAndFree(room) }
        var filled = 0
        while filled < room.count {
            let count = read(number, room.baseAddress?.advanced(by: filled), room.count - filled)
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else if errno != EINTR {
                throw Self.failure("must be read", path)
            }
        }
        guard filled <= limit else {
            throw .file(path: path, rule: "must not be larger than \(limit) bytes")
        }
        return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: room[..<filled]))
    }

    func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SealingError) {
        var written = 0
        while written < bytes.count {
            let rest = bytes.count - written
            let count = write(number, bytes.baseAddress?.advanced(by: written), rest)
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw Self.failure("must be written", path)
            }
        }
    }

    func synchronize() throws(SealingError) {
        guard fsync(number) == 0 else { throw Self.failure("must be synced to disk", path) }
    }

    static func failure(_ rule: String, _ path: String) -> SealingError {
        .file(path: path, rule: "\(rule); the system says: \(String(cString: strerror(errno)))")
    }
}
