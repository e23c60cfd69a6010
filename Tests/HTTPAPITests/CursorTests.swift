import Domain
import Fixtures
import HTTPTypes
import Operations
import Sealing
import Testing

@testable import HTTPAPI

struct `A cursor` {
    @Test func `leads through the whole list, every item once`() async throws {
        try await Self.withArtifacts(7) { api, token in
            var seen: [String] = []
            var path = "/api/v1/artifacts?limit=3"
            for expected in [3, 3, 1] {
                let reply = try await api.send(.get, path, token: token)
                #expect(try reply.items().count == expected)
                seen += try reply.items().compactMap {
                    if case .string(let name) = $0["name"] { name } else { nil }
                }
                if case .string(let next) = try reply.page("next_cursor") {
                    #expect(try reply.page("has_more") == .bool(true))
                    path = "/api/v1/artifacts?limit=3&cursor=\(next)"
                } else {
                    #expect(try reply.page("has_more") == .bool(false))
                }
            }
            #expect(seen == (1...7).reversed().map { "Thing \($0)" })
        }
    }

    @Test(arguments: [
        "/api/v1/audit-logs?cursor=", "/api/v1/artifacts?q=thing&cursor=",
        "/api/v1/artifacts?sort=name&cursor=", "/api/v1/artifacts?sort=created_at&cursor=",
        "/api/v1/workspaces/acme/members?cursor=",
    ])
    func `of another list or filter is refused`(path: String) async throws {
        try await Self.withArtifacts(2) { api, token in
            let first = try await api.send(.get, "/api/v1/artifacts?limit=1", token: token)
            guard case .string(let next) = try first.page("next_cursor") else {
                Issue.record("no cursor")
                return
            }
            let reply = try await api.send(.get, path + next, token: token)
            #expect(reply.status == 400)
            #expect(reply.error == "cursor_invalid")
        }
    }

    @Test(arguments: [("name", "-name"), ("-name", "name"), ("updated_at", "-updated_at")])
    func `of one direction is refused by the other, which leads through the list as well`(
        sort: String,
        other: String
    ) async throws {
        try await Self.withArtifacts(3) { api, token in
            let path = "/api/v1/artifacts?limit=2&sort="
            let first = try await api.send(.get, path + sort, token: token)
            guard case .string(let next) = try first.page("next_cursor") else {
                Issue.record("no cursor")
                return
            }
            let refused = try await api.send(.get, path + other + "&cursor=" + next, token: token)
            #expect(refused.status == 400)
            #expect(refused.error == "cursor_invalid")
            let second = try await api.send(.get, path + sort + "&cursor=" + next, token: token)
            let names = try (first.items() + second.items()).compactMap(\.["name"])
            let turned = try await api.send(
                .get,
                "/api/v1/artifacts?limit=3&sort=\(other)",
                token: token
            )
            #expect(names.count == 3)
            #expect(try turned.items().compactMap(\.["name"]) == names.reversed())
        }
    }

    @Test func `of another tenant is refused`() async throws {
        try await Self.withArtifacts(2) { api, token in
            let first = try await api.send(.get, "/api/v1/artifacts?limit=1", token: token)
            guard case .string(let next) = try first.page("next_cursor") else {
                Issue.record("no cursor")
                return
            }
            let root = try await api.fixture.signIn("root@ghostworks.test", kind: .api)
            _ = try await api.fixture.makeTenant("beta", by: root)
            let reply = try await api.send(
                .get,
                "/api/v1/artifacts?limit=1&cursor=\(next)",
                token: try await api.token("owner@beta.test")
            )
            #expect(reply.error == "cursor_invalid")
        }
    }

    private static let sealer = CursorSealer(key: .random(count: 32))

    @Test(arguments: [[], ["a"], ["", "ü", "2026"], [String(repeating: "x", count: 900)]])
    func `brings back its position`(keys: [String]) throws {
        let cursor = Self.sealer.seal(PagePosition(keys), list: "l", filter: "f")
        #expect(try Self.sealer.open(cursor, list: "l", filter: "f") == PagePosition(keys))
        #expect(cursor.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    }

    @Test func `that was touched is refused`() throws {
        let cursor = Self.sealer.seal(PagePosition(["1", "2"]), list: "l", filter: "f")
        for index in cursor.indices {
            var touched = cursor
            touched.replaceSubrange(index...index, with: cursor[index] == "B" ? "C" : "B")
            guard touched.dropLast() != cursor.dropLast() else { continue }
            #expect(throws: DomainError.self) {
                try Self.sealer.open(touched, list: "l", filter: "f")
            }
        }
    }

    @Test(arguments: ["", "A", "====", "a b", String(repeating: "A", count: 100_000)])
    func `of garbage is refused`(cursor: String) {
        #expect(throws: PagePosition.invalid) {
            try Self.sealer.open(cursor, list: "l", filter: "f")
        }
    }

    @Test func `of another key is refused`() {
        let other = CursorSealer(key: .random(count: 32))
        let cursor = other.seal(PagePosition(["1"]), list: "l", filter: "f")
        #expect(throws: PagePosition.invalid) {
            try Self.sealer.open(cursor, list: "l", filter: "f")
        }
    }

    private static func withArtifacts(
        _ count: Int,
        _ body: @Sendable @escaping (TestAPI, String) async throws -> Void
    ) async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test")
            for number in 1...count {
                _ = try await api.send(
                    .post,
                    "/api/v1/artifacts",
                    token: token,
                    body: #"{"name":"Thing \#(number)"}"#
                )
            }
            try await body(api, token)
        }
    }
}
