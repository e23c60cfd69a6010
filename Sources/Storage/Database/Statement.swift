package import Postgres

/// A statement as use cases hand it on: they name none of PostgreSQL's types.
package typealias Statement = SQL

/// What a statement found, for a type of Storage to read.
package typealias Found = Rows

extension Scope {
    /// Runs one statement; how many rows it changed.
    package func change(_ statement: Statement) throws -> Int {
        try query(statement).affected
    }
}

extension Statement {
    /// How many bytes it takes to keep: its text and its values.
    package var size: Int {
        parameters.reduce(text.utf8.count) { $0 + ($1.bytes?.count ?? 0) }
    }
}
