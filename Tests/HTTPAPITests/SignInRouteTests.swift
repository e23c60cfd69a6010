import Domain
import Fixtures
import Foundation
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

struct `The sign-in routes` {
    private static let login = "/api/v1/auth/login"

    private static func body(_ email: String, _ password: String) -> String {
        #"{"email":"\#(email)","password":"\#(password)"}"#
    }

    @Test func `say what the recorded exchanges say`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            let log = Transcript("registration", api)
            let register = "/api/v1/auth/register"
            for (title, email, password) in [
                ("register", "nora@x.test", Fixture.password),
                ("an address that is known", "root@ghostworks.test", Fixture.password),
                ("a short password", "nora@x.test", "short"),
                ("a common password", "nora@x.test", "password1234"),
                ("what is no address", "nonsense", Fixture.password),
            ] {
                try await log.send(
                    title,
                    .post,
                    register,
                    body: #"{"email":"\#(email)","password":"\#(password)","name":"Nora"}"#
                )
            }
            let mails = try await api.fixture.mails()
            let link = #"{"token":"\#(mails[0].token)"}"#
            let verify = "/api/v1/auth/verify-email"
            let verified = try await api.send(.post, verify, body: link)
            #expect(verified.status == 204)
            try await log.send(
                "a link that is no link",
                .post,
                verify,
                body: #"{"token":"of somebody"}"#
            )
            try await log.send(
                "the link once more",
                .post,
                "\(verify)/resend",
                body: #"{"email":"nora@x.test"}"#
            )
            try await log.send(
                "a forgotten password",
                .post,
                "/api/v1/auth/password/forgot",
                body: #"{"email":"nobody@x.test"}"#
            )
            try await log.send(
                "a reset with a dead link",
                .post,
                "/api/v1/auth/password/reset",
                body: #"{"token":"of somebody","password":"\#(Fixture.password)"}"#
            )
            let token = try await api.token("nora@x.test")
            try await log.send(
                "a change with the wrong password",
                .post,
                "/api/v1/auth/password/change",
                token: token,
                body: #"{"current_password":"wrong","new_password":"another long password"}"#
            )
            try await log.send(
                "a change",
                .post,
                "/api/v1/auth/password/change",
                token: token,
                body: """
                    {"current_password":"\(Fixture.password)",\
                    "new_password":"another long password"}
                    """
            )
            try log.check()
        }
    }

    @Test func `give a device something to be known by, and take it`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            let body = Self.body("root@ghostworks.test", Fixture.password)
            let first = try await api.send(.post, Self.login, body: body)
            let cookies = first.headers[values: .setCookie]
            let cookie = try #require(
                cookies.first { $0.hasPrefix("__Secure-ghostworks-device=") }
            )
            let parts = cookie.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(
                Set(parts.dropFirst()) == [
                    "Max-Age=15552000", "Path=/api/v1/auth", "HttpOnly", "Secure",
                    "SameSite=Strict",
                ]
            )
            #expect(parts[0].utf8.count == "__Secure-ghostworks-device=".utf8.count + 80)
            let again = try await api.send(
                .post,
                Self.login,
                headers: [.cookie: "a=b; \(parts[0])"],
                body: body
            )
            #expect(again.status == 200)
            #expect(
                !again.headers[values: .setCookie].contains {
                    $0.hasPrefix("__Secure-ghostworks-device=")
                }
            )
        }
    }

    @Test func `tell a client that is too early when to come again`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            for _ in 0..<8 {
                _ = try await api.send(
                    .post,
                    Self.login,
                    body: Self.body("root@ghostworks.test", "wrong")
                )
            }
            // Eight in a row are past the fifth, whatever time they took.
            _ = try await api.fixture.migrated.admin(
                "UPDATE auth_throttle SET blocked_until = now() + interval '100 s'"
            )
            let reply = try await api.send(
                .post,
                Self.login,
                body: Self.body("root@ghostworks.test", Fixture.password)
            )
            #expect(reply.status == 429)
            #expect(reply.error == "rate_limited")
            let wait = try #require(reply.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...100).contains(wait))
        }
    }

    @Test(arguments: [
        #"{"email":"root@ghostworks.test","password":"a\u0000b"}"#,
        #"{"email":"root@ghostworks.test","password":"a\ud800b"}"#,
        #"{"email":"root@ghostworks.test","password":"a\udc00\ud800"}"#,
    ])
    func `refuse what is no text`(body: String) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.post, Self.login, body: body)
            #expect(reply.status == 400)
            #expect(reply.error == "malformed_request")
        }
    }

    @Test func `take sixty-four Arabic characters, each of which counts`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            let password = String(repeating: "مرحبا يا صديقي ", count: 4) + "شمسا"
            #expect(password.unicodeScalars.count == 64)
            try await SetPassword(api.fixture.environment)(
                email: "root@ghostworks.test",
                password: Array(password.utf8)
            )
            let near = String(password.dropLast()) + "ت"
            for (password, status) in [(near, 401), (password, 200)] {
                let reply = try await api.send(
                    .post,
                    Self.login,
                    body: Self.body("root@ghostworks.test", password)
                )
                #expect(reply.status == status)
            }
        }
    }

    @Test func `show support staff what was tried`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.send(
                .post,
                Self.login,
                body: Self.body("root@ghostworks.test", "wrong")
            )
            let token = try await api.token("root@ghostworks.test")
            let path = "/api/v1/admin/users/\(root.user)/sign-in-attempts"
            let reply = try await api.send(.get, path, token: token)
            let item = try #require(try reply.items().first)
            #expect(item["count"] == .integer(1))
            #expect(item["network"] == .string("unknown"))
            #expect(item["last_reason"] == .string("wrong_password"))
            for wrong in ["x", "00000000-0000-7000-8000-000000000000"] {
                let path = "/api/v1/admin/users/\(wrong)/sign-in-attempts"
                #expect(try await api.send(.get, path, token: token).status == 404)
            }
            let cursor = try await api.send(.get, "\(path)?cursor=abc", token: token)
            #expect(cursor.error == "cursor_invalid")
        }
    }
}
