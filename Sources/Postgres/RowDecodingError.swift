/// A column that cannot be read as the type asked for, with its place in the result.
public struct RowDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the value.
    public enum Reason: Error, Hashable, Sendable {
        /// The result has no column of this name.
        case missingColumn
        /// The value is NULL and the type is not optional.
        case null
        /// The column's type is not one that the Swift type reads.
        case typeMismatch
        /// The bytes are not a value of the column's type.
        case malformed
        /// The value does not fit into the Swift type.
        case outOfRange
        /// The value is none of the Swift type's cases.
        case invalidValue
    }

    /// The name asked for.
    public let column: String
    /// The Swift type asked for.
    public let expected: String
    /// The column's type; nil when there is no such column.
    public let found: SQLType?
    /// The row, counted from 0.
    public let row: Int
    /// What is wrong.
    public let reason: Reason

    /// Names column, row and types, never the value.
    public var description: String {
        let place = "column '\(column)' of row \(row)"
        return switch reason {
        case .missingColumn: "\(place) must exist in the result"
        case .null: "\(place) must not be NULL to be read as \(expected)"
        case .typeMismatch: "\(place) must have a type that \(expected) reads; got \(foundText)"
        case .malformed: "\(place) must hold a well-formed value of \(foundText)"
        case .outOfRange: "\(place) must hold a value that fits into \(expected)"
        case .invalidValue: "\(place) must hold one of the cases of \(expected)"
        }
    }

    private var foundText: String {
        found.map(\.description) ?? "nothing"
    }
}
