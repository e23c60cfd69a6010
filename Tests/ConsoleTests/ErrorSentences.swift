import Foundation

/// The sentences that operations fail with, as they stand in the sources.
///
/// A value inside a sentence is read as `7`, an ending of a plural as `s`. What only programs meet
/// (tokens, chats, other issuers), what only the shell does, and internal errors are left out: the
/// console never shows their words.
enum ErrorSentences {
    private static let folders = [
        "Sources/Domain", "Sources/Operations", "Sources/Storage", "Sources/ghostworks/Console",
    ]

    /// Beginnings of the paths whose sentences never reach a console.
    private static let elsewhere = [
        "Operations/External", "Operations/AI/Chat", "Operations/AI/Conversations",
        "Operations/AI/Storefront", "Operations/AI/Prompts", "Operations/AI/Routes",
        "Operations/AI/Ledger", "Operations/Access/RefreshSession",
        "Operations/Access/TokenIssuer", "Operations/Access/CreateOperator",
        "Operations/Keys/RotateKeys", "Operations/Keys/RegisterKeys",
        "Operations/Keys/ResealSecrets", "Operations/AI/Requests/ExportUsage",
        "Domain/AI/ChatOrder", "Domain/AI/PromptOrder", "Domain/AI/PromptTemplate",
        "Domain/AI/TenantPrompt", "Domain/AI/ModelRoute", "Domain/AI/ModelCatalogue",
        "Domain/AI/Ledger/UsageExport", "Domain/Export/CSVTable",
        "Domain/Text/JSON", "Storage/AI", "Storage/Idempotency", "Domain/Audit/AuditExport",
        "Operations/SignIn/RegisterPerson", "Operations/SignIn/Reset",
        "Operations/SignIn/VerifyEmail", "Operations/SecondFactor/SecondFactorGate",
        "Operations/Invitations/AcceptInvitation", "Operations/Invitations/OpenInvitation",
        "Operations/Invitations/InvitationToken", "Operations/Invitations/DeclineInvitation",
    ]

    static func all() throws -> (sentences: [String], nouns: [String]) {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var sentences: Set<String> = []
        var nouns: Set<String> = []
        for folder in folders {
            let path = root.appending(path: folder).path
            let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String }
            for name in names ?? [] where name.hasSuffix(".swift") {
                let file = "\(folder.dropFirst("Sources/".count))/\(name)"
                guard !elsewhere.contains(where: file.hasPrefix) else { continue }
                let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
                read(text, &sentences, &nouns)
            }
        }
        return (sentences.sorted(), nouns.sorted())
    }

    private static let heads = [
        "DomainError(", "FieldProblem(", ".invalid(", ".forbidden(", ".notFound(",
    ]

    private static func read(
        _ text: String,
        _ sentences: inout Set<String>,
        _ nouns: inout Set<String>
    ) {
        let lines = text.split(separator: "\n").filter { line in
            !line.drop { $0 == " " }.hasPrefix("//")
        }
        let code = Array(lines.joined(separator: "\n").utf8)
        for head in heads {
            for start in places(of: Array(head.utf8), in: code) {
                var reader = CallReader(code, at: start)
                let found = reader.literals()
                if head == ".notFound(" {
                    if let noun = found.first { nouns.insert(noun) }
                } else if !reader.isInternal {
                    sentences.formUnion(found.filter { $0.contains(" ") })
                }
            }
        }
    }

    /// Where what a head opens begins.
    private static func places(of head: [UInt8], in code: [UInt8]) -> [Int] {
        guard code.count > head.count else { return [] }
        return (0..<code.count - head.count).compactMap { index in
            code[index] == head[0] && code[index..<index + head.count].elementsEqual(head)
                ? index + head.count : nil
        }
    }
}

/// Reads the texts between the parentheses of a call.
private struct CallReader {
    private let code: [UInt8]
    private var index: Int
    /// Whether the call makes an internal error.
    let isInternal: Bool

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let open = UInt8(ascii: "(")
    private static let close = UInt8(ascii: ")")

    init(_ code: [UInt8], at index: Int) {
        self.code = code
        self.index = index
        let rest = code[index...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        isInternal = rest.starts(with: Array(".internal,".utf8))
    }

    /// The texts up to the end of the call; those joined by a plus are one.
    mutating func literals() -> [String] {
        var found: [String] = []
        var depth = 1
        var isJoined = false
        while index < code.count, depth > 0 {
            let byte = code[index]
            index += 1
            switch byte {
            case Self.quote:
                let text = literal()
                if isJoined, let last = found.popLast() {
                    found.append(last + text)
                } else {
                    found.append(text)
                }
                isJoined = false
            case Self.open: depth += 1
            case Self.close: depth -= 1
            case UInt8(ascii: "+"): isJoined = true
            case UInt8(ascii: " "), UInt8(ascii: "\n"): break
            default: isJoined = false
            }
        }
        return found
    }

    /// A text behind its quote, up to the quote at its end.
    private mutating func literal() -> String {
        var text: [UInt8] = []
        while index < code.count, code[index] != Self.quote {
            let byte = code[index]
            index += 1
            guard byte == Self.backslash, index < code.count else {
                text.append(byte)
                continue
            }
            let next = code[index]
            index += 1
            if next == Self.open {
                text.append(contentsOf: value())
            } else {
                text.append(next)
            }
        }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    /// What stands for a value inside a text.
    private mutating func value() -> [UInt8] {
        var inside = CallReader(code, at: index)
        let isPlural = inside.literals().contains("s")
        index = inside.index
        return Array((isPlural ? "s" : "7").utf8)
    }
}
