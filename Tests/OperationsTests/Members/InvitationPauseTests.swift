import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Nobody's mailbox is filled with invitations, however it is gone about.
struct InvitationPauseTests {
    @Test func `one address gets one mail in five minutes`() async throws {
        try await Household.with { house in
            let environment = house.environment
            let (made, _) = try await house.invite("ada@x.test")
            let early = await house.refusal {
                try await ResendInvitation(environment)(made.id, by: house.owner)
            }
            #expect(early?.code == .rateLimited)
            guard case .limited(let wait?) = early?.kind else {
                Issue.record("\(String(describing: early))")
                return
            }
            #expect(wait > .zero && wait <= .seconds(300))
            try await RevokeInvitation(environment)(made.id, by: house.owner)
            let around = await house.refusal { try await house.invite("ADA@x.test") }
            #expect(around?.code == .rateLimited)
            // The seat of the refused one is free.
            #expect(try await house.seats() == [1, 0, 50])
            try await house.invite("bob@x.test")
            try await house.pass()
            try await house.invite("ada@x.test")
        }
    }

    @Test func `another workspace has its own pause`() async throws {
        try await Household.with { house in
            try await house.invite("ada@x.test")
            let root = try await house.fixture.signIn("root@ghostworks.test", kind: .shell)
            let beta = try await house.fixture.makeTenant("beta", by: root)
            try await house.invite("ada@x.test", by: beta.owner)
        }
    }

    @Test func `mails of a day are counted over all invitations of an address`() async throws {
        try await Household.with { house in
            let environment = house.environment
            let (first, _) = try await house.invite("ada@x.test")
            try await RevokeInvitation(environment)(first.id, by: house.owner)
            try await house.pass()
            let (second, _) = try await house.invite("ada@x.test")
            try await house.pass()
            _ = try await ResendInvitation(environment)(second.id, by: house.owner)
            #expect(try await sends(house) == [1, 1])
            _ = try await house.fixture.migrated.admin(
                """
                UPDATE invitations SET sent_at = now(),
                    sends = CASE WHEN status = 'pending' THEN 2 ELSE 3 END
                """
            )
            let full = await house.refusal {
                try await ResendInvitation(environment)(second.id, by: house.owner)
            }
            #expect(full?.message == "The address was sent 5 invitations today.")
            try await house.pass()
            _ = try await ResendInvitation(environment)(second.id, by: house.owner)
            #expect(try await sends(house) == [3, 1])
        }
    }

    private func sends(_ house: Household) async throws -> [Int64] {
        try await house.fixture.migrated.admin(
            "SELECT i.sends::bigint AS sends FROM invitations AS i ORDER BY i.created_at"
        ).map { try $0.decode("sends") }
    }

    @Test func `of several who send at once one does`() async throws {
        try await Household.with { house in
            let (made, _) = try await house.invite("ada@x.test")
            try await house.pass()
            let environment = house.environment
            let owner = house.owner
            let codes = await atOnce(6) { _ in
                _ = try await ResendInvitation(environment)(made.id, by: owner)
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.filter { $0 == .rateLimited }.count == 5)
        }
    }
}
