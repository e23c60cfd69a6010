internal import Glibc

// DESIGN
// 1. A key file is complete or absent: it is written under another name, synced, and then
//    linked (create) or renamed (replace) to its name, so a crash leaves no half of a key.
// 2. Of two processes that create it at once, one wins and both go on with the winner's key:
//    link(2) refuses an existing name.
// 3. No file that others could read or change is ever used, and no symbolic link is followed.

/// A file that holds key material and that only its owner can read.
public struct KeyFile: Sendable, Hashable {
    /// Where the file lies; its folder must exist.
    public let path: String

    /// The most that a key file may hold.
    public static let maximumSize = 65_536

    /// Names a key file; nothing is read yet.
    public init(path: String) {
        self.path = path
    }

    /// Reads the file.
    ///
    /// - Returns: The whole content.
    /// - Throws: ``SealingError/file(path:rule:)`` when it is missing, no regular file, owned by
    ///   somebody else, or open to others.
    public func read() throws(SealingError) -> SecretBytes {
        let file = try FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        try checkOwnership(file.status())
        return try file.readAll(limit: Self.maximumSize)
    }

    /// Reads the file, or creates it with mode 0600 when there is none.
    ///
    /// - Parameter make: Makes the content; called only when the file is missing.
    /// - Returns: What the file holds afterwards, which another process may have written.
    /// - Throws: ``SealingError``, from `make` or from the file.
    public func readOrCreate(
        _ make: () throws(SealingError) -> SecretBytes
    ) throws(SealingError) -> SecretBytes {
        if !isPresent {
            try create(make())
        }
        return try read()
    }

    /// Replaces the content at once: readers see the old key or the new one.
    ///
    /// - Parameter content: What the file shall hold.
    /// - Throws: ``SealingError/file(path:rule:)``.
    public func replace(with content: SecretBytes) throws(SealingError) {
        let draft = try writeDraft(content)
        guard rename(draft, path) == 0 else {
            let failure = FileDescriptor.failure("must be replaced", path)
            unlink(draft)
            throw failure
        }
        try synchronizeFolder()
    }

    private var isPresent: Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private func create(_ content: SecretBytes) throws(SealingError) {
        let draft = try writeDraft(content)
        defer { unlink(draft) }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw FileDescriptor.failure("must be created", path)
        }
        try synchronizeFolder()
    }

    private func writeDraft(_ content: SecretBytes) throws(SealingError) -> String {
        let draft = "\(path).\(Hex.encode(Random.bytes(8)))"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        let file = try FileDescriptor(opening: draft, flags, mode: 0o600)
        do {
            try content.withUnsafeBytes { bytes throws(SealingError) in
                try file.writeAll(bytes)
            }
            try file.synchronize()
        } catch {
            unlink(draft)
            throw error
        }
        return draft
    }

    private func synchronizeFolder() throws(SealingError) {
        try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY).synchronize()
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func checkOwnership(_ status: stat) throws(SealingError) {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .file(path: path, rule: "must be a regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw .file(
                path: path,
                rule: "must be readable by its owner only, but has mode 0\(mode); "
                    + "run: chmod 600 '\(path)'"
            )
        }
        guard status.st_uid == geteuid() || geteuid() == 0 else {
            throw .file(path: path, rule: "must belong to the user who runs this program")
        }
    }
}
