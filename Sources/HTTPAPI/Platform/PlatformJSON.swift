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
        ]
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
