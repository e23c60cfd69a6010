import Domain
import Foundation
import Glibc

/// The operator's pager on a file that goes away afterwards.
struct Pager: Sendable {
    /// Opens the pager and waits.
    ///
    /// - Throws: `DomainError` when there is no pager.
    func show(_ path: String) async throws {
        defer { unlink(path) }
        let command = Self.command(ProcessInfo.processInfo.environment)
        let status = await TextEditor.run(command, path)
        guard status == 126 || status == 127 else { return }
        throw DomainError(
            .conflict,
            .invalidTransition,
            "The pager \(command) cannot be started.",
            hint: "Set PAGER to another one."
        )
    }

    private static func command(_ environment: [String: String]) -> String {
        environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less -S"
    }
}
