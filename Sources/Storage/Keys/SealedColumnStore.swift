package import Domain
package import Postgres

/// A column whose values are sealed for their table, column and row.
package struct SealedColumn: Hashable, Sendable {
    package let table: String
    package let column: String
    /// What names the row in the seal, as an expression of type text.
    let row: String

    /// `table`, `column` and `row` are our own words, never input.
    package init(_ table: StaticString, _ column: StaticString, row: StaticString) {
        self.table = "\(table)"
        self.column = "\(column)"
        self.row = "\(row)"
    }
}

/// Sealed values that an older key sealed.
package enum SealedColumnStore {
    /// Some values that another key than the given one sealed, locked against their users.
    ///
    /// The key's number stands in the second to the fifth byte of a sealed value.
    package static func stale(_ column: SealedColumn, keyID: [UInt8], limit: Int) -> SQL {
        """
        SELECT \(unsafe: column.row) AS row_name, \(unsafe: column.column) AS value
        FROM \(unsafe: column.table)
        WHERE \(unsafe: column.column) IS NOT NULL
          AND substring(\(unsafe: column.column) FROM 2 FOR 4) <> \(keyID)
        LIMIT \(Int64(limit))
        FOR UPDATE SKIP LOCKED
        """
    }

    package static func value(_ row: Row) throws -> (row: String, value: [UInt8]) {
        (try row.decode("row_name"), try row.decode("value"))
    }

    package static func replace(
        _ column: SealedColumn,
        row: String,
        old: [UInt8],
        new: [UInt8]
    ) -> SQL {
        """
        UPDATE \(unsafe: column.table)
        SET \(unsafe: column.column) = \(new)
        WHERE \(unsafe: column.row) = \(row) AND \(unsafe: column.column) = \(old)
        """
    }

    package static func begin(_ id: ResealingID, kid: String) -> SQL {
        "INSERT INTO resealings (id, kid) VALUES (\(id), \(kid))"
    }

    package static func advance(_ id: ResealingID, by count: Int) -> SQL {
        "UPDATE resealings SET done = done + \(Int64(count)) WHERE id = \(id)"
    }

    package static func finish(_ id: ResealingID) -> SQL {
        "UPDATE resealings SET finished_at = clock_timestamp() WHERE id = \(id)"
    }
}
