// DESIGN
//
// Every column that can hold text or bytes is in this register: as personal data, with its kind and
// with what an erasure does to it, or as harmless, with the reason. A test reads the catalogue and
// fails for a column that is in neither; another erases a person whose every value is marked, and
// looks for the marks in the whole database.

/// What the columns of the database hold about people.
package enum PersonalData {
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
        case staysWithWorkspace
        /// It names nobody once the person behind the id is gone.
        case namesNobody
    }

    package enum Reason: String, Hashable, Sendable {
        case enumeration = "one of a fixed list of words"
        case catalogue = "the same for everybody, written by migrations"
        case workspace = "names a workspace, not a person"
        case digest = "a hash of events or files"
        case key = "names a key of the installation, or is one's public half"
        case machine = "made by the program"
    }

    /// How a column is handled; nil for one that nobody has thought about.
    package static func handling(table: String, column: String) -> Handling? {
        tables[table]?[column]
    }

    /// All columns of the register, as `table.column`.
    package static var columns: Set<String> {
        Set(tables.flatMap { table, columns in columns.keys.map { "\(table).\($0)" } })
    }

    static let tables: [String: [String: Handling]] = people.merging(work) { $1 }
        .merging(platform) { $1 }
}
