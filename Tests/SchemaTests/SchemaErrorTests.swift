import Schema
import Testing

@Suite struct SchemaErrorTests {
    static let sentences: [(SchemaError, String)] = [
        (
            SchemaError.fileName("x.sql"),
            "migration file 'x.sql' must be named NNNN_verb_object.up.sql or .down.sql"
        ),
        (.notText(file: "0001_a.up.sql"), "migration file '0001_a.up.sql' must be UTF-8 text"),
        (.duplicate(version: 1, names: ["a", "b"]), "migration 1 must exist once; found a, b"),
        (.gap(missing: 2), "migrations must be numbered without gaps; 2 is missing"),
        (
            .missingFile("0001_a.down.sql"),
            "each migration must have an up and a down file; '0001_a.down.sql' is missing"
        ),
        (
            .endsTransaction(file: "0001_a.up.sql", line: 3, word: "COMMIT"),
            "0001_a.up.sql, line 3: a migration runs in one transaction; it must not say COMMIT"
        ),
        (
            .changed(label: "0001_a", database: "0123456789abcdef", program: "fedcba9876543210"),
            "Migration 0001_a was changed after it was applied (checksum then 0123456789ab, "
                + "now fedcba987654). Restore the file and put the change into a new migration."
        ),
        (
            .renamed(label: "0001_a", database: "0001_b"),
            "Migration 0001_a was applied under the name 0001_b. "
                + "Restore the name and put the change into a new migration."
        ),
        (
            .databaseGap(missing: 2),
            "The database records later migrations but not number 2. "
                + "Restore the table schema_migrations from a backup."
        ),
        (
            .newerDatabase(database: 9, program: 7),
            "The database has schema 9, newer than this program's 7. Install a newer ghostworks."
        ),
        (
            .olderDatabase(database: 5, program: 7),
            "The database has schema 5, this program needs 7. Run `ghostworks migrate up`."
        ),
        (.unknownTarget(12, newest: 7), "There is no migration 12. The newest is 7."),
        (
            .wrongDirection(target: 1, current: 2, use: "down"),
            "The database has schema 2. To reach 1 use `migrate down`."
        ),
        (
            .busy(holder: "ghostworks migrate as postgres"),
            "Another migration is running (ghostworks migrate as postgres). "
                + "Try again when it has ended."
        ),
        (
            .failed(file: "0001_a.up.sql", line: 3, message: "syntax error", hint: nil),
            "0001_a.up.sql, line 3: syntax error. Nothing of this migration was kept."
        ),
        (
            .failed(file: "0001_a.up.sql", line: nil, message: "no", hint: "Try it."),
            "0001_a.up.sql: no. Nothing of this migration was kept. Hint: Try it."
        ),
        (
            .locked(file: "0001_a.up.sql", line: 3),
            "0001_a.up.sql, line 3: a lock was not free within 3 seconds. Nothing of this "
                + "migration was kept; run it again when the database is quieter."
        ),
        (
            .connectionLost(file: "0001_a.up.sql"),
            "The connection to the database was lost during 0001_a.up.sql. "
                + "Run the migration again: it goes on from the last complete step."
        ),
    ]

    @Test(arguments: sentences)
    func `each error is one sentence`(error: SchemaError, sentence: String) {
        #expect("\(error)" == sentence)
    }
}
