import Domain
import Fixtures
import HTTPTypes
import Testing

@testable import HTTPAPI

/// Versions that clients have already.
struct `A version that a client has` {
    @Test(arguments: [
        ([#""v1""#], true), ([#"W/"v1""#], true), (["*"], true), ([" * "], true),
        ([#""v2", W/"v1""#], true), ([#""v2""#, #""v1""#], true), ([#""a,b","v1""#], true),
        ([#""v2""#], false), (["v1"], false), ([#""v1"#], false), ([""], false), ([], false),
        ([#""*""#], false), ([#""v11""#], false),
    ])
    func `is known by its tag`(fields: [String], isKnown: Bool) {
        #expect(KnownTags(fields).contains(#""v1""#) == isKnown)
        #expect(KnownTags(fields).contains(#"W/"v1""#) == isKnown)
    }

    @Test func `is not sent again by any address that tells a version`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let owner = try await api.token("owner@acme.test")
            let root = try await api.token("root@ghostworks.test")
            var tagged: Set<String> = []
            for route in RouteTable.all.routes where route.method == .get {
                let request: World.Request
                var token = root
                switch route.access {
                case .everyone, .visitor: continue
                case .person where !route.parameters.isEmpty: continue
                case .person, .platform:
                    request = try await world.request(route, operator: world.root)
                case .workspace:
                    let caller = world.acme.owner
                    request = try await world.request(route, grant: .all, caller: caller)
                    token = owner
                }
                if try await Self.tells(request, token, api) { tagged.insert(route.path) }
            }
            for path in ["me", "artifacts/{id}", "workspaces/{w}", "admin/tenants/{id}"] {
                #expect(tagged.contains("/api/v1/\(path)"), "\(path)")
            }
            #expect(tagged.count > 10, "\(tagged.sorted())")
        }
    }

    /// Whether an answer has a tag; then the same is asked by who has it.
    private static func tells(
        _ request: World.Request,
        _ token: String,
        _ api: TestAPI
    ) async throws -> Bool {
        let first = try await request.send(api, token: token)
        guard let tag = first.headers[.eTag] else { return false }
        #expect(first.status == 200, "\(request.path)")
        for method in [HTTPRequest.Method.get, .head] {
            for known in [tag, "W/\(tag)", "\"v0\", \(tag)", "*"] {
                let reply = try await Self.ask(method, request, known, token, api)
                #expect(reply.status == 304, "\(method) \(request.path) \(known)")
                #expect(reply.text.isEmpty && reply.headers[.contentType] == nil)
                #expect(reply.headers[.eTag] == tag)
                #expect(reply.headers[.named("X-Content-Type-Options")] == "nosniff")
                #expect(reply.headers[.requestID] != nil)
            }
        }
        let other = try await Self.ask(.get, request, "\"v999\"", token, api)
        #expect(other.status == 200 && other.text == first.text, "\(request.path)")
        return true
    }

    private static func ask(
        _ method: HTTPRequest.Method,
        _ request: World.Request,
        _ known: String,
        _ token: String,
        _ api: TestAPI
    ) async throws -> Reply {
        var headers = request.headers
        headers[.ifNoneMatch] = known
        return try await api.send(method, request.path, token: token, headers: headers)
    }
}
