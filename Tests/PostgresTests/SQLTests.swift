import Testing

@testable import Postgres

@Suite struct SQLTests {
    @Test func `interpolated values become numbered parameters`() {
        let sql: SQL = "SELECT \(1), \("two"), \(true)"
        #expect(sql.text == "SELECT $1, $2, $3")
        #expect(sql.parameters.map(\.type) == [.int8, .text, .bool])
    }

    @Test func `a spliced fragment is renumbered`() {
        let condition: SQL = "a = \(1) AND b = \(2)"
        let sql: SQL = "SELECT \("x") WHERE \(condition) LIMIT \(3)"
        #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3 LIMIT $4")
        #expect(sql.parameters == [.init("x"), .init(1), .init(2), .init(3)])
    }

    @Test func `a sum of fragments is renumbered beyond nine parameters`() {
        let six: SQL = "\(1)\(2)\(3)\(4)\(5)\(6)"
        #expect((six + six).text == "$1$2$3$4$5$6$7$8$9$10$11$12")
    }

    @Test func `a dollar number in a literal segment is left alone`() {
        let sql: SQL = "SELECT '$1', \(1)"
        let outer: SQL = "SELECT \(2), \(sql)"
        #expect(outer.text == "SELECT $1, SELECT '$1', $2")
    }

    @Test func `a quoted identifier cannot end itself`() {
        let sql: SQL = "\(identifier: "a\"; DROP TABLE b; --\0")"
        #expect(sql.text == "\"a\"\"; DROP TABLE b; --\"")
    }

    @Test func `nil binds NULL of its type`() {
        let sql: SQL = "\(String?.none)"
        #expect(sql.parameters[0].type == .text)
        #expect(sql.parameters[0].bytes == nil)
    }

    @Test func `a description holds no values`() {
        let sql: SQL = "SELECT \("secret")"
        #expect("\(sql)" == "SELECT $1")
    }
}

@Suite struct StatementCacheTests {
    @Test func `the statement unused for longest makes room`() {
        var cache = StatementCache(capacity: 2)
        let keys = ["a", "b", "c"].map { StatementCache.Key(SQL(text: $0)) }
        cache.insert("s1", for: keys[0])
        cache.insert("s2", for: keys[1])
        #expect(cache.name(for: keys[0]) == "s1")
        cache.insert("s3", for: keys[2])
        #expect(cache.name(for: keys[1]) == nil)
        #expect(cache.name(for: keys[0]) == "s1")
        #expect(cache.evicted == ["s2"])
    }

    @Test func `the same text with other types is another statement`() {
        let text: SQL = "SELECT \("1")"
        let number: SQL = "SELECT \(1)"
        #expect(StatementCache.Key(text) != StatementCache.Key(number))
    }
}
