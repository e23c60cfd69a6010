import Domain
import Fixtures
import HTTPTypes
import HummingbirdCore
import Logging
import Observability
import Synchronization
import Testing

@testable import HTTPAPI

struct `A problem` {
    @Test(arguments: [
        (DomainError.Kind.notFound, 404), (.gone, 410), (.conflict, 409), (.precondition, 412),
        (.preconditionRequired, 428), (.malformed, 400), (.invalid([]), 422), (.tooLarge, 413),
        (.forbidden, 403), (.unauthenticated, 401), (.paymentRequired, 402),
        (.limited(retryAfter: nil), 429), (.unavailable, 503), (.timeout, 504), (.internal, 500),
    ])
    func `has the status of its kind`(kind: DomainError.Kind, status: Int) {
        let problem = Problem(DomainError(kind, .internalError, "Something."))
        #expect(problem.status.code == status)
    }

    @Test func `has both families of members`() throws {
        let error = DomainError(.conflict, .slugTaken, "The slug is taken.", hint: "Choose.")
        let body = Problem(error)
            .body(path: "/x", requestID: "r1", now: Instant(seconds: 0))
        let text = String(decoding: body.bytes, as: UTF8.self)
        #expect(
            text == """
                {"type":"urn:ghostworks:problem:slug_taken","title":"Slug taken","status":409,\
                "detail":"The slug is taken.","instance":"/x","error":"slug_taken",\
                "message":"The slug is taken.","details":{"hint":"Choose."},"request_id":"r1",\
                "timestamp":"1970-01-01T00:00:00.000000Z"}
                """
        )
    }

    @Test func `says nothing of a failure that nobody foresaw`() throws {
        struct Secret: Error { let password = "hunter2" }
        let response = Problem(Secret())
        let text = String(
            decoding: response.body(path: "/", requestID: "r", now: .now).bytes,
            as: UTF8.self
        )
        #expect(response.status.code == 500)
        #expect(!text.contains("hunter2") && !text.contains("Secret"))
    }

    @Test func `says when to come back`() {
        let limited = Problem(
            DomainError(.limited(retryAfter: .milliseconds(1_500)), .rateLimited, "Slow down.")
        )
        #expect(limited.response(path: "/", requestID: "r").headers[.retryAfter] == "2")
        let full = Problem(
            DomainError(.limited(retryAfter: .seconds(3)), .tooManyRequests, "Too many people.")
        )
        let response = full.response(path: "/", requestID: "r")
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] == "3")
        let busy = Problem(DomainError(.unavailable, .unavailable, "Busy."))
        #expect(busy.response(path: "/", requestID: "r").headers[.retryAfter] == "1")
        let seats = Problem(
            DomainError(.limited(retryAfter: nil), .planLimitReached, "All seats are taken.")
        )
        #expect(seats.response(path: "/", requestID: "r").headers[.retryAfter] == nil)
    }

    @Test(arguments: DomainError.Code.allCases)
    func `in documents has a status of an error`(code: DomainError.Code) {
        #expect((400...599).contains(Problem.status(of: code).code))
    }
}

struct `An answer` {
    @Test func `carries the security headers`() async throws {
        try await TestAPI.with { api in
            for path in ["/livez", "/nowhere"] {
                let reply = try await api.send(.get, path)
                let headers = Set(reply.headers.map { "\($0.name): \($0.value)" })
                let names = reply.headers.map(\.name.canonicalName)
                #expect(names.count == Set(names).count, "\(names)")
                #expect(
                    headers.isSuperset(of: [
                        "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY",
                        "X-XSS-Protection: 1; mode=block", "Cache-Control: no-store",
                        "Referrer-Policy: strict-origin-when-cross-origin",
                        "Strict-Transport-Security: max-age=31536000; includeSubDomains",
                        "Content-Security-Policy: default-src 'self'; "
                            + "script-src 'self' 'unsafe-inline'",
                    ]),
                    "\(headers)"
                )
            }
        }
    }

    @Test(arguments: ["abc", "A.b_c-9", String(repeating: "x", count: 64)])
    func `keeps a harmless request id`(id: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, "/nowhere", headers: [.requestID: id])
            #expect(reply.headers[.requestID] == id)
            #expect(try reply.text("request_id") == id)
        }
    }

    @Test(arguments: ["", "a b", "a\u{1B}[31m", "ä", String(repeating: "x", count: 65)])
    func `replaces a harmful request id`(id: String) {
        #expect(RequestIdentifier.choose(id).hasPrefix("req_"))
    }

    @Test func `to HEAD has no body`() async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.head, "/livez")
            #expect(reply.status == 200)
            #expect(reply.text.isEmpty)
        }
    }

    @Test func `tells load balancers why it is not ready`() async throws {
        let readiness: @Sendable () async -> Readiness = {
            .unready(reason: "The walls have a hole.")
        }
        try await TestAPI.with(readiness: readiness) { api in
            for path in ["/readyz", "/api/v1/health/"] {
                let reply = try await api.send(.get, path)
                #expect(reply.status == 503)
                #expect(try reply.text("detail") == "The walls have a hole.")
            }
            let status1 = try await api.send(.get, "/livez").status
            #expect(status1 == 200)
        }
    }

    @Test func `is not ready while the server shuts down`() async throws {
        try await TestAPI.with { api in
            let status2 = try await api.send(.get, "/readyz").status
            #expect(status2 == 200)
            api.services.shutdown.set()
            let status3 = try await api.send(.get, "/readyz").status
            #expect(status3 == 503)
        }
    }

    @Test func `is counted by route, not by path`() async throws {
        try await TestAPI.with { api in
            _ = try await api.send(.get, "/api/v1/artifacts/1")
            _ = try await api.send(.get, "/nowhere/at/all")
            _ = try await api.send(HTTPRequest.Method("BREW") ?? .put, "/nowhere")
            let page = api.registry.render()
            #expect(
                page.contains(
                    #"http_requests_total{method="GET",route="/api/v1/artifacts/{id}",status="401"} 1"#
                )
            )
            #expect(page.contains(#"{method="GET",route="unknown",status="404"} 1"#))
            #expect(page.contains(#"{method="other",route="unknown",status="404"} 1"#))
            #expect(page.contains("http_requests_in_flight 0"))
            #expect(page.contains("http_request_duration_seconds_count"))
        }
    }

    @Test func `is logged with who, what and how long`() async throws {
        let lines = LogLines()
        let logger = Logger(label: "api") { _ in lines }
        try await TestAPI.with(logger: logger) { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test")
            _ = try await api.send(
                .get,
                "/api/v1/artifacts?q=secret",
                token: token,
                headers: [.requestID: "r-7"]
            )
            let line = try #require(lines.all.last)
            #expect(line["request_id"] == "r-7")
            #expect(line["tenant_id"] == "\(acme.id)")
            #expect(line["user_id"] == "\(acme.owner.caller.user)")
            #expect(line["operation"] == "artifact.list")
            #expect(line["status"] == "success")
            #expect(line["duration_ms"] != nil)
            #expect(!"\(lines.all)".contains("secret"))
        }
    }
}

/// Keeps the metadata of what is logged.
final class LogLines: LogHandler, Sendable {
    private let lines = Mutex<[[String: String]]>([])

    var all: [[String: String]] { lines.withLock { $0 } }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        lines.withLock { $0.append((event.metadata ?? [:]).mapValues { "\($0)" }) }
    }
}
