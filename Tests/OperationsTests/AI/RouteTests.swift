import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Testing

@Suite struct RouteTests {
    @Test func `a route is made, changed and taken away, and each leaves a line`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let put = PutRoute(fixture.environment)
            let plan = try ModelRoutePlan(targets: ["offline/search", "offline/writer"])
            let made = try await put("chat", plan, by: acme.owner)
            #expect(made.isNew)
            #expect(try await !put("chat", plan, version: 1, by: acme.owner).isNew)
            let other = try ModelRoutePlan(
                targets: ["offline/writer"],
                channels: [.public],
                retry: .init(maxAttempts: 1, allowsAmbiguous: true),
                cache: .init(scope: .tenant, seconds: 60, maxTemperatureMilli: 200),
                onDisconnect: .drain,
                defaultMaxTokens: 512
            )
            let changed = try await put("chat", other, version: 1, by: acme.owner)
            #expect(changed.route.version == 2)
            let list = ListRoutes(fixture.environment)
            #expect(try await list(by: acme.owner) == [changed.route])
            #expect(try await list(named: "chat", by: acme.owner).plan == other)
            let stale = await #expect(throws: DomainError.self) {
                try await put("chat", plan, version: 1, by: acme.owner)
            }
            #expect(stale?.code == .versionConflict)
            try await DeleteRoute(fixture.environment)("chat", version: 2, by: acme.owner)
            let gone = await #expect(throws: DomainError.self) {
                try await list(named: "chat", by: acme.owner)
            }
            #expect(gone?.code == .notFound)
            #expect(
                try await fixture.actions(of: acme, "ai.route")
                    == ["ai.route_created", "ai.route_changed", "ai.route_deleted"]
            )
        }
    }

    @Test func `a target that calls may not name is refused`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            _ = try await SetModelStatus(fixture.environment)("offline/writer", .disabled, by: root)
            for target in ["none/such", "offline/writer"] {
                let error = await #expect(throws: DomainError.self) {
                    try await PutRoute(fixture.environment)(
                        "chat",
                        ModelRoutePlan(targets: ["offline/search", target]),
                        by: acme.owner
                    )
                }
                #expect(error?.message.contains("\"\(target)\", which is no active model") == true)
            }
        }
    }

    @Test func `a model without a price is no target where cost is limited`() async throws {
        try await Fixture.with { fixture in
            let root = try await fixture.makeOperator()
            let acme = try await fixture.makeTenant(by: root)
            let new = try NewModel(
                id: "offline/free",
                provider: "offline",
                name: nil,
                contextTokens: 10,
                maxOutputTokens: 5
            )
            _ = try await AddModel(fixture.environment)(new, by: root)
            let put = PutRoute(fixture.environment)
            let plan = try ModelRoutePlan(targets: ["offline/free"])
            try await fixture.makeBudget(
                .cost,
                hard: 1,
                scope: .model,
                of: "offline/search",
                in: acme
            )
            #expect(try await put("free", plan, by: acme.owner).isNew)
            try await fixture.makeBudget(.cost, hard: 1, in: acme)
            let error = await #expect(throws: DomainError.self) {
                try await put("paid", plan, by: acme.owner)
            }
            #expect(error?.code == .unpricedModel)
        }
    }

    @Test func `members make no routes`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let error = await #expect(throws: DomainError.self) {
                try await PutRoute(fixture.environment)(
                    "chat",
                    ModelRoutePlan(targets: ["offline/search"]),
                    by: member
                )
            }
            #expect(error?.code == .permissionDenied)
        }
    }
}

@Suite struct PromptTests {
    private static func make(_ fixture: Fixture, _ acme: TestTenant) async throws -> TenantPrompt {
        let new = try NewPrompt(
            name: "Answer",
            description: "",
            shareable: false,
            system: "Be brief.",
            user: "{{question}}"
        )
        return try await CreatePrompt(fixture.environment)(new, by: acme.owner)
    }

    @Test func `versions are added and never changed`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let prompt = try await Self.make(fixture, acme)
            let add = AddPromptVersion(fixture.environment)
            let text = try PromptText(system: "", user: "Say {{word}}")
            #expect(try await add(text, number: 2, to: prompt.id, by: acme.owner).number == 2)
            for (number, code) in [
                (1, DomainError.Code.versionExists), (2, .versionExists), (4, .validationError),
                (0, .validationError),
            ] {
                let error = await #expect(throws: DomainError.self) {
                    try await add(text, number: number, to: prompt.id, by: acme.owner)
                }
                #expect(error?.code == code, "\(number)")
            }
            #expect(try await add(text, to: prompt.id, by: acme.owner).number == 3)
            let versions = try await ListPromptVersions(fixture.environment)(
                of: prompt.id,
                page: PageRequest(limit: 2),
                by: acme.owner
            )
            #expect(versions.items.map(\.number) == [3, 2])
            #expect(versions.next != nil)
            await #expect(throws: PostgresError.self) {
                try await fixture.migrated.admin([
                    "SET ROLE ghostworks_app", "UPDATE ai_prompt_versions SET user_template = 'x'",
                ])
            }
        }
    }

    @Test func `a label moves between versions and a rendering follows it`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            let prompt = try await Self.make(fixture, acme)
            _ = try await AddPromptVersion(fixture.environment)(
                PromptText(system: "", user: "Say {{word}}"),
                to: prompt.id,
                by: acme.owner
            )
            let label = LabelPrompt(fixture.environment)
            let first = try await label("live", at: 1, of: prompt.id, by: acme.owner)
            #expect(first.labelVersion == 1)
            let moved = try await label("live", at: 2, of: prompt.id, expected: 1, by: acme.owner)
            #expect(moved.labelVersion == 2)
            let stale = await #expect(throws: DomainError.self) {
                try await label("live", at: 1, of: prompt.id, expected: 1, by: acme.owner)
            }
            #expect(stale?.code == .versionConflict)
            for (name, number) in [("live", 3), ("live", 0), ("latest", 1), ("Live", 1)] {
                await #expect(throws: DomainError.self) {
                    try await label(name, at: number, of: prompt.id, by: acme.owner)
                }
            }
            let render = RenderPrompt(fixture.environment)
            let live = try await render(
                prompt.id,
                .label("live"),
                values: ["word": "{{x}}"],
                by: acme.owner
            )
            #expect(live.text.user == "Say {{x}}")
            #expect(live.version.number == 2)
            let missing = await #expect(throws: DomainError.self) {
                try await render(prompt.id, .number(1), values: [:], by: acme.owner)
            }
            #expect(missing?.code == .validationError)
            let none = await #expect(throws: DomainError.self) {
                try await render(prompt.id, .label("none"), values: [:], by: acme.owner)
            }
            #expect(none?.code == .notFound)
            let found = try await ListPrompts(fixture.environment)(prompt.id, by: acme.owner)
            #expect(found.labels == [moved])
            #expect(
                try await fixture.actions(of: acme, "ai.prompt") == [
                    "ai.prompt_created", "ai.prompt_version_added", "ai.prompt_labelled",
                    "ai.prompt_labelled",
                ]
            )
        }
    }

    @Test func `names are unlike, and viewers read none`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            _ = try await Self.make(fixture, acme)
            let error = await #expect(throws: DomainError.self) {
                try await Self.make(fixture, acme)
            }
            #expect(error?.code == .nameTaken)
            let viewer = try await fixture.makeMember("v@x.test", role: .viewer, in: acme)
            let denied = await #expect(throws: DomainError.self) {
                try await ListPrompts(fixture.environment)(page: PageRequest(), by: viewer)
            }
            #expect(denied?.code == .permissionDenied)
            let member = try await fixture.makeMember("m@x.test", role: .member, in: acme)
            let page = try await ListPrompts(fixture.environment)(page: PageRequest(), by: member)
            #expect(page.items.map(\.name) == ["Answer"])
        }
    }
}
