import Domain
import Fixtures
import Foundation
import HTTPTypes
import Inference
import Operations
import Support
import Testing

@testable import HTTPAPI

/// The API with a model server, a workspace and its owner's token.
struct ChatAPI: Sendable {
    let api: TestAPI
    let server: ModelServer
    let acme: TestTenant
    let token: String

    static func with(
        limits: ChatLimits = ChatLimits(),
        script: @escaping ModelServer.Script = { _, _ in ModelServer.answer(["Hello", " there"]) },
        _ body: @Sendable @escaping (ChatAPI) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try await fixture.withModel(limits: limits, script: script) { fixture, server in
                try await TestAPI.run(fixture) { api in
                    let root = try await api.fixture.makeOperator()
                    let acme = try await api.fixture.makeTenant(by: root)
                    let token = try await api.token("owner@acme.test", workspace: "acme")
                    try await body(ChatAPI(api: api, server: server, acme: acme, token: token))
                }
            }
        }
    }

    /// Asks the model one thing; `more` are further members of the body.
    func ask(
        _ question: String = "What is it?",
        _ more: String = "",
        headers: HTTPFields = [:],
        token: String? = nil
    ) async throws -> Reply {
        let body = """
            {"model":"mock/m","messages":[{"role":"user","content":"\(question)"}]\(more)}
            """
        return try await send(body, headers: headers, token: token)
    }

    func send(
        _ body: String,
        to path: String = "/api/v1/ai/chat",
        headers: HTTPFields = [:],
        token: String? = nil
    ) async throws -> Reply {
        try await api.send(.post, path, token: token ?? self.token, headers: headers, body: body)
    }

    func books() async throws -> (used: Int64, held: Int64) {
        try await api.fixture.books(of: acme.id)
    }

    func calls() async throws -> [String] {
        try await api.fixture.calls(of: acme.id)
    }
}

extension Reply {
    /// The events of a stream: names and data.
    func events() throws -> [(name: String, data: JSONValue)] {
        try text.components(separatedBy: "\n\n").filter { !$0.isEmpty && !$0.hasPrefix(":") }
            .map { block in
                let lines = block.split(separator: "\n")
                let name = lines.first { $0.hasPrefix("event: ") }?.dropFirst(7) ?? ""
                let data = lines.first { $0.hasPrefix("data: ") }?.dropFirst(6) ?? ""
                guard data != "[DONE]" else { return ("[DONE]", .null) }
                return (String(name), try JSONReader.read(Array(data.utf8)))
            }
    }
}

extension JSONValue {
    /// The member behind names, where numbers are places in a list.
    func at(_ path: String...) -> JSONValue? {
        path.reduce(self) { value, name in
            if case .array(let items) = value, let index = Int(name) {
                return items.indices.contains(index) ? items[index] : nil
            }
            return value?[name]
        }
    }
}
