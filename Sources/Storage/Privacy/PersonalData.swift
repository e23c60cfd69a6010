package import Postgres

// DESIGN
//
// 1. Every column of the database is in this register. Ids, numbers, truth values and times are in
//    it by their type: alone they name nobody. Every other column has a line of its own.
// 2. A test reads the catalogue and fails for a column that has none, and for a line without a
//    column. Another erases a person whose every value is marked, and looks for the marks in the
//    whole database.

/// What the columns of the database hold about people.
package enum PersonalData {
    /// One column, and what is known of it.
    package struct Column: Hashable, Sendable {
        /// `table.column`.
        package let name: String
        package let handling: Handling

        init(_ name: String, _ kind: Kind, _ erasure: Erasure) {
            self.name = name
            handling = .personal(kind, erasure)
        }

        init(_ name: String, _ reason: Reason) {
            self.name = name
            handling = .harmless(reason)
        }

        /// Nil for a harmless column.
        package var personal: (kind: Kind, erasure: Erasure)? {
            if case .personal(let kind, let erasure) = handling { (kind, erasure) } else { nil }
        }

        /// Nil for personal data.
        package var harmless: Reason? {
            if case .harmless(let reason) = handling { reason } else { nil }
        }
    }

    /// What a column holds, and what becomes of it.
    package enum Handling: Hashable, Sendable {
        case personal(Kind, Erasure)
        case harmless(Reason)
    }

    package enum Kind: String, Hashable, Sendable {
        case name
        case mail
        case credential
        case network
        case device
        /// What people wrote; it may be about anybody.
        case writing
        /// An id that stands for a person.
        case pseudonym
    }

    /// What erasing a person does to a column.
    package enum Erasure: String, Hashable, Sendable {
        /// `app.erase_person` puts a pseudonym or nothing in its place.
        case replaced
        /// The row goes: with the person (`app.erasures`), or because it names them.
        case deleted
        /// It goes by itself after a short time.
        case expires
        /// It is the workspace's, which decides about it.
        case staysWithWorkspace = "stays with the workspace"
        /// It names nobody once the person behind the id is gone.
        case namesNobody = "names nobody afterwards"
    }

    package enum Reason: String, Hashable, Sendable {
        case enumeration = "one of a fixed list of words"
        case catalogue = "the same for everybody, written by migrations"
        case workspace = "names a workspace, not a person"
        case digest = "a hash of events or files"
        case key = "names a key of the installation, or is one's public half"
        case machine = "made by the program"
        case type = "an id, a number or a time: names nobody alone"
    }

    /// The types whose columns need no line.
    private static let harmlessTypes: Set<String> = [
        "uuid", "bigint", "integer", "integer[]", "smallint", "boolean", "date",
        "timestamp with time zone",
    ]

    private static let handlings = Dictionary(
        register.map { ($0.name, $0.handling) },
        uniquingKeysWith: { first, _ in first }
    )

    /// How a column is handled; nil for one that nobody has thought about.
    package static func handling(_ column: String, type: String) -> Handling? {
        handlings[column] ?? (harmlessTypes.contains(type) ? .harmless(.type) : nil)
    }
}

extension PersonalData {
    /// All columns of the product's schemas: `name` as in the register, and `type`.
    ///
    /// Partitions are their parents, and an index's columns are its table's.
    package static let catalogue: SQL = """
        SELECT c.relname || '.' || a.attname AS name,
            format_type(a.atttypid, NULL) AS type
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname IN ('public', 'app')
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
        ORDER BY 1
        """
}
