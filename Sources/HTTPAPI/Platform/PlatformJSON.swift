import Domain

/// How things that only operators see are written.
enum PlatformJSON {
    static func overview(_ overview: PlatformOverview) -> JSON {
        [
            "active_tenants": .integer(Int64(overview.activeTenants)),
            "suspended_tenants": .integer(Int64(overview.suspendedTenants)),
            "members": .integer(overview.members),
            "artifacts": .integer(overview.artifacts),
            "ai_today": spend(overview.today),
            "ai_yesterday": spend(overview.yesterday),
            "refreshed_at": JSON(overview.refreshedAt),
            "health": overview.health.map(health) ?? .null,
            "queue": queue(overview),
        ]
    }

    private static func queue(_ overview: PlatformOverview) -> JSON {
        [
            "mails_waiting": JSON(overview.mails?.waiting),
            "mails_failed": JSON(overview.mails?.failed),
            "copies_waiting": JSON(overview.copies?.waiting),
            "copies_failed": JSON(overview.copies?.failed),
        ]
    }

    private static func health(_ health: PlatformHealth) -> JSON {
        let pool = health.pool
        return [
            "processes": .integer(Int64(health.present.count)),
            "requests": .integer(health.requests),
            "errors": .integer(health.errors),
            "p50_us": JSON(health.median.map(microseconds)),
            "p99_us": JSON(health.slowest.map(microseconds)),
            "pool": [
                "size": .integer(pool.size), "in_use": .integer(pool.inUse),
                "waiting": .integer(pool.waiting), "timeouts": .integer(pool.timeouts),
            ],
            "measured_at": JSON(health.measuredAt),
            "alerts": .array(health.alerts.map { .string($0) }),
        ]
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        Int64(duration / .microseconds(1))
    }

    private static func spend(_ spend: AISpend) -> JSON {
        ["tokens": .integer(spend.tokens), "cost_usd": JSON(nanoUSD: spend.costNano)]
    }

    @Sendable static func supportSession(_ session: SupportSession) -> JSON {
        [
            "id": JSON(session.id),
            "staff_id": JSON(session.staff),
            "staff_name": .string(session.staffName),
            "tenant_id": JSON(session.tenant),
            "tenant_slug": .string(session.tenantSlug),
            "reason": .string(session.reason),
            "ticket": JSON(session.ticket),
            "mode": .string(session.mode.rawValue),
            "consent_id": JSON(session.consent),
            "personal_data": .bool(session.allowsPersonalData),
            "started_at": JSON(session.startedAt),
            "expires_at": JSON(session.expiresAt),
            "ended_at": JSON(session.endedAt),
        ]
    }
}
