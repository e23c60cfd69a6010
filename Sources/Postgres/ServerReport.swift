import CLibPQ

/// The fields of an error or a notice as the server sent them.
public struct ServerReport: Hashable, Sendable, CustomDebugStringConvertible {
    /// The code.
    public let sqlState: SQLState
    /// `ERROR`, `FATAL`, `PANIC`, or a notice's level; not localized.
    public let severity: String
    /// The message; may hold row values.
    public let message: String
    /// More about it; may hold row values.
    public let detail: String?
    /// What to do about it.
    public let hint: String?
    /// The table concerned.
    public let table: String?
    /// The column concerned.
    public let column: String?
    /// The constraint concerned.
    public let constraint: String?
    /// Where in the statement, in characters from 1.
    public let position: Int?
    /// The server's function that reported it, the same in every language.
    let sourceFunction: String?

    /// Reads the fields of a result; nil when it carries none, as when libpq itself reports.
    init?(result: OpaquePointer) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        guard let state = field(CLIBPQ_DIAG_SQLSTATE) else { return nil }
        sqlState = SQLState(rawValue: state)
        severity = field(CLIBPQ_DIAG_SEVERITY) ?? "ERROR"
        message = field(CLIBPQ_DIAG_MESSAGE) ?? ""
        detail = field(CLIBPQ_DIAG_DETAIL)
        hint = field(CLIBPQ_DIAG_HINT)
        table = field(CLIBPQ_DIAG_TABLE)
        column = field(CLIBPQ_DIAG_COLUMN)
        constraint = field(CLIBPQ_DIAG_CONSTRAINT)
        position = field(CLIBPQ_DIAG_POSITION).flatMap { Int($0) }
        sourceFunction = field(CLIBPQ_DIAG_SOURCE_FUNCTION)
    }

    /// Whether preparing the statement again cures it.
    var isStalePlan: Bool {
        sqlState == .invalidStatementName
            || (sqlState == .featureNotSupported && sourceFunction == "RevalidateCachedQuery")
    }

    /// All fields.
    public var debugDescription: String {
        var text = "\(severity) \(sqlState): \(message)"
        if let detail { text += "; detail: \(detail)" }
        if let hint { text += "; hint: \(hint)" }
        if let sourceFunction { text += "; in \(sourceFunction)" }
        return text
    }
}
