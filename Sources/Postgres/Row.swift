import CLibPQ
import Glibc

/// One row: a view into a result that all its rows share.
public struct Row: Sendable {
    let result: ResultSet
    let index: Int

    /// Whether the result has a column of this name.
    public func contains(column: String) -> Bool {
        result.index(of: column) != nil
    }

    /// Reads a column.
    ///
    /// - Parameters:
    ///   - column: the name, compared exactly.
    ///   - type: the Swift type wanted; usually inferred.
    /// - Returns: the value.
    /// - Throws: `PostgresError` of kind `.decoding`, which names column, row and types.
    public func decode<Value: SQLDecodable>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let position = result.index(of: column) else {
            throw failure(column, Value.self, nil, .missingColumn)
        }
        do throws(RowDecodingError.Reason) {
            return try result.decode(row: index, column: position)
        } catch {
            throw failure(column, Value.self, result.type(of: position), error)
        }
    }

    func failure(
        _ column: String,
        _ expected: Any.Type,
        _ found: SQLType?,
        _ reason: RowDecodingError.Reason
    ) -> PostgresError {
        PostgresError(
            .decoding(
                RowDecodingError(
                    column: column,
                    expected: "\(expected)",
                    found: found,
                    row: index,
                    reason: reason
                )
            )
        )
    }
}

/// The rows of one statement, in the order the server sent them.
public struct Rows: RandomAccessCollection, Sendable {
    let result: ResultSet?

    /// The first row's index.
    public var startIndex: Int {
        0
    }

    /// The number of rows.
    public var endIndex: Int {
        result?.count ?? 0
    }

    /// The row at a position.
    public subscript(position: Int) -> Row {
        guard let result, (0..<result.count).contains(position) else {
            preconditionFailure("row \(position) must be one of \(endIndex)")
        }
        return Row(result: result, index: position)
    }

    /// How many rows the statement inserted, changed, deleted or returned.
    public var affected: Int {
        result?.affected ?? 0
    }

    /// The columns' names.
    public var columns: [String] {
        result?.columns ?? []
    }
}

/// Owns one `PGresult` and frees it.
// Sendable: libpq changes a PGresult only before it hands it over; from then on it is read only,
// and it is freed once, by the last owner.
final class ResultSet: @unchecked Sendable {
    private let pointer: OpaquePointer
    let count: Int
    let width: Int32

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        count = Int(PQntuples(pointer))
        width = PQnfields(pointer)
    }

    deinit {
        PQclear(pointer)
    }

    var affected: Int {
        PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The command tag, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }

    var columns: [String] {
        (0..<width).map { PQfname(pointer, $0).map { String(cString: $0) } ?? "" }
    }

    /// PQfnumber folds case and allocates; this compares as is.
    func index(of column: String) -> Int32? {
        column.withCString { name in
            (0..<width).first { strcmp(PQfname(pointer, $0), name) == 0 }
        }
    }

    func type(of column: Int32) -> SQLType {
        SQLType(rawValue: PQftype(pointer, column))
    }

    func decode<Value: SQLDecodable>(
        row: Int,
        column: Int32
    ) throws(RowDecodingError.Reason) -> Value {
        let row = Int32(row)
        guard PQgetisnull(pointer, row, column) == 0 else { return try Value.decodeNull() }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(pointer, row, column),
            count: Int(PQgetlength(pointer, row, column))
        )
        return try Value.decode(bytes, type: type(of: column))
    }
}
