internal import Glibc

/// Where a secret is to be found: settings name secrets, they never hold them.
public enum SecretReference: Sendable, Hashable {
    /// The value of an environment variable; written `env:NAME`.
    case environment(name: String)

    /// The content of a file without its last line break; written `file:/absolute/path`.
    case file(path: String)

    /// Reads `env:NAME` or `file:/absolute/path`.
    ///
    /// - Parameter text: The reference as it stands in a setting.
    /// - Throws: ``SealingError/malformed(rule:)``, which never repeats `text`: it may be a
    ///   secret that was put in the place of a reference.
    public init(parsing text: String) throws(SealingError) {
        if let name = Self.rest(of: text, after: "env:"), Self.isVariableName(name) {
            self = .environment(name: name)
        } else if let path = Self.rest(of: text, after: "file:"), path.hasPrefix("/"),
            !path.utf8.contains(0)
        {
            self = .file(path: path)
        } else {
            throw .malformed(
                rule: "a secret must be given as 'env:NAME' or 'file:/absolute/path'"
            )
        }
    }

    /// Fetches the secret.
    ///
    /// - Parameter environment: Looks a variable up; by default in this process.
    /// - Returns: The secret's bytes, at least one.
    /// - Throws: ``SealingError`` when it is missing, empty, or in a file that everybody can
    ///   read; never with the value in it.
    public func resolve(
        environment: (String) -> String? = Self.variable
    ) throws(SealingError) -> SecretBytes {
        let secret =
            switch self {
            case .environment(let name): SecretBytes(copying: Array((environment(name) ?? "").utf8))
            case .file(let path): try Self.content(of: path)
            }
        guard secret.count > 0 else {
            throw .malformed(rule: "the secret '\(self)' must be set and not empty")
        }
        return secret
    }

    /// Changes whenever the file is replaced; nil for what cannot change while a process runs, and
    /// for a file that is not there.
    public var stamp: String? {
        guard case .file(let path) = self else { return nil }
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) "
            + "\(status.st_mtim.tv_nsec)"
    }

    /// The value of a variable in the environment of this process.
    public static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    // Links are followed and a group may read: that is how service managers and orchestrators
    // hand secrets over. Files that everybody can read are refused all the same.
    private static func content(of path: String) throws(SealingError) -> SecretBytes {
        let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .file(path: path, rule: "must be a regular file")
        }
        guard status.st_mode & 0o007 == 0 else {
            throw .file(
                path: path,
                rule: "must be closed to other users; run: chmod o-rwx '\(path)'"
            )
        }
        return try file.readAll(limit: KeyFile.maximumSize).withoutFinalLineBreak()
    }

    private static func rest(of text: String, after prefix: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    private static func isVariableName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}

extension SecretReference: CustomStringConvertible {
    /// The reference as it is written in a setting.
    public var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        }
    }
}
