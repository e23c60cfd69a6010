/// The five-character code of a server error (appendix A of the PostgreSQL manual).
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The code, such as `23505`.
    public let rawValue: String

    /// Takes a code.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The code.
    public var description: String {
        rawValue
    }

    /// Class 08 and the shutdown codes: the connection is gone or about to go.
    public var isConnectionException: Bool {
        rawValue.hasPrefix("08")
            || [.adminShutdown, .crashShutdown, .cannotConnectNow, .idleSessionTimeout]
                .contains(self)
    }

    /// Whether the same transaction may succeed when it is run again.
    public var isTransient: Bool {
        self == .serializationFailure || self == .deadlockDetected
    }

    /// 0A000.
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// 22001.
    public static let stringDataRightTruncation = SQLState(rawValue: "22001")
    /// 22003.
    public static let numericValueOutOfRange = SQLState(rawValue: "22003")
    /// 22021.
    public static let characterNotInRepertoire = SQLState(rawValue: "22021")
    /// 22P02.
    public static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    /// 23502.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// 23503.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// 23505.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// 23514.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// 23P01.
    public static let exclusionViolation = SQLState(rawValue: "23P01")
    /// 25006.
    public static let readOnlyTransaction = SQLState(rawValue: "25006")
    /// 25P02.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// 26000.
    public static let invalidStatementName = SQLState(rawValue: "26000")
    /// 28000.
    public static let invalidAuthorization = SQLState(rawValue: "28000")
    /// 28P01.
    public static let invalidPassword = SQLState(rawValue: "28P01")
    /// 3D000.
    public static let undefinedDatabase = SQLState(rawValue: "3D000")
    /// 40001.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// 40P01.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// 42501.
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// 42601.
    public static let syntaxError = SQLState(rawValue: "42601")
    /// 42703.
    public static let undefinedColumn = SQLState(rawValue: "42703")
    /// 42883.
    public static let undefinedFunction = SQLState(rawValue: "42883")
    /// 42P01.
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// 42P04.
    public static let duplicateDatabase = SQLState(rawValue: "42P04")
    /// 53100.
    public static let diskFull = SQLState(rawValue: "53100")
    /// 53300.
    public static let tooManyConnections = SQLState(rawValue: "53300")
    /// 55P03.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// 57014: cancelled on request or by `statement_timeout`.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// 57P01.
    public static let adminShutdown = SQLState(rawValue: "57P01")
    /// 57P02.
    public static let crashShutdown = SQLState(rawValue: "57P02")
    /// 57P03.
    public static let cannotConnectNow = SQLState(rawValue: "57P03")
    /// 57P05.
    public static let idleSessionTimeout = SQLState(rawValue: "57P05")
    /// P0001: RAISE EXCEPTION without a code of its own.
    public static let raiseException = SQLState(rawValue: "P0001")
}
