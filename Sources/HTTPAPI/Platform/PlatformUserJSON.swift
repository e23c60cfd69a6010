import Domain

/// How people and their roles on the platform are written for operators.
enum PlatformUserJSON {
    @Sendable static func account(_ account: Account) -> JSON {
        [
            "id": JSON(account.id), "email": .string(account.user.email),
            "name": .string(account.user.name), "status": .string(account.status.rawValue),
            "email_verified_at": JSON(account.emailVerifiedAt),
            "locale": .string(account.locale),
            "platform_role": JSON(account.platformRole?.rawValue),
            "version": .integer(account.version), "created_at": JSON(account.createdAt),
        ]
    }

    static func detail(_ detail: AccountDetail) -> JSON {
        account(detail.account).adding([
            ("memberships", .array(detail.places.map(place))),
            ("platform_roles", .array(detail.roles.map(grant))),
            ("live_sessions", .integer(Int64(detail.liveSessions))),
        ])
    }

    private static func place(_ place: AccountPlace) -> JSON {
        [
            "tenant_id": JSON(place.tenant), "slug": .string(place.slug),
            "name": .string(place.name), "role": JSON(place.role),
            "status": .string(place.status.rawValue), "joined_at": JSON(place.joinedAt),
        ]
    }

    @Sendable static func session(_ session: AccountSession) -> JSON {
        [
            "id": JSON(session.id), "kind": .string(session.kind),
            "user_agent": JSON(session.userAgent), "ip": JSON(session.ip),
            "created_at": JSON(session.createdAt), "last_seen_at": JSON(session.lastSeenAt),
            "expires_at": JSON(session.expiresAt), "revoked_at": JSON(session.revokedAt),
        ]
    }

    @Sendable static func grant(_ grant: PlatformGrant) -> JSON {
        [
            "user_id": JSON(grant.user.id), "email": .string(grant.user.email),
            "name": .string(grant.user.name), "role": .string(grant.role.rawValue),
            "granted_by": JSON(grant.grantedBy), "granted_by_name": JSON(grant.grantedByName),
            "granted_at": JSON(grant.grantedAt), "expires_at": JSON(grant.expiresAt),
        ]
    }
}
