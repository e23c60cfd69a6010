import Domain
import Fixtures
import HTTPTypes
import Testing

@testable import HTTPAPI

/// Requests that no honest client sends.
struct `A malformed request` {
    private static let login = "/api/v1/auth/login"

    @Test(arguments: [
        ("", 400), ("{", 400), ("[]", 422), ("null", 422), (#""text""#, 422), ("{}", 422),
        (#"{"email":"a@b.c","email":"d@e.f","password":"x"}"#, 400),
        (#"{"email":"a\u0000@b.c","password":"x"}"#, 400),
        (#"{"email":"\ud800","password":"x"}"#, 400),
        (#"{"email":1e999,"password":"x"}"#, 400),
        (#"{"email":99999999999999999999,"password":"x"}"#, 400),
        (#"{"email":{"$gt":""},"password":"x"}"#, 422),
        (#"{"email":"a@b.c","password":"x","admin":true}"#, 422),
    ])
    func `is refused with a problem`(body: String, status: Int) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.post, Self.login, body: body)
            #expect(reply.status == status, "\(reply.text)")
            #expect(reply.headers[.contentType] == Problem.contentType)
        }
    }

    @Test func `with ten thousand levels is refused`() async throws {
        try await TestAPI.with { api in
            let body =
                #"{"email":"# + String(repeating: "[", count: 10_000)
                + String(repeating: "]", count: 10_000) + "}"
            let reply = try await api.send(.post, Self.login, body: body)
            #expect(reply.status == 400)
            #expect(reply.error == "malformed_request")
        }
    }

    @Test(arguments: ["\"v01\"", "\"v+1\"", "v1", "W/\"v1\"", "\"v1\"x", ""])
    func `with another form of a version changes nothing`(match: String) async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: try await api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let made = try await api.send(
                .post,
                "/api/v1/artifacts",
                token: token,
                body: #"{"name":"a"}"#
            )
            let reply = try await api.send(
                .patch,
                "/api/v1/artifacts/\(try made.text("id"))",
                token: token,
                headers: [.ifMatch: match],
                body: #"{"name":"b"}"#
            )
            #expect(reply.status == 412)
        }
    }

    @Test func `of two megabytes is refused`() async throws {
        try await TestAPI.with { api in
            let body = #"{"email":"\#(String(repeating: "a", count: 2_000_000))"}"#
            let reply = try await api.send(.post, Self.login, body: body)
            #expect(reply.status == 413)
            #expect(reply.error == "payload_too_large")
            #expect(
                try reply.json()["details"]?["hint"] == .string("At most 1048576 bytes are taken.")
            )
        }
    }

    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1",
    ])
    func `with another content type is refused`(type: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(
                .post,
                Self.login,
                headers: [.contentType: type],
                body: "{}"
            )
            #expect(reply.status == 415)
            #expect(reply.error == "unsupported_media_type")
        }
    }

    @Test func `that is compressed is told so`() async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(
                .post,
                Self.login,
                headers: [.contentType: "application/json", .contentEncoding: "gzip"],
                body: "{}"
            )
            #expect(reply.status == 415)
            #expect(reply.error == "unsupported_media_type")
            #expect(reply.text.contains("must not be compressed"))
        }
    }

    @Test(arguments: ["*/*;q=0", "application/json; q=0.000", "text/html, */*;q=0.0"])
    func `that wants anything but what there is is refused`(accept: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, "/livez", headers: [.accept: accept])
            #expect(reply.error == "not_acceptable")
        }
    }

    @Test func `that wants no JSON is refused`() async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, "/livez", headers: [.accept: "text/html"])
            #expect(reply.status == 406)
            #expect(reply.error == "not_acceptable")
            let any = try await api.send(
                .get,
                "/livez",
                headers: [.accept: "text/html, application/*;q=0.5"]
            )
            #expect(any.status == 200)
        }
    }

    @Test(arguments: [
        ("/nowhere", 404), ("/api/v1/artifacts/x/y/z", 404), ("/api/v1/admin", 404),
        ("/api/v2/artifacts", 404), ("/%zz", 404), ("//", 404), ("//livez", 404),
        ("//api/v1/artifacts", 404), ("/api//v1/artifacts", 404), ("/api/v1//", 404),
        ("/../../etc/passwd", 404),
    ])
    func `to nowhere finds nothing`(path: String, status: Int) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, path)
            #expect(reply.status == status)
            #expect(reply.error == "not_found")
        }
    }

    @Test(arguments: ["200-foo", "100-continue, 200-foo", "x", "100-continue=1"])
    func `that expects what nobody knows is refused`(expectation: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, "/livez", headers: [.expect: expectation])
            #expect(reply.status == 417)
            #expect(reply.error == "malformed_request")
            let known = try await api.send(.get, "/livez", headers: [.expect: "100-Continue"])
            #expect(known.status == 200)
        }
    }

    @Test(arguments: [HTTPRequest.Method.put, .trace, .options, .connect])
    func `with another method says which would do`(method: HTTPRequest.Method) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(method, "/api/v1/artifacts")
            #expect(reply.status == 405)
            #expect(reply.error == "method_not_allowed")
            #expect(reply.headers[.allow] == "GET, HEAD, POST")
        }
    }

    @Test(arguments: [
        ("limit=0", 422, "validation_error"), ("limit=10000", 422, "validation_error"),
        ("limit=x", 422, "validation_error"), ("limit=1&limit=2", 422, "validation_error"),
        ("q=a%00b", 400, "malformed_request"), ("q=%ff", 400, "malformed_request"),
        ("q=%4", 400, "malformed_request"), ("colour=red", 422, "validation_error"),
        ("sort=id", 422, "validation_error"), ("q=a&sort=name", 422, "validation_error"),
        ("created_after=yesterday", 422, "validation_error"),
        ("created_by=1", 422, "validation_error"), ("cursor=AAAA", 400, "cursor_invalid"),
        ("deleted=perhaps", 422, "validation_error"),
        ("q=" + String(repeating: "word+", count: 40), 422, "query_too_complex"),
    ])
    func `with a bad query is refused`(query: String, status: Int, code: String) async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test")
            let reply = try await api.send(.get, "/api/v1/artifacts?\(query)", token: token)
            #expect(reply.status == status, "\(reply.text)")
            #expect(reply.error == code)
        }
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "bearer x.y.z",
        "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer " + String(repeating: "a", count: 5_000),
    ])
    func `with a bad token is refused`(header: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(
                .get,
                "/api/v1/me",
                headers: [.authorization: header]
            )
            #expect(reply.status == 401)
            #expect(reply.error == "unauthenticated")
        }
    }

    @Test func `with a name of 300 characters names the field`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let reply = try await api.send(
                .post,
                "/api/v1/artifacts",
                token: try await api.token("owner@acme.test"),
                body: #"{"name":"\#(String(repeating: "n", count: 300))"}"#
            )
            #expect(reply.status == 422)
            let problem = JSONValue.object([
                "field": .string("name"),
                "message": .string("must have 1 to 255 characters; got 300"),
            ])
            #expect(try reply.json()["validation_errors"] == .array([problem]))
        }
    }
}
