import Domain
import Foundation
import Glibc

// DESIGN
//
// 1. What is written has another name until it is whole: nobody takes half a file for all of it.
// 2. The name is given with link(2), which never takes the place of a file that is there.
// 3. Whatever ends before `finish` leaves nothing behind.

/// A file that appears whole under its name or not at all, and never in the place of another.
///
/// Only its owner may read it: exports hold what the trail keeps for few.
final class NewFile {
    let path: String
    private let part: String
    private let descriptor: Int32
    private var isOpen = true

    /// - Throws: A sentence when the name is taken or the folder takes no files.
    init(path: String) throws(DomainError) {
        self.path = path
        part = path + ".part"
        guard access(path, F_OK) != 0 else { throw Self.taken(path) }
        descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw Self.taken(part) }
            throw Self.failure(path)
        }
    }

    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(part)
    }

    /// Adds text at the end.
    func write(_ text: String) throws(DomainError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Puts everything on the disk and gives the file its name.
    func finish() throws(DomainError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
        guard link(part, path) == 0 else {
            if errno == EEXIST { throw Self.taken(path) }
            throw Self.failure(path)
        }
        isOpen = false
        close(descriptor)
        unlink(part)
    }

    private static func taken(_ path: String) -> DomainError {
        wrong("The file \(path) is there already.", "Name another one; nothing is overwritten.")
    }

    private static func failure(_ path: String) -> DomainError {
        wrong(
            "The file \(path) cannot be written: \(String(cString: strerror(errno))).",
            "Name a folder that takes files and has room."
        )
    }

    private static func wrong(_ sentence: String, _ hint: String) -> DomainError {
        DomainError(
            .invalid([FieldProblem("path", sentence)]),
            .validationError,
            sentence,
            hint: hint
        )
    }
}
