// DESIGN
// 1. Statements end at a semicolon outside of quotes, dollar quotes, comments, parentheses and
//    BEGIN ATOMIC … END bodies: psql's own rules.
// 2. The text of a statement starts at its first word, so that the server's position in it is a
//    position in the file.
// 3. Text the scanner cannot close (an open quote) becomes the last statement: the server, not
//    this type, says what is wrong with it.

/// A file of SQL, cut into its statements.
package struct SQLScript: Sendable, Equatable {
    /// One statement and where it stands.
    package struct Statement: Sendable, Equatable {
        /// The text, without the semicolon.
        package let text: String
        /// The line of the file where the text starts, from 1.
        package let line: Int

        /// The file's line at a character of this statement.
        ///
        /// - Parameter position: The place in characters from 1, as PostgreSQL counts.
        /// - Returns: The line, from 1.
        package func line(atCharacter position: Int) -> Int {
            line + text.unicodeScalars.prefix(max(0, position - 1)).count { $0 == "\n" }
        }
    }

    /// The statements, in their order.
    package let statements: [Statement]

    /// Cuts a text into statements.
    package init(_ text: String) {
        var scanner = SQLScanner(text)
        var statements: [Statement] = []
        while let statement = scanner.nextStatement() {
            statements.append(statement)
        }
        self.statements = statements
    }

    /// The first statement that would end or nest the transaction the script runs in.
    package var transactionStatement: (word: String, line: Int)? {
        for statement in statements {
            let words = statement.text.split(maxSplits: 2) { !$0.isLetter && $0 != "_" }
                .map { $0.uppercased() }
            guard let first = words.first else { continue }
            if Self.transactionWords.contains(first) { return (first, statement.line) }
            if first == "PREPARE", words.dropFirst().first == "TRANSACTION" {
                return ("PREPARE TRANSACTION", statement.line)
            }
        }
        return nil
    }

    private static let transactionWords: Set<String> = [
        "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE",
    ]
}
