import ArgumentParser
import Domain
import Foundation
import Operations
import Sealing

extension AuditCommand {
    /// `audit verify-export`.
    struct VerifyExport: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify-export",
            abstract: "Compare an exported file with the signed digest beside it.",
            discussion: """
                Without --keys the key is looked up in this platform. With a copy of its \
                /.well-known/jwks.json neither settings nor a database are needed. The exit code \
                is 1 when file, digest and signature do not belong together.
                """
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The exported file.") var file: String
        @Option(
            help: ArgumentHelp("The digest; FILE.manifest.json unless told.", valueName: "file")
        )
        var manifest: String?
        @Option(help: ArgumentHelp("The platform's jwks.json.", valueName: "file"))
        var keys: String?

        func run() async throws {
            let path = AbsolutePath.of(file)
            let digest = manifest.map(AbsolutePath.of) ?? ExportManifest.path(beside: path)
            let told = try ExportManifest(parsing: Self.text(of: digest))
            let hash = try Self.hash(of: path)
            let verdict = CheckExport(told)(key: try await key(told.kid), sha256: hash)
            guard verdict == .holds else {
                throw ExitMessage(verdict.sentence(file), hint: verdict.hint)
            }
            StandardStream.output.line(
                "The file is what was exported: \(Cell.grouped(told.rows)) events, signed by "
                    + "key \(told.kid)."
            )
            for name in ["trail", "tenant", "filter", "head", "created_at", "created_by"] {
                guard let value = told[name], value != .null else { continue }
                StandardStream.output.line("  \(name): \(value.cellText)")
            }
        }

        private func key(_ kid: String) async throws -> VerifyingKey? {
            if let keys {
                return try PublishedKeys(parsing: Self.text(of: AbsolutePath.of(keys)))[kid]
            }
            let settings = try await global.settings()
            return try await Runtime.with(settings) { runtime in
                try await FindSigningKey(runtime.environment)(kid)
            }
        }

        private static func text(of path: String) throws -> String {
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else {
                throw ExitMessage(
                    "The file \(path) cannot be read.",
                    hint: "Say where it is with --manifest or --keys.",
                    code: ExitMessage.usage
                )
            }
            return text
        }

        /// SHA-256 of a file of any size, piece by piece.
        private static func hash(of path: String) throws -> [UInt8] {
            guard let source = FileHandle(forReadingAtPath: path) else {
                throw ExitMessage("The file \(path) cannot be read.", code: ExitMessage.usage)
            }
            defer { try? source.close() }
            var hasher = SHA256Hasher()
            while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty {
                hasher.update(Array(piece))
            }
            return hasher.finish()
        }
    }
}

/// The public keys of a `jwks.json`.
struct PublishedKeys {
    private let keys: [String: VerifyingKey]

    init(parsing text: String) throws {
        guard case .array(let entries)? = try JSONValue(parsing: text, field: "keys")["keys"]
        else { throw DomainError.invalid("keys", "must be a JSON Web Key Set") }
        let found = entries.compactMap { entry -> VerifyingKey? in
            guard case .string(let x)? = entry["x"], let bytes = Base64URL.decode(x) else {
                return nil
            }
            return try? VerifyingKey(rawBytes: bytes)
        }
        keys = Dictionary(found.map { ($0.kid, $0) }) { first, _ in first }
    }

    subscript(kid: String) -> VerifyingKey? { keys[kid] }
}

extension CheckExport.Verdict {
    fileprivate func sentence(_ file: String) -> String {
        switch self {
        case .unknownKey(let kid): "Nobody here knows the key \"\(kid)\" of the digest."
        case .forgedManifest: "The digest is not what was signed: it was changed."
        case .changedFile: "The file \(file) is not what was exported: it was changed."
        case .holds: "The file is what was exported."
        }
    }

    fileprivate var hint: String? {
        guard case .unknownKey = self else { return nil }
        return "It was made by another platform, or its keys stand in the file for --keys."
    }
}
