import FoundationEssentials
import Postgres
import Support
import Testing

@Suite struct CopyOutTests {
    private func lines(_ copy: CopyOut) async throws -> [String] {
        try await copy.reduce(into: []) { $0.append(String(decoding: $1, as: UTF8.self)) }
    }

    @Test func `a query's rows come as lines`() async throws {
        let connection = try await open()
        let copy = connection.copyOut("SELECT n, 'a,b' AS t FROM generate_series(1, 2) n")
        #expect(try await lines(copy) == ["n,t\n", "1,\"a,b\"\n", "2,\"a,b\"\n"])
        #expect(try await connection.query("SELECT 1").count == 1)
    }

    @Test func `a large result comes whole`() async throws {
        let connection = try await open()
        let copy = connection.copyOut(
            "SELECT repeat('x', 100) FROM generate_series(1, 20000)",
            format: .text
        )
        #expect(try await lines(copy).count == 20_000)
    }

    @Test func `values are written into the text and stay values`() async throws {
        let hostile = "it's \\ '); DROP TABLE x; --"
        let id = try #require(UUID(uuidString: "00000000-0000-0000-0000-00000000000a"))
        let copy = try await open().copyOut(
            """
            SELECT \(hostile) = \(JSONText("[]"))::text, \(1), \(true), \(id), \(Int?.none),
                \(Timestamp(microseconds: 1)) = timestamptz '1970-01-01 00:00:00.000001+00',
                \([UInt8](0...3)), length(\(hostile))
            """,
            format: .csv(header: false)
        )
        let expected =
            "f,1,t,00000000-0000-0000-0000-00000000000a,,t,\\x00010203,\(hostile.count)\n"
        #expect(try await lines(copy) == [expected])
    }

    @Test func `the preamble is in force`() async throws {
        let connection = try await open()
        let copy = connection.copyOut(
            "SELECT current_setting('app.context')",
            format: .text,
            preamble: ["SELECT set_config('app.context', \("c"), true)"]
        )
        #expect(try await lines(copy) == ["c\n"])
        let left = try await connection.query("SELECT current_setting('app.context') AS value")
        #expect(try left[0].decode("value") == "")
    }

    @Test(arguments: ["SELECT nothing", "SELECT 1/(5-n) FROM generate_series(1, 9) n"] as [SQL])
    func `a failing query ends the sequence and frees the connection`(query: SQL) async throws {
        let connection = try await open()
        let error = await postgresError { _ = try await lines(connection.copyOut(query)) }
        #expect(error?.sqlState != nil)
        #expect(try await connection.query("SELECT 1").count == 1)
    }

    @Test func `a connection in the middle of a copy serves nothing else`() async throws {
        let connection = try await open()
        var rows = connection.copyOut("SELECT generate_series(1, 100000)").makeAsyncIterator()
        _ = try await rows.next()
        let error = await postgresError { _ = try await connection.query("SELECT 1") }
        #expect(error?.description == "a connection must finish its COPY first")
    }
}

@Suite struct ListenTests {
    @Test func `a notification reaches its listener`() async throws {
        let cluster = try await TestCluster.shared()
        let heard = try await NotificationListener(cluster.settings).notifications(channel: "A b")
        let sender = try await open()
        _ = try await sender.query("SELECT pg_notify('A b', 'one'), pg_notify('A b', 'two')")
        var events = heard.makeAsyncIterator()
        #expect(await events.next() == .notification(payload: "one"))
        #expect(await events.next() == .notification(payload: "two"))
    }

    @Test func `several channels are heard on one connection, which shares its locks`()
        async throws
    {
        let cluster = try await TestCluster.shared()
        let heard = try await NotificationListener(cluster.settings).notifications(
            channels: ["one of two", "two of two"],
            sharing: [4_711, 4_712]
        )
        let sender = try await open()
        let taken = try await sender.query(
            """
            SELECT pg_try_advisory_lock(4711) AS alone, pg_try_advisory_lock_shared(4711) AS shared
            """
        )
        #expect(try taken.first?.decode("alone", as: Bool.self) == false)
        #expect(try taken.first?.decode("shared", as: Bool.self) == true)
        _ = try await sender.query(
            "SELECT pg_notify('two of two', '2'), pg_notify('one of two', '1')"
        )
        var events = heard.makeAsyncIterator()
        #expect(await events.next() == .notification(payload: "2"))
        #expect(await events.next() == .notification(payload: "1"))
    }

    @Test func `a lost connection is made again and the listener told`() async throws {
        let settings = try await TestCluster.shared().settings
        var named = settings
        named.applicationName = "listener-to-lose"
        let heard = try await NotificationListener(named).notifications(channel: "lost")
        let killer = try await open()
        _ = try await killer.query(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'listener-to-lose'
            """
        )
        var events = heard.makeAsyncIterator()
        #expect(await events.next() == .lost)
        #expect(await events.next() == .reconnected)
        _ = try await killer.query("SELECT pg_notify('lost', 'again')")
        #expect(await events.next() == .notification(payload: "again"))
    }

    @Test func `a cancelled listener ends`() async throws {
        let cluster = try await TestCluster.shared()
        let heard = try await NotificationListener(cluster.settings).notifications(channel: "end")
        let task = Task { await heard.reduce(0) { count, _ in count + 1 } }
        task.cancel()
        #expect(await task.value == 0)
    }
}
