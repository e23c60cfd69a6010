import Domain
import Fixtures
import Support
import Testing

/// People in one another's way, over HTTP.
@Suite struct ContentionTests {
    @Test func `of two people who edit one version one is told to look again`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: fixture.makeOperator())
            _ = try await fixture.makeMember("other@acme.test", role: .admin, in: acme)
            try await Service.run(fixture) { service in
                let one = try await service.signIn("owner@acme.test", workspace: "acme")
                let two = try await service.signIn("other@acme.test", workspace: "acme")
                let made = try await one.send(one.creation("draft", key: "draft"))
                let path = "/api/v1/artifacts/\(try made.text("id"))"
                let tags = try await (one.get(path).headers["etag"], two.get(path).headers["etag"])
                #expect(tags == ("\"v1\"", "\"v1\""))

                async let first = one.send(Self.edit(one, path, "by one", version: 1))
                async let second = two.send(Self.edit(two, path, "by two", version: 1))
                let replies = try await [(one, "by one", first), (two, "by two", second)]
                #expect(replies.map(\.2.status).sorted() == [200, 412])
                let winner = try #require(replies.first { $0.2.status == 200 })
                let loser = try #require(replies.first { $0.2.status == 412 })
                #expect(loser.2.problem == "version_conflict")

                let current = try await loser.0.get(path)
                #expect(try current.text("name") == winner.1)
                #expect(current.headers["etag"] == "\"v2\"")
                let retry = Self.edit(loser.0, path, loser.1, version: 2)
                #expect(try await loser.0.send(retry).status == 200)
                #expect(try await one.get(path).text("name") == loser.1)
            }
        }
    }

    @Test func `a suspended tenant's next request is refused and others notice nothing`()
        async throws
    {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant("acme", by: root)
            _ = try await fixture.makeTenant("bold", by: root)
            try await Service.run(fixture) { service in
                let admin = try await service.signIn("root@ghostworks.test")
                let client = try await service.signIn("owner@acme.test", workspace: "acme")
                let other = try await service.signIn("owner@bold.test", workspace: "bold")
                let list = "/api/v1/artifacts"
                #expect(try await client.get(list).status == 200)

                let suspended = try await admin.send(Self.status("suspend", acme, admin))
                #expect(suspended.status == 200, "\(suspended)")
                let read = try await client.get(list)
                let write = try await client.send(client.creation("late", key: "late"))
                #expect(read.status == 403)
                #expect(read.problem == "tenant_suspended")
                #expect(write.problem == "tenant_suspended")
                #expect(try await other.get(list).status == 200)
                #expect(try await fixture.migrated.storedNames() == [])

                #expect(try await admin.send(Self.status("resume", acme, admin)).status == 200)
                #expect(try await client.get(list).status == 200)
            }
        }
    }

    private static func edit(
        _ client: Client,
        _ path: String,
        _ name: String,
        version: Int
    ) -> HTTPAsk {
        client.ask(
            "PATCH",
            path,
            headers: ["If-Match": "\"v\(version)\""],
            body: #"{"name":"\#(name)"}"#
        )
    }

    private static func status(_ verb: String, _ tenant: TestTenant, _ admin: Client) -> HTTPAsk {
        admin.ask(
            "POST",
            "/api/v1/admin/tenants/\(tenant.id)/\(verb)",
            body: #"{"reason":"unpaid invoice"}"#
        )
    }
}
