import Domain

extension DomainError {
    /// Constraints that a caller's input can violate, by name.
    ///
    /// A test lists `pg_constraint` and fails for one that is neither here nor in
    /// `guardedConstraints`.
    static let constraints: [String: DomainError] = [
        "tenant_directory_pkey": DomainError(
            .conflict,
            .slugTaken,
            "The slug is taken.",
            hint: "Choose another one."
        ),
        "tenant_directory_slug_format": .invalid(
            "slug",
            "must be 3 to 63 lower-case letters, digits and single hyphens"
        ),
        "tenants_name_length": .invalid("name", "must have 1 to 100 characters"),
        "tenant_counters_last_owner": DomainError(
            .conflict,
            .lastOwner,
            "The workspace would be left without an owner.",
            hint: "Make somebody else an owner first."
        ),
        "platform_counters_last_super_admin": DomainError(
            .conflict,
            .lastSuperAdmin,
            "The platform would be left without a super-admin.",
            hint: "Make somebody else a super-admin without an end first."
        ),
        "support_consents_note_length": .invalid("note", "must have 1 to 200 characters"),
        "support_consents_life": .invalid("hours", "must be 1 to 168"),
        "memberships_pkey": DomainError(
            .conflict,
            .alreadyMember,
            "The person is already a member."
        ),
        "memberships_role_id_fkey": .roleInUse,
        "invitations_role_id_fkey": .roleInUse,
        "roles_name_key": DomainError(
            .conflict,
            .roleNameTaken,
            "Another role of this workspace has the name."
        ),
        "roles_name_length": .invalid("name", "must have 1 to 50 characters and no colon"),
        "roles_rank": .invalid("rank", "must be 1 to 79"),
        "invitations_email_length": .invalid("email", "must have 3 to 254 characters"),
        "artifacts_name_length": .invalid("name", "must have 1 to 255 characters"),
        "artifacts_description_size": .invalid("description", "must have at most 65536 bytes"),
        "artifacts_metadata_size": .invalid("metadata", "must have at most 65536 bytes"),
        "artifacts_metadata_object": .invalid("metadata", "must be a JSON object"),
        "artifacts_tags_count": .invalid("tags", "must be at most 20"),
        "artifact_tags_tag_length": .invalid("tags", "must have 1 to 50 characters each"),
        "support_sessions_reason_length": .invalid("reason", "must have 3 to 500 characters"),
        "support_sessions_ticket_length": .invalid("ticket", "must have 1 to 100 characters"),
        "support_sessions_life": .invalid("minutes", "must be 1 to 60"),
        "api_keys_name_length": .invalid("name", "must have 1 to 100 characters"),
        "api_keys_rate": .invalid("rate_per_minute", "must be 1 to 1000000"),
        "api_keys_scopes_count": .invalid("scopes", "must name 1 to 100 permissions"),
        "users_email_length": .invalid("email", "must have 3 to 254 characters"),
        "users_display_name_length": .invalid("display_name", "must have 1 to 200 characters"),
        "users_time_zone_length": TimeZoneName.unknown,
        "tenant_quotas_amounts": .invalid(
            "quota",
            "must not be negative, and soft must not exceed hard"
        ),
        "legal_holds_reason_length": .invalid("reason", "must have 3 to 500 characters"),
        "ai_budgets_scope_key": DomainError(
            .conflict,
            .budgetExists,
            "There is a budget for this scope, metric and period."
        ),
        "ai_prompts_name_key": DomainError(
            .conflict,
            .nameTaken,
            "Another prompt of this workspace has the name."
        ),
        "idempotency_keys_key_length": .invalid(
            "Idempotency-Key",
            "must have 1 to 255 characters"
        ),
    ]
}

extension DomainError {
    /// A role that somebody holds, or that an invitation offers, cannot go.
    private static let roleInUse = DomainError(
        .conflict,
        .roleInUse,
        "Members or pending invitations have the role.",
        hint: "Give them another role, or revoke the invitations, first."
    )
}
