import Domain
import HTTPTypes
import Testing

@testable import HTTPAPI

/// Addresses and methods that are not there, below the doors in the form of others' interfaces.
struct `Below a door in another's form` {
    private static let anthropic = "/api/v1/ai/anthropic/v1"
    private static let openAI = "/api/v1/ai/openai/v1"

    @Test(arguments: [
        (HTTPRequest.Method.get, anthropic, 404, "not_found_error", "not_found"),
        (.get, anthropic + "/nope", 404, "not_found_error", "not_found"),
        (.post, anthropic + "/messages/nope/x", 404, "not_found_error", "not_found"),
        (.put, anthropic + "/messages", 405, "invalid_request_error", "method_not_allowed"),
        (.get, anthropic + "/messages", 405, "invalid_request_error", "method_not_allowed"),
    ])
    func `Anthropic's clients read what is not there`(
        method: HTTPRequest.Method,
        path: String,
        status: Int,
        type: String,
        code: String
    ) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(method, path)
            #expect(reply.status == status, "\(reply.text)")
            let json = try reply.json()
            #expect(json["type"] == .string("error"))
            #expect(json.at("error", "type") == .string(type))
            #expect(json.at("error", "details", "error_code") == .string(code))
            #expect(json["detail"] == nil)
            #expect(reply.headers[.allow] == (status == 405 ? "POST" : nil))
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, openAI + "/nope", 404, "not_found", nil),
        (.put, openAI + "/models", 405, "method_not_allowed", "GET, HEAD"),
        (.get, openAI + "/chat/completions", 405, "method_not_allowed", "POST"),
    ])
    func `OpenAI's clients read what is not there`(
        method: HTTPRequest.Method,
        path: String,
        status: Int,
        code: String,
        allow: String?
    ) async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(method, path)
            #expect(reply.status == status, "\(reply.text)")
            let json = try reply.json()
            #expect(json.at("error", "type") == .string("invalid_request_error"))
            #expect(json.at("error", "code") == .string(code))
            #expect(reply.headers[.allow] == allow)
        }
    }

    @Test func `what only begins alike is ours`() async throws {
        try await TestAPI.with { api in
            let reply = try await api.send(.get, Self.anthropic + "x/nope")
            #expect(reply.error == "not_found")
        }
    }

    @Test func `every route's errors look as those of what is not there`() {
        for route in RouteTable.all.routes {
            #expect(route.output.problems == RouteTable.problems(at: route.path), "\(route.path)")
        }
    }
}
