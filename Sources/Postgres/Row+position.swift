extension Rows {
    /// Where a column stands in every row of the result; nil when there is none.
    ///
    /// Loops over many rows look a column up once and then read by position.
    ///
    /// - Parameter column: the name, compared exactly.
    /// - Returns: the position, counted from 0.
    public func position(of column: String) -> Int? {
        result?.index(of: column).map(Int.init)
    }
}

extension Row {
    /// Reads a column by its position.
    ///
    /// - Parameters:
    ///   - position: what `Rows.position(of:)` of the same result said.
    ///   - type: the Swift type wanted; usually inferred.
    /// - Returns: the value.
    /// - Throws: `PostgresError` of kind `.decoding`, which names column, row and types.
    public func decode<Value: SQLDecodable>(
        at position: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard (0..<Int(result.width)).contains(position) else {
            throw failure("#\(position)", Value.self, nil, .missingColumn)
        }
        let column = Int32(truncatingIfNeeded: position)
        do throws(RowDecodingError.Reason) {
            return try result.decode(row: index, column: column)
        } catch {
            throw failure(result.columns[position], Value.self, result.type(of: column), error)
        }
    }
}
