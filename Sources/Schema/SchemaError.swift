/// Why the schema could not be read, moved or used; each case is one sentence.
package enum SchemaError: Error, Sendable, Equatable {
    // What the files say.
    case fileName(String)
    case notText(file: String)
    case duplicate(version: Int, names: [String])
    case gap(missing: Int)
    case missingFile(String)
    case endsTransaction(file: String, line: Int, word: String)

    // What the database says.
    case changed(label: String, database: String, program: String)
    case renamed(label: String, database: String)
    case databaseGap(missing: Int)
    case newerDatabase(database: Int, program: Int)
    case olderDatabase(database: Int, program: Int)

    // What was asked.
    case unknownTarget(Int, newest: Int)
    case wrongDirection(target: Int, current: Int, use: String)

    // What happened.
    case busy(holder: String)
    case failed(file: String, line: Int?, message: String, hint: String?)
    case locked(file: String, line: Int?)
    case connectionLost(file: String)
}

extension SchemaError: CustomStringConvertible {
    /// The sentence for people, with what to do where that is known.
    package var description: String {
        fileSentence ?? databaseSentence ?? runSentence ?? ""
    }

    private var fileSentence: String? {
        switch self {
        case .fileName(let name):
            "migration file '\(name)' must be named NNNN_verb_object.up.sql or .down.sql"
        case .notText(let file):
            "migration file '\(file)' must be UTF-8 text"
        case .duplicate(let version, let names):
            "migration \(version) must exist once; found \(names.joined(separator: ", "))"
        case .gap(let missing):
            "migrations must be numbered without gaps; \(missing) is missing"
        case .missingFile(let name):
            "each migration must have an up and a down file; '\(name)' is missing"
        case .endsTransaction(let file, let line, let word):
            "\(file), line \(line): a migration runs in one transaction; it must not say \(word)"
        default: nil
        }
    }

    private var databaseSentence: String? {
        switch self {
        case .changed(let label, let database, let program):
            "Migration \(label) was changed after it was applied (checksum then "
                + "\(database.prefix(12)), now \(program.prefix(12))). "
                + "Restore the file and put the change into a new migration."
        case .renamed(let label, let database):
            "Migration \(label) was applied under the name \(database). "
                + "Restore the name and put the change into a new migration."
        case .databaseGap(let missing):
            "The database records later migrations but not number \(missing). "
                + "Restore the table schema_migrations from a backup."
        case .newerDatabase(let database, let program):
            "The database has schema \(database), newer than this program's \(program). "
                + "Install a newer ghostworks."
        case .olderDatabase(let database, let program):
            "The database has schema \(database), this program needs \(program). "
                + "Run `ghostworks migrate up`."
        default: nil
        }
    }

    private var runSentence: String? {
        switch self {
        case .unknownTarget(let target, let newest):
            "There is no migration \(target). The newest is \(newest)."
        case .wrongDirection(let target, let current, let use):
            "The database has schema \(current). To reach \(target) use `migrate \(use)`."
        case .busy(let holder):
            "Another migration is running (\(holder)). Try again when it has ended."
        case .failed(let file, let line, let message, let hint):
            "\(Self.place(file, line)): \(message). Nothing of this migration was kept."
                + (hint.map { " Hint: \($0)" } ?? "")
        case .locked(let file, let line):
            "\(Self.place(file, line)): a lock was not free within 3 seconds. "
                + "Nothing of this migration was kept; run it again when the database is quieter."
        case .connectionLost(let file):
            "The connection to the database was lost during \(file). "
                + "Run the migration again: it goes on from the last complete step."
        default: nil
        }
    }

    private static func place(_ file: String, _ line: Int?) -> String {
        line.map { "\(file), line \($0)" } ?? file
    }
}
