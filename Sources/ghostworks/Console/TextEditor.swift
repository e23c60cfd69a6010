import Domain
import Foundation
import Glibc

/// The operator's editor on a private file.
struct TextEditor: Sendable {
    /// Opens the editor and waits.
    ///
    /// - Returns: The new text; nil when nothing was changed.
    /// - Throws: `DomainError` when there is no editor, or it failed.
    func edit(_ text: String) async throws -> String? {
        let path = try Self.makeFile(text)
        defer { unlink(path) }
        let command = Self.command(ProcessInfo.processInfo.environment)
        let status = await Self.run(command, path)
        guard status == 0 else {
            throw DomainError(
                .unavailable,
                .unavailable,
                "The editor \(command) ended with code \(status); nothing was changed.",
                hint: "Set EDITOR to another one."
            )
        }
        guard let data = FileManager.default.contents(atPath: path),
            let edited = String(validating: data, as: UTF8.self)
        else { throw DomainError.invalid("text", "must be UTF-8") }
        return edited == text ? nil : edited
    }

    private static func command(_ environment: [String: String]) -> String {
        let wanted = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return wanted ?? "vi"
    }

    /// A file of mode 0600 under a name that nobody can guess.
    private static func makeFile(_ text: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.path
        var template = Array("\(folder)/ghostworks-XXXXXX.md".utf8CString)
        let descriptor = mkstemps(&template, 3)
        guard descriptor >= 0 else {
            throw DomainError(
                .unavailable,
                .unavailable,
                "No file for the editor can be made in \(folder)."
            )
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        return template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    /// Runs `command path` on this terminal; waits on a thread of its own.
    private static func run(_ command: String, _ path: String) async -> Int32 {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                continuation.resume(returning: EditorProcess(command: command, path: path).run())
            }
            thread.start()
        }
    }
}

/// A child in the foreground of this terminal.
///
/// Foundation's Process would put it into a process group of its own, which may not read here.
private struct EditorProcess {
    let command: String
    let path: String

    func run() -> Int32 {
        // As system(3): what the keyboard interrupts is the editor, not this program.
        var ignored = sigaction()
        ignored.__sigaction_handler.sa_handler = SIG_IGN
        var interrupt = sigaction()
        var quit = sigaction()
        sigaction(SIGINT, &ignored, &interrupt)
        sigaction(SIGQUIT, &ignored, &quit)
        defer {
            sigaction(SIGINT, &interrupt, nil)
            sigaction(SIGQUIT, &quit, nil)
        }
        return spawn()
    }

    private func spawn() -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        // EDITOR may hold options; the shell splits them, the path stays one word.
        let words = ["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", path]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/bin/sh", nil, &attributes, &arguments, environ) == 0 else {
            return 127
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { return 127 } }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
    }
}
