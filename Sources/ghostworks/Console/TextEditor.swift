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
        var isKept = false
        defer { if !isKept { unlink(path) } }
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
        else {
            // Nobody else has what was typed.
            isKept = true
            throw DomainError(
                .malformed,
                .malformedRequest,
                "What the editor saved is not UTF-8.",
                hint: "It is kept as \(path)."
            )
        }
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
    ///
    /// Cancellation ends the editor: the console must not wait for an operator who has gone.
    static func run(_ command: String, _ path: String) async -> Int32 {
        let editor = EditorProcess(command: command, path: path)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread { continuation.resume(returning: editor.run()) }.start()
            }
        } onCancel: {
            editor.end()
        }
    }
}
