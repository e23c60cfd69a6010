import Domain
import Fixtures
import FoundationEssentials
import Operations
import Postgres
import Storage
import Testing

/// Every statement that the role of requests sends is one that the server accepts.
@Suite struct PreparedStatementTests {
    @Test func `every read of artifacts, use and trails is accepted`() async throws {
        try await Fixture.with { fixture in
            let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
            for statement in try reads(acme) {
                _ = try await fixture.environment.database.fetch(
                    .tenant(acme.owner, .workspaceRead),
                    statement
                )
            }
        }
    }

    private func reads(_ tenant: TestTenant) throws -> [SQL] {
        let id = ArtifactID(UUID())
        let person = UserID(UUID())
        let now = Instant(seconds: 1_767_225_600)
        let filters = try ArtifactOrder.allCases.flatMap { order in
            try [true, false].flatMap { deleted in
                try [[], ["a"], ["a", "b", "c"]].map { tags in
                    try ArtifactFilter(
                        tags: tags,
                        createdFrom: now,
                        createdTo: now,
                        author: person,
                        deleted: deleted,
                        order: order
                    )
                }
            }
        }
        let filter = AuditFilter(
            actor: person,
            action: "a.",
            resourceType: "a",
            resourceID: "b",
            outcome: .denied,
            from: now,
            to: now,
            requestID: "r"
        )
        let lists = try filters.map { try ArtifactStore.list($0, PageRequest(), in: tenant.id) }
        let trails: [SQL] = try [Trail.tenant(tenant.id), .platform].flatMap { trail in
            [
                try AuditStore.page(trail, filter, PageRequest(after: PagePosition(["1"]))),
                AuditStore.event(trail, seq: 1), AuditStore.head(trail),
                AuditStore.batch(trail, after: .start, through: 1, size: 1),
                AuditStore.part(trail, filter, after: .before(2), through: 9, size: 1),
            ]
        }
        let sums = UsageGrouping.allCases.flatMap { grouping in
            [nil, person].map {
                UsageStore.sums(grouping, from: now, to: now, of: $0, in: tenant.id)
            }
        }
        return lists + trails + sums + [
            try ArtifactStore.list(
                ArtifactFilter(query: "x", tags: ["a"], createdFrom: now, author: person),
                PageRequest(after: PagePosition(["1", "5", "6", UUID().uuidString])),
                in: tenant.id
            ),
            ArtifactStore.find(id, in: tenant.id),
            try ArtifactStore.revisions(of: id, PageRequest(), in: tenant.id),
            ArtifactStore.tags(prefix: "%", reachedBy: person, in: tenant.id),
            try ArtifactStore.list(
                ArtifactFilter(query: "x", tags: ["a"], createdFrom: now, author: person),
                PageRequest(after: PagePosition(["1", "5", "6", UUID().uuidString])),
                in: tenant.id,
                reachedBy: person
            ),
            try ArtifactStore.list(
                ArtifactFilter(),
                PageRequest(),
                in: tenant.id,
                reachedBy: person
            ),
            GrantStore.isGiven(.artifactRead, on: id, to: person, in: tenant.id),
            GrantStore.find(.artifact, id, of: person, in: tenant.id),
            try GrantStore.page(
                of: person,
                PageRequest(after: PagePosition(["1", UUID().uuidString])),
                in: tenant.id
            ),
            RoleStore.list(in: tenant.id), RoleStore.find(.named("x"), in: tenant.id),
            RoleStore.systemHolders(in: tenant.id),
            try InvitationStore.page(
                .pending,
                PageRequest(after: PagePosition(["1", UUID().uuidString])),
                in: tenant.id
            ),
            InvitationStore.find(token: [], in: tenant.id),
            InvitationStore.setting(inviter: person, in: tenant.id), InvitationStore.mine,
            try MemberStore.page(tenant.id, MemberFilter(role: .named("x")), PageRequest()),
            PermissionStore.list,
            BudgetStore.list(of: nil, in: tenant.id),
            BudgetStore.list(of: person, in: tenant.id),
            PeopleStore.named([person]),
        ]
    }
}
