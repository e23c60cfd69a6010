import Domain
import FoundationEssentials

@testable import Console

/// The values that the tests show, always the same.
enum World {
    static let now = Instant(rfc3339: "2026-03-02T10:14:00Z") ?? Instant(microseconds: 0)

    /// Names that attack a terminal or its columns.
    static let hostileNames = [
        "evil \u{1B}[31mred\u{1B}[0m \u{9B}2J", "bidi \u{202E}gpj.exe\u{2066}", "two\nlines\rhere",
        "Z\u{0351}\u{0300}\u{0310}a\u{0334}\u{0321}l\u{0322}\u{035C}g\u{0300}\u{0301}\u{0302}o",
        String(repeating: "long ", count: 60), "دليل المتبرع ٢٠٢٦", "日本語のガイドブック",
        "👨‍👩‍👧‍👦 family ❤️ day 🇰🇼", "zero\u{200B}width\u{FEFF}", "",
    ]

    static func uuid(_ number: Int) -> UUID {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return UUID(uuidString: "0199f1c0-0000-7000-8000-\(padded)") ?? UUID()
    }

    static func id<Entity>(_ number: Int, of _: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(uuid(number))
    }

    static func ago(_ minutes: Int64) -> Instant {
        Instant(microseconds: now.microseconds - minutes * 60_000_000)
    }

    static let ada = User(id: id(1), email: "ada@ghostworks.example", name: "Ada Lovelace")
    static let omar = User(id: id(2), email: "omar@acme.example", name: "Omar Khayyam")
    static let huda = User(id: id(3), email: "huda@acme.example", name: "هدى الشريف")
    static let people = Dictionary(uniqueKeysWithValues: [ada, omar, huda].map { ($0.id, $0) })

    static func identity(_ role: PlatformRole?, _ user: User = ada) -> Identity {
        Identity(
            user: user.id,
            session: id(90),
            email: user.email,
            name: user.name,
            platformRole: role,
            tenant: nil,
            expiresAt: now.advanced(by: .seconds(86_400))
        )
    }

    static let tenants: [TenantSummary] = {
        let plain = ["Acme Charity", "Beacon Trust", "Crescent Relief", "Delta Learning"]
        return (plain + hostileNames.filter { !$0.isEmpty }).enumerated().map { index, name in
            let number = Int64(index + 1)
            return TenantSummary(
                id: id(100 + index),
                slug: index == 0 ? "acme" : "tenant-\(index)",
                name: name,
                nameKey: name.lowercased(),
                status: index == 2 ? .suspended : .active,
                plan: Plan.allCases[index % 3],
                createdAt: ago(number * 20_000),
                figures: index == 3
                    ? nil
                    : TenantFigures(
                        members: index * 7 + 3,
                        artifacts: index * 1_240,
                        aiTokens: number * 812_345,
                        aiCostNano: number * 1_234_567_890,
                        storageBytes: number * 48_000_123,
                        refreshedAt: ago(3)
                    )
            )
        }
    }()

    static let tenant = Tenant(
        id: id(100),
        slug: "acme",
        name: "Acme Charity",
        status: .active,
        plan: .pro,
        settings: .object(["support": .object(["write_consent": .bool(true)])]),
        version: 4,
        createdAt: ago(20_000)
    )

    static let place = TenantRef(tenant)

    static let detail = TenantDetail(
        tenant: tenant,
        quotas: [
            Quota(resource: .users, soft: 40, hard: 50, used: 42, reserved: 2),
            Quota(resource: .pipelines, soft: nil, hard: 100, used: 12, reserved: 0),
            Quota(resource: .executions, soft: 40_000, hard: 50_000, used: 50_000, reserved: 0),
            Quota(
                resource: .aiTokens,
                soft: 4_000_000,
                hard: 5_000_000,
                used: 1_812_345,
                reserved: 20_000
            ),
            Quota(
                resource: .storage,
                soft: nil,
                hard: 50_000_000_000,
                used: 1_480_001_230,
                reserved: 0
            ),
        ],
        figures: tenants[0].figures,
        owners: [omar]
    )

    static let workspaces = [
        Workspace(
            id: id(100),
            slug: "acme",
            name: "Acme Charity",
            status: .active,
            plan: .pro,
            role: .admin,
            createdAt: ago(20_000)
        ),
        Workspace(
            id: id(101),
            slug: "beacon",
            name: "Beacon Trust",
            status: .suspended,
            plan: .free,
            role: .viewer,
            createdAt: ago(40_000)
        ),
    ]

    static func support(_ mode: AccessMode, minutes: Int64 = 15) -> SupportSession {
        SupportSession(
            id: id(80),
            staff: ada.id,
            staffName: ada.name,
            tenant: tenant.id,
            tenantSlug: "acme",
            reason: "ticket 4711",
            ticket: "4711",
            mode: mode,
            startedAt: now,
            expiresAt: now.advanced(by: .seconds(minutes * 60)),
            endedAt: nil
        )
    }

    static let members: [Member] = [
        Member(
            user: omar.id,
            email: omar.email,
            name: omar.name,
            role: .owner,
            status: .active,
            joinedAt: ago(20_000),
            lastSeenAt: ago(2),
            version: 1
        ),
        Member(
            user: huda.id,
            email: huda.email,
            name: huda.name,
            role: .admin,
            status: .active,
            joinedAt: ago(15_000),
            lastSeenAt: ago(4_000),
            version: 2
        ),
        Member(
            user: id(4),
            email: "viewer@acme.example",
            name: hostileNames[1],
            role: .viewer,
            status: .suspended,
            joinedAt: ago(9_000),
            version: 3
        ),
        Member(
            user: id(5),
            email: "maker@acme.example",
            name: "Maker",
            role: .brandCreator,
            status: .active,
            joinedAt: ago(800),
            version: 1
        ),
    ]
}
