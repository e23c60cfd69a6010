package import Postgres

/// A statement as use cases hand it on: they name none of PostgreSQL's types.
package typealias Statement = SQL

extension Scope {
    /// Runs one statement; how many rows it changed.
    package func change(_ statement: Statement) throws -> Int {
        try query(statement).affected
    }
}
