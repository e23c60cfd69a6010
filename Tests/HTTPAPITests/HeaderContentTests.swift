import Fixtures
import HTTPTypes
import Operations
import Testing

@testable import HTTPAPI

/// What people write never becomes a header.
struct `Headers` {
    private static let mark = "marked-7f3a91"

    @Test func `carry nothing that a request or a stored value brought along`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let made = try await api.send(
                .post,
                "/api/v1/artifacts",
                token: token,
                body: #"{"name":"\#(Self.mark)","tags":["\#(Self.mark)"]}"#
            )
            #expect(made.status == 201)
            let id = try made.text("id")
            let hostile: HTTPFields = [
                .origin: "https://\(Self.mark).example", .userAgent: Self.mark,
                .acceptLanguage: Self.mark, .cookie: "a=\(Self.mark)", .workspace: Self.mark,
                .requestID: "\(Self.mark) (not an id)",
            ]
            // Signing out would spoil what follows.
            for route in RouteTable.all.routes
            where !route.about.operation.hasPrefix("auth.logout") {
                let path = route.path.replacing("{w}", with: "acme").replacing("{id}", with: id)
                    .replacing(/\{[^}]*\}/, with: Self.mark)
                for headers in [[:], hostile] {
                    let reply = try await api.send(
                        route.method,
                        "\(path)?q=\(Self.mark)&\(Self.mark)=1",
                        token: route.access.needsToken ? token : nil,
                        headers: headers,
                        body: route.input.body == nil
                            ? nil : #"{"\#(Self.mark)":"\#(Self.mark)"}"#
                    )
                    let leaks = reply.headers.filter { $0.value.contains(Self.mark) }
                    #expect(leaks.isEmpty, "\(route.method) \(route.path)")
                }
            }
        }
    }
}
