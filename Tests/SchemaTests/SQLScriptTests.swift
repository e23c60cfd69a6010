import Schema
import Testing

@Suite struct SQLScriptTests {
    private func texts(_ script: String) -> [String] {
        SQLScript(script).statements.map(\.text)
    }

    @Test(arguments: [
        ("", []),
        (";;\n ; -- nothing\n/* ; */", []),
        ("SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("SELECT 1 ;\n", ["SELECT 1"]),
        ("SELECT ';'; SELECT \"a;b\"", ["SELECT ';'", "SELECT \"a;b\""]),
        ("SELECT 'it''s;'; X", ["SELECT 'it''s;'", "X"]),
        (#"SELECT E'a\';b'; X"#, [#"SELECT E'a\';b'"#, "X"]),
        (#"SELECT 'a\'; X"#, [#"SELECT 'a\'"#, "X"]),
        ("DO $$ a; b; $$; X", ["DO $$ a; b; $$", "X"]),
        ("DO $f$ a; $$; $f$; X", ["DO $f$ a; $$; $f$", "X"]),
        ("SELECT $1; X", ["SELECT $1", "X"]),
        ("SELECT a$b$; X$b$", ["SELECT a$b$", "X$b$"]),
        ("A -- x; y\n, b; X", ["A -- x; y\n, b", "X"]),
        ("A /* ; /* ; */ ; */ b; X", ["A /* ; /* ; */ ; */ b", "X"]),
        ("CREATE RULE r AS DO (A; B); X", ["CREATE RULE r AS DO (A; B)", "X"]),
        ("SELECT 'open; X", ["SELECT 'open; X"]),
        ("DO $$ open; X", ["DO $$ open; X"]),
        ("SELECT 'ä؛;'; X", ["SELECT 'ä؛;'", "X"]),
    ])
    func `a script is cut at its own semicolons`(script: String, expected: [String]) {
        #expect(texts(script) == expected)
    }

    @Test func `a body of BEGIN ATOMIC is one statement`() {
        let body = """
            CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql
            BEGIN ATOMIC
                SELECT CASE WHEN true THEN 1 END;
                SELECT 2;
            END
            """
        #expect(texts(body + ";\nSELECT 3;") == [body, "SELECT 3"])
    }

    @Test func `a statement knows its line, and the line of a character in it`() {
        let script = SQLScript("-- head\n\nSELECT 1;\n/* a\nb */ SELECT\n  2,\n  x;")
        #expect(script.statements.map(\.line) == [3, 5])
        #expect(script.statements[1].line(atCharacter: 1) == 5)
        #expect(script.statements[1].line(atCharacter: 14) == 7)
    }

    @Test(arguments: [
        ("SELECT 1;\nCOMMIT;", "COMMIT", 2), ("begin;", "BEGIN", 1),
        ("ROLLBACK TO a", "ROLLBACK", 1), ("START TRANSACTION", "START", 1),
        ("SAVEPOINT a", "SAVEPOINT", 1), ("prepare transaction 'x'", "PREPARE TRANSACTION", 1),
    ])
    func `a statement about the transaction is found`(script: String, word: String, line: Int) {
        let found = SQLScript(script).transactionStatement
        #expect(found?.word == word)
        #expect(found?.line == line)
    }

    @Test(arguments: ["DO $$ BEGIN NULL; END $$", "PREPARE a AS SELECT 1", "SELECT 'COMMIT'"])
    func `a statement that is not about the transaction is let through`(script: String) {
        #expect(SQLScript(script).transactionStatement == nil)
    }
}
