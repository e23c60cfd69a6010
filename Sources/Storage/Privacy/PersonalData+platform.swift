extension PersonalData {
    /// What is the same for everybody, and what runs the installation.
    static let platform: [String: [String: Handling]] = [
        "plans": ["id": .harmless(.catalogue), "name": .harmless(.catalogue)],
        "plan_limits": [
            "plan_id": .harmless(.catalogue), "resource": .harmless(.catalogue),
            "period": .harmless(.catalogue),
        ],
        "permissions": ["name": .harmless(.catalogue), "description": .harmless(.catalogue)],
        "roles_system": ["key": .harmless(.catalogue), "name": .harmless(.catalogue)],
        "role_permissions": [
            "role_key": .harmless(.catalogue), "support_mode": .harmless(.catalogue),
        ],
        "ai_providers": [
            "id": .harmless(.catalogue), "kind": .harmless(.catalogue),
            "name": .harmless(.catalogue), "status": .harmless(.catalogue),
        ],
        "ai_models": [
            "id": .harmless(.catalogue), "name": .harmless(.catalogue),
            "provider_id": .harmless(.catalogue), "status": .harmless(.catalogue),
        ],
        "ai_price_versions": [
            "model_id": .harmless(.catalogue), "tiers": .harmless(.catalogue),
        ],
        "signing_keys": [
            "kid": .harmless(.key), "algorithm": .harmless(.enumeration),
            "public_key": .harmless(.key), "private_ref": .harmless(.key),
        ],
        "context_keys": [
            "kid": .harmless(.key), "inner_block": .harmless(.key), "outer_block": .harmless(.key),
        ],
        "walls": [
            "table_name": .harmless(.catalogue), "kind": .harmless(.catalogue),
            "tenant_column": .harmless(.catalogue), "expression": .harmless(.catalogue),
            "write_expression": .harmless(.catalogue),
        ],
        "partitioned": ["table_name": .harmless(.catalogue)],
        "erasures": [
            "table_name": .harmless(.catalogue), "user_column": .harmless(.catalogue),
        ],
        "schema_migrations": [
            "name": .harmless(.catalogue), "checksum": .harmless(.digest),
            "applied_by": .harmless(.machine),
        ],
    ]
}
