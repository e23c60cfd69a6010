extension PersonalData {
    /// What workspaces are and have, and what was recorded of it.
    static let work: [String: [String: Handling]] = [
        "tenants": [
            "name": .harmless(.workspace), "region": .harmless(.workspace),
            "placement": .harmless(.workspace), "plan_id": .harmless(.catalogue),
            "settings": .harmless(.workspace), "retention": .harmless(.workspace),
            "status": .harmless(.enumeration),
        ],
        "tenant_directory": [
            "slug": .harmless(.workspace), "name": .harmless(.workspace),
            "name_norm": .harmless(.workspace), "placement": .harmless(.workspace),
            "plan_id": .harmless(.catalogue), "status": .harmless(.enumeration),
        ],
        "tenant_slug_history": ["slug": .harmless(.workspace)],
        "tenant_stats": ["plan_id": .harmless(.catalogue)],
        "tenant_quotas": ["resource": .harmless(.enumeration)],
        "tenant_heads": ["audit_hash": .harmless(.digest)],
        "artifacts": [
            "name": .personal(.writing, .staysWithWorkspace),
            "name_norm": .personal(.writing, .staysWithWorkspace),
            "description": .personal(.writing, .staysWithWorkspace),
            "metadata": .personal(.writing, .staysWithWorkspace),
            "tags": .personal(.writing, .staysWithWorkspace), "status": .harmless(.enumeration),
        ],
        "artifact_tags": ["tag": .personal(.writing, .staysWithWorkspace)],
        "artifact_revisions": [
            "changes": .personal(.writing, .staysWithWorkspace),
            "action": .harmless(.enumeration),
        ],
        "ai_budgets": [
            "scope_id": .personal(.pseudonym, .namesNobody), "metric": .harmless(.enumeration),
            "on_hard": .harmless(.enumeration), "on_soft": .harmless(.enumeration),
            "period": .harmless(.enumeration), "scope_kind": .harmless(.enumeration),
        ],
        "ai_usage_log": [
            "channel": .harmless(.enumeration), "kind": .harmless(.enumeration),
            "model": .harmless(.catalogue), "purpose": .harmless(.workspace),
        ],
        "tenant_events": [
            "data": .personal(.pseudonym, .namesNobody), "actor_kind": .harmless(.enumeration),
            "event": .harmless(.machine), "visibility": .harmless(.enumeration),
        ],
        "audit_events": audit, "platform_audit_events": audit,
        "platform_chain_head": ["audit_hash": .harmless(.digest)],
    ]

    /// Trails hold ids, never a mail address: what is hashed into a chain cannot be taken out.
    private static let audit: [String: Handling] = [
        "changes": .personal(.pseudonym, .namesNobody),
        "resource_id": .personal(.pseudonym, .namesNobody),
        "action": .harmless(.machine), "actor_kind": .harmless(.enumeration),
        "op": .harmless(.enumeration), "outcome": .harmless(.enumeration),
        "request_id": .harmless(.machine), "resource_type": .harmless(.machine),
        "hash": .harmless(.digest), "payload_hash": .harmless(.digest),
        "prev_hash": .harmless(.digest), "pii_commit": .harmless(.digest),
    ]
}
