import Cluster
import Domain
import Operations
import Postgres
import Schema
import Sealing
import Storage
import Terminal

/// How a command ends that could not do its work: a sentence, a hint, an exit code.
struct ExitMessage: Error, Equatable {
    let sentence: String
    let hint: String?
    let code: Int32

    /// Done.
    static let success: Int32 = 0
    /// Tried, and failed.
    static let failure: Int32 = 1
    /// Not tried: the command line or a setting is wrong.
    static let usage: Int32 = 2

    init(_ sentence: String, hint: String? = nil, code: Int32 = ExitMessage.failure) {
        self.sentence = sentence
        self.hint = hint
        self.code = code
    }

    /// The lines for stderr; whatever came from outside is drawn harmless.
    var lines: [String] {
        let text = [sentence] + (hint.map { $0.split(separator: "\n").map(String.init) } ?? [])
        return text.enumerated().map { index, line in
            (index == 0 ? "ghostworks: " : "  ") + SafeText(line).string
        }
    }
}

extension ExitMessage {
    /// The sentence for any error that a command can end with.
    init(_ error: any Error) {
        switch error {
        case let error as ExitMessage: self = error
        case let error as SettingProblem:
            self.init(error.sentence, hint: error.hint, code: Self.usage)
        case let error as DomainError:
            // Wrong input is wrong before anything is tried, whatever its code.
            let isInput = if case .invalid = error.kind { true } else { false }
            self.init(error.message, hint: error.hint, code: isInput ? Self.usage : Self.failure)
        case let error as ClusterError: self.init("\(error)")
        case let error as SchemaError: self = Self.schema(error)
        case let error as FreshProofRequired: self.init(error.problem)
        case let error as SealingError: self = Self.sealing(error)
        case let error as PostgresError: self = Self.database(error)
        case is CancellationError: self.init("Interrupted.")
        default: self.init("Something went wrong on our side: \(error)")
        }
    }

    /// A version that cannot be gone to is wrong input: nothing was tried.
    private static func schema(_ error: SchemaError) -> ExitMessage {
        switch error {
        case .unknownTarget, .wrongDirection: ExitMessage("\(error)", code: usage)
        default: ExitMessage("\(error)")
        }
    }

    /// A file that was named and cannot be read is wrong input: nothing was tried.
    private static func sealing(_ error: SealingError) -> ExitMessage {
        let isFile = if case .file = error { true } else { false }
        return ExitMessage(capitalized("\(error)."), code: isFile ? usage : failure)
    }

    private static func database(_ error: PostgresError) -> ExitMessage {
        switch error.kind {
        case .connectionFailed(let reason):
            ExitMessage(
                "The database cannot be reached: \(oneLine(reason))",
                hint: "See what is wrong with `ghostworks doctor`."
            )
        case .settings(let phrase):
            ExitMessage("A database URL \(phrase).", code: usage)
        case .connectionLost, .timeout, .poolTimeout, .poolClosed, .cancelled:
            ExitMessage(DomainError(translating: error))
        case .server, .decoding, .protocolViolation:
            ExitMessage("The database refused: \(oneLine(error.message ?? "\(error)"))")
        }
    }

    /// libpq's lines as sentences; it sets what belongs to the one before in by a tab.
    private static func oneLine(_ text: String) -> String {
        let parts = text.replacing("?; ", with: "?\n").split { $0.isNewline || $0 == "\t" }
        return parts.map { part in
            let line = part.drop { $0 == " " || $0 == ";" }
                .reversed().drop { $0 == " " || $0 == ";" }.reversed()
            let sentence = String(line)
            return ".?!".contains(sentence.last ?? ".") ? sentence : sentence + "."
        }.joined(separator: " ")
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
