/// What went wrong between this process and PostgreSQL.
///
/// `description` holds neither arguments nor the server's text, which can carry row values;
/// `debugDescription` holds everything.
public struct PostgresError: Error, Sendable {
    /// What kind of failure it is.
    public enum Kind: Hashable, Sendable {
        /// A setting breaks the rule that the phrase states.
        case settings(String)
        /// No connection could be made; the text names host and reason, never a password.
        case connectionFailed(String)
        /// An open connection ended. With `outcomeUnknown` a commit was on its way.
        case connectionLost(outcomeUnknown: Bool)
        /// The deadline passed. With `outcomeUnknown` a commit was on its way.
        case timeout(outcomeUnknown: Bool)
        /// No connection became free in time.
        case poolTimeout
        /// The pool is closed.
        case poolClosed
        /// The task was cancelled; nothing was committed.
        case cancelled
        /// The server refused the statement.
        case server(SQLState)
        /// A column could not be read.
        case decoding(RowDecodingError)
        /// The connection was used in a way it does not allow, or libpq answered unexpectedly.
        case protocolViolation(String)
    }

    /// The kind.
    public let kind: Kind
    /// The server's report, when there is one.
    public let report: ServerReport?

    init(_ kind: Kind, report: ServerReport? = nil) {
        self.kind = kind
        self.report = report
    }

    /// The server's code.
    public var sqlState: SQLState? {
        report?.sqlState
    }

    /// The constraint that was violated.
    public var constraint: String? {
        report?.constraint
    }

    /// The table concerned.
    public var table: String? {
        report?.table
    }

    /// The column concerned.
    public var column: String? {
        report?.column
    }

    /// The server's message.
    ///
    /// It may hold row values: not for people without a right to them.
    public var message: String? {
        report?.message
    }

    /// Whether a commit may or may not have happened: retry only what may happen twice.
    public var outcomeUnknown: Bool {
        switch kind {
        case .connectionLost(let unknown), .timeout(let unknown): unknown
        default: false
        }
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One phrase without values.
    public var description: String {
        switch kind {
        case .settings(let rule): rule
        case .connectionFailed(let reason): "connection failed: \(reason)"
        case .connectionLost(false): "connection lost; nothing was committed"
        case .connectionLost(true): "connection lost while committing; outcome unknown"
        case .timeout(false): "deadline passed; nothing was committed"
        case .timeout(true): "deadline passed while committing; outcome unknown"
        case .poolTimeout: "no connection became free in time"
        case .poolClosed: "connection pool is closed"
        case .cancelled: "cancelled"
        case .server(let state): serverDescription(state)
        case .decoding(let error): error.description
        case .protocolViolation(let rule): rule
        }
    }

    /// Everything that is known, for the log only.
    public var debugDescription: String {
        guard let report else { return description }
        return "\(description) [\(report.debugDescription)]"
    }

    private func serverDescription(_ state: SQLState) -> String {
        var text = "server error \(state)"
        if let constraint { text += ", constraint '\(constraint)'" }
        if let table { text += ", table '\(table)'" }
        if let column { text += ", column '\(column)'" }
        return text
    }
}
