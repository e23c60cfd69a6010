import ArgumentParser
import Domain
import Foundation
import Operations

extension PrivacyCommand {
    /// `privacy reapply`.
    struct Reapply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reapply",
            abstract: "Erase again whom a restored backup has brought back; for super-admins.",
            discussion: "Takes the ids of the people erased since, one a line; or lines of "
                + "`audit list --platform --action user.erased --format json` that were kept "
                + "apart from the backup. Who is erased already, or is not there, is passed over."
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("The register of erasures.", valueName: "file"))
        var from: String
        @Option(help: ArgumentHelp("Why; the platform's trail keeps it.", valueName: "text"))
        var reason: String

        func run() async throws {
            let ids = try ErasureRegister(path: from).ids
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                var missing = 0
                var refused: [String] = []
                for id in ids {
                    do {
                        try await ErasePerson(session.environment)(
                            id,
                            reason: reason,
                            by: session.caller
                        )
                    } catch let error as DomainError where error.kind == .notFound {
                        missing += 1
                    } catch let error as DomainError where error.kind == .conflict {
                        refused.append("\(id): \(error.message)")
                    }
                }
                try report(ids.count, missing: missing, refused: refused)
            }
        }

        private func report(_ count: Int, missing: Int, refused: [String]) throws {
            let done = count - missing - refused.count
            StandardStream.output.line("Erased now or before: \(done). Not there: \(missing).")
            guard refused.isEmpty else {
                throw ExitMessage(
                    "Not erased: \(refused.count).",
                    hint: refused.joined(separator: "\n")
                )
            }
        }
    }
}

/// The people who were erased, as a file that was kept apart names them.
struct ErasureRegister {
    let ids: [UserID]

    /// - Throws: A sentence for a file that cannot be read, or that has a line without an id.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: AbsolutePath.of(path)) else {
            throw ExitMessage("The file \(path) cannot be read.", code: ExitMessage.usage)
        }
        let lines = String(decoding: data, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        var found: [UserID] = []
        for (number, line) in lines.enumerated() where !line.isEmpty {
            guard let id = Self.id(in: line) else {
                throw ExitMessage(
                    "Line \(number + 1) of \(path) names nobody who was erased.",
                    hint: "Each line is an id, or a line of the trail with user.erased in it.",
                    code: ExitMessage.usage
                )
            }
            if !found.contains(id) { found.append(id) }
        }
        ids = found
    }

    private static func id(in line: String) -> UserID? {
        if let id = UserID(line) { return id }
        guard case .object(let members)? = try? JSONReader.read(Array(line.utf8)),
            members["action"] == .string("user.erased"),
            case .string(let text)? = members["resource"]
        else { return nil }
        return UserID(text)
    }
}
