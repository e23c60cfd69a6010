import Fixtures
import HTTPTypes
import Testing

@testable import HTTPAPI

/// A person's own time zone, over HTTP.
struct `One's own time zone over HTTP` {
    @Test func `is said, read, and taken away by null`() async throws {
        try await TestAPI.with { api in
            _ = try await World(api)
            let token = try await api.token("owner@acme.test")
            let path = "/api/v1/me"
            let set = try await api.send(
                .patch,
                path,
                token: token,
                body: #"{"time_zone":"Asia/Kuwait"}"#
            )
            #expect(set.status == 200)
            #expect(set.text.contains(#""time_zone":"Asia/Kuwait""#))
            let named = try await api.send(.patch, path, token: token, body: #"{"name":"Ada"}"#)
            #expect(named.text.contains(#""time_zone":"Asia/Kuwait""#))
            let taken = try await api.send(
                .patch,
                path,
                token: token,
                body: #"{"time_zone":null}"#
            )
            #expect(taken.status == 200)
            #expect(taken.text.contains(#""time_zone":null"#))
        }
    }

    @Test(arguments: [
        #""Asia/Atlantis""#, #""UTC+3""#, "7", "[]", #""' OR name <> '""#,
    ])
    func `is refused when there is none of that name`(value: String) async throws {
        try await TestAPI.with { api in
            _ = try await World(api)
            let token = try await api.token("owner@acme.test")
            let body = #"{"time_zone":\#(value)}"#
            let reply = try await api.send(.patch, "/api/v1/me", token: token, body: body)
            #expect(reply.status == 422, "\(reply.text)")
            #expect(reply.text.contains("time_zone"))
        }
    }
}
