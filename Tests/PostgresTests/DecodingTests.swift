import FoundationEssentials
import Postgres
import Support
import Testing

@Suite struct DecodingTests {
    private func roundTrip<Value: SQLBindable & SQLDecodable & Equatable>(
        _ value: Value
    ) async throws -> Bool {
        let rows = try await open().query("SELECT \(value) AS value")
        return try rows[0].decode("value", as: Value.self) == value
    }

    @Test func `scalars come back as they were bound`() async throws {
        #expect(try await roundTrip(true))
        #expect(try await roundTrip(Int16.min))
        #expect(try await roundTrip(Int32.min))
        #expect(try await roundTrip(Int.max))
        #expect(try await roundTrip(-0.1))
        #expect(try await roundTrip("ünï ' \\ code"))
        #expect(try await roundTrip([UInt8](0...255)))
        #expect(try await roundTrip(UUID()))
        #expect(try await roundTrip(""))
    }

    @Test func `times come back as they were bound`() async throws {
        #expect(try await roundTrip(Timestamp(microseconds: 1_700_000_000_123_456)))
        #expect(try await roundTrip(Timestamp(microseconds: -1)))
        #expect(try await roundTrip(Timestamp.infinity))
        #expect(try await roundTrip(Timestamp.negativeInfinity))
        #expect(try await roundTrip(CalendarDate(days: -1)))
    }

    @Test func `times mean the same to the server`() async throws {
        let row = try await open().query(
            """
            SELECT timestamptz '1970-01-01 00:00:01+00' = \(Timestamp(microseconds: 1_000_000)) AS t,
                date '1970-01-02' = \(CalendarDate(days: 1)) AS d
            """
        )[0]
        #expect(try row.decode("t") == true)
        #expect(try row.decode("d") == true)
    }

    @Test func `arrays come back as they were bound`() async throws {
        #expect(try await roundTrip(["a", "", "ü"]))
        #expect(try await roundTrip([Int]()))
        #expect(try await roundTrip([1, 2, 3]))
        #expect(try await roundTrip([UUID(), UUID()]))
        #expect(try await roundTrip([true, false]))
        #expect(try await roundTrip([[1, 2], [UInt8]()]))
        #expect(try await roundTrip(["a", nil]))
        #expect(try await roundTrip([Timestamp(microseconds: 1)]))
    }

    @Test func `json comes back as text`() async throws {
        let row = try await open().query("SELECT \(JSONText(#"{"a":1}"#)) AS value")[0]
        #expect(try row.decode("value", as: String.self) == #"{"a": 1}"#)
        #expect(try row.decode("value", as: JSONText.self).text == #"{"a": 1}"#)
    }

    @Test func `smaller integers are read as larger ones`() async throws {
        let row = try await open().query("SELECT 7::int4 AS four, 8::int2 AS two")[0]
        #expect(try row.decode("four", as: Int.self) == 7)
        #expect(try row.decode("two", as: Int.self) == 8)
    }

    private enum Colour: String, SQLBindable, SQLDecodable {
        case red
    }

    @Test func `a raw representable value binds and decodes by its raw value`() async throws {
        let row = try await open().query("SELECT \(Colour.red) AS good, 'blue' AS bad")[0]
        #expect(try row.decode("good", as: Colour.self) == .red)
        let error = await postgresError { _ = try row.decode("bad", as: Colour.self) }
        #expect(error?.description == "column 'bad' of row 0 must hold one of the cases of Colour")
    }

    @Test(arguments: [
        ("nothing", "column 'nothing' of row 0 must exist in the result"),
        ("empty", "column 'empty' of row 0 must not be NULL to be read as Int16"),
        ("word", "column 'word' of row 0 must have a type that Int16 reads; got oid 25"),
        ("big", "column 'big' of row 0 must hold a value that fits into Int16"),
    ])
    func `a column that cannot be read is named`(column: String, phrase: String) async throws {
        let row = try await open().query(
            "SELECT NULL::int2 AS empty, 'secret'::text AS word, 70000::int8 AS big"
        )[0]
        let error = await postgresError { _ = try row.decode(column, as: Int16.self) }
        #expect(error?.description == phrase)
    }

    @Test func `an optional reads NULL as nil`() async throws {
        let row = try await open().query("SELECT NULL::text AS value")[0]
        #expect(try row.decode("value", as: String?.self) == nil)
    }

    @Test func `a two-dimensional array is refused`() async throws {
        let row = try await open().query("SELECT '{{1},{2}}'::int8[] AS value")[0]
        let error = await postgresError { _ = try row.decode("value", as: [Int].self) }
        #expect(error != nil)
    }
}
