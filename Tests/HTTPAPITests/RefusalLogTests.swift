import Fixtures
import HTTPTypes
import Logging
import Operations
import Synchronization
import Testing

@testable import HTTPAPI

@Suite struct RefusalLogTests {
    @Test func `a thousand refusals at once are twenty lines, and the next one says so`() {
        let now = Mutex(Int64(0))
        let log = RefusalLog { now.withLock { $0 } }
        let lines = (0..<1_000).compactMap { _ in log.admit(.serviceUnavailable) }
        #expect(lines == [Int](repeating: 0, count: 20))
        now.withLock { $0 = 250_000_000 }
        #expect(log.admit(.tooManyRequests) == 980)
        #expect(log.admit(.gatewayTimeout) == nil)
        now.withLock { $0 = 60_000_000_000 }
        #expect(log.admit(.tooManyRequests) == 1)
    }

    @Test func `what was not refused is always written`() {
        let log = RefusalLog { 0 }
        let statuses: [HTTPResponse.Status] = [.ok, .notFound, .forbidden, .internalServerError]
        for status in statuses {
            #expect((0..<100).compactMap { _ in log.admit(status) }.count == 100)
        }
    }

    /// Without the database, requests by the hundred leave lines by the dozen.
    @Test func `without the database a flood of requests is a few lines`() async throws {
        let lines = LogLines()
        let logger = Logger(label: "api") { _ in lines }
        try await TestAPI.with(logger: logger) { api in
            _ = try await api.fixture.makeTenant(by: api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test")
            await api.fixture.loseDatabase()
            for _ in 0..<60 {
                let reply = try await api.send(.get, "/api/v1/artifacts", token: token)
                #expect(reply.status == 503)
            }
            let refused = lines.all.filter { $0["http_status"] == "503" }
            #expect((1...40).contains(refused.count))
        }
    }
}
