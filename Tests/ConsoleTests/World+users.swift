import Domain

@testable import Console

extension World {
    static let accounts: [Account] = [
        account(ada, role: .superAdmin),
        account(omar, role: nil),
        account(
            User(id: id(4), email: "viewer@acme.example", name: hostileNames[1]),
            role: .support
        ),
        account(huda, role: nil, status: .disabled),
    ]

    private static func account(
        _ user: User,
        role: PlatformRole?,
        status: AccountStatus = .active
    ) -> Account {
        Account(
            user: user,
            status: status,
            emailVerifiedAt: role == nil ? nil : ago(30_000),
            locale: "en",
            createdAt: ago(40_000),
            version: 3,
            platformRole: role
        )
    }

    static let accountDetail = AccountDetail(
        account: accounts[1],
        places: [
            AccountPlace(
                tenant: tenant.id,
                slug: "acme",
                name: "Acme Charity",
                role: "owner",
                status: .active,
                joinedAt: ago(20_000)
            ),
            AccountPlace(
                tenant: id(101),
                slug: "beacon",
                name: "Beacon Trust",
                role: nil,
                status: .suspended,
                joinedAt: ago(9_000)
            ),
        ],
        roles: [],
        liveSessions: 1
    )

    static let accountSessions: [AccountSession] = [
        AccountSession(
            id: id(201),
            kind: "api",
            userAgent: "Mozilla/5.0 (X11; Linux x86_64)",
            ip: "203.0.113.7",
            createdAt: ago(40),
            lastSeenAt: ago(2),
            expiresAt: now.advanced(by: .seconds(3_600)),
            revokedAt: nil
        ),
        AccountSession(
            id: id(202),
            kind: "console",
            userAgent: "ghostworks/0.1.0",
            ip: nil,
            createdAt: ago(4_000),
            lastSeenAt: ago(3_500),
            expiresAt: ago(3_000),
            revokedAt: ago(3_400)
        ),
    ]

    static let attempts: [SignInAttempts] = [
        SignInAttempts(minute: ago(2), network: "203.0.113.0/24", count: 4, lastReason: .locked),
        SignInAttempts(
            minute: ago(3),
            network: "203.0.113.0/24",
            count: 11,
            lastReason: .wrongPassword
        ),
        SignInAttempts(minute: ago(900), network: "2001:db8::/48", count: 1, lastReason: .delayed),
    ]

    static let platformGrants: [PlatformGrant] = [
        PlatformGrant(
            user: omar,
            role: .support,
            grantedBy: ada.id,
            grantedByName: ada.name,
            grantedAt: ago(100),
            expiresAt: now.advanced(by: .seconds(86_400))
        ),
        PlatformGrant(
            user: ada,
            role: .superAdmin,
            grantedBy: nil,
            grantedByName: nil,
            grantedAt: ago(50_000),
            expiresAt: nil
        ),
    ]

    static let stays: [SupportSession] = [
        SupportSession(
            id: id(81),
            staff: ada.id,
            staffName: ada.name,
            tenant: tenant.id,
            tenantSlug: "acme",
            reason: "search is slow since the import",
            ticket: "4712",
            mode: .readWrite,
            consent: id(90),
            allowsPersonalData: true,
            startedAt: ago(5),
            expiresAt: now.advanced(by: .seconds(725)),
            endedAt: nil
        ),
        SupportSession(
            id: id(82),
            staff: omar.id,
            staffName: omar.name,
            tenant: id(101),
            tenantSlug: "beacon",
            reason: hostileNames[1],
            ticket: nil,
            mode: .readOnly,
            startedAt: ago(600),
            expiresAt: ago(540),
            endedAt: ago(590)
        ),
    ]

    static let consents: [SupportConsent] = [
        SupportConsent(
            id: id(90),
            tenant: tenant.id,
            note: "for ticket 4712",
            allowsPersonalData: true,
            grantedBy: omar.id,
            createdAt: ago(30),
            expiresAt: now.advanced(by: .seconds(40_000)),
            revokedAt: nil
        ),
        SupportConsent(
            id: id(91),
            tenant: tenant.id,
            note: nil,
            allowsPersonalData: false,
            grantedBy: omar.id,
            createdAt: ago(9_000),
            expiresAt: ago(8_000),
            revokedAt: ago(8_500)
        ),
    ]

    static let health = PlatformHealth(
        nodes: [
            NodeFigures(
                host: "api-1",
                startedAt: ago(900),
                measuredAt: now.advanced(by: .seconds(-4)),
                requests: 1_240,
                errors: 18,
                median: .microseconds(1_900),
                slowest: .milliseconds(48),
                pool: PoolFigures(size: 24, inUse: 7, waiting: 0, timeouts: 2)
            ),
            NodeFigures(
                host: "api-2",
                startedAt: ago(900),
                measuredAt: ago(3),
                requests: 900,
                errors: 0,
                median: .microseconds(1_500),
                slowest: .milliseconds(30),
                pool: PoolFigures(size: 24, inUse: 3, waiting: 0, timeouts: 0)
            ),
        ],
        at: now
    )
}
