import Domain

extension DomainError {
    /// Constraints that no input can violate, each with the reason.
    ///
    /// One that breaks all the same is a mistake of ours and shows as internal.
    static let guardedConstraints: [String: String] = Dictionary(
        guarded.flatMap { reason, names in names.map { ($0, reason) } },
        uniquingKeysWith: { first, _ in first }
    )

    private static let guarded: [String: [String]] = [
        "the key is a hash of a random secret, made by us": ["refresh_tokens_pkey"],
        "the session is made before its tokens, in the same transaction": [
            "refresh_tokens_session_id_fkey"
        ],
        "written by sign-in and app.rotate_refresh_token only": [
            "refresh_tokens_hash_size", "refresh_tokens_rotation", "sessions_ends_at",
            "sessions_idle_seconds", "sessions_sliding",
        ],
        "written by the register of keys only": [
            "installed_keys_kind", "installed_keys_order", "installed_keys_pkey",
            "resealings_done",
        ],
        "the key is a time-ordered random id, made by us": [
            "ai_budgets_pkey", "api_keys_pkey", "artifacts_pkey", "mail_outbox_pkey",
            "node_figures_pkey", "resealings_pkey", "sessions_pkey", "support_consents_pkey",
            "support_sessions_pkey", "tenants_pkey", "users_pkey",
        ],
        "the key is a time-ordered random id, made by us for a role or an invitation": [
            "invitations_pkey", "roles_pkey",
        ],
        "the secret behind the digest is random": ["invitations_token_hash_key"],
        "made from checked values, all columns at once": [
            "invitations_accepted", "invitations_one_role", "invitations_settled",
            "memberships_one_role", "roles_permissions_reserved", "roles_permissions_size",
            "member_grants_permissions_size",
        ],
        "the row is made once, with its tenant, under an id of its own": [
            "tenant_counters_pkey", "tenant_directory_tenant_id_key",
            "tenant_heads_pkey",
        ],
        "inserted with ON CONFLICT only": [
            "idempotency_keys_pkey", "member_grants_pkey", "platform_roles_pkey",
            "rate_limits_pkey", "tenant_quotas_pkey",
            "tenant_stats_pkey", "user_tenants_pkey", "users_email_norm_key",
        ],
        "identities and second factors are checked, cut or made before they are written": [
            "identities_claims_size", "identities_pkey", "identities_provider_format",
            "identities_subject_length", "identities_user_id_fkey",
            "identities_user_id_provider_key", "recovery_codes_hash_size",
            "recovery_codes_pkey", "recovery_codes_user_id_fkey", "second_factors_failures",
            "second_factors_pkey", "second_factors_user_id_fkey",
        ],
        "the sequence is counted under a lock": [
            "artifact_revisions_pkey", "audit_events_pkey", "platform_audit_events_pkey",
            "tenant_events_pkey",
        ],
        "tags are made unique before they are written": ["artifact_tags_pkey"],
        "written by migrations and key rotation only": [
            "platform_chain_head_pkey", "platform_chain_head_single", "signing_keys_algorithm",
            "platform_counters_pkey", "platform_counters_single",
            "signing_keys_pkey",
        ],
        "nothing renames a tenant's slug": ["tenant_slug_history_pkey"],
        "written by the functions of the AI ledger and its alerts, from checked amounts": [
            "ai_alerts_budget_id_fkey", "ai_alerts_pkey", "ai_alerts_threshold",
            "ai_attempts_billable", "ai_attempts_cost", "ai_attempts_n", "ai_attempts_outcome",
            "ai_attempts_pkey", "ai_attempts_request_id_fkey",
            "ai_budget_periods_budget_id_fkey", "ai_budget_periods_held_nonnegative",
            "ai_budget_periods_overage_nonnegative", "ai_budget_periods_pkey",
            "ai_budget_periods_used_nonnegative", "ai_holds_amounts", "ai_holds_budget_id_fkey",
            "ai_holds_pkey", "ai_holds_request_id_fkey", "ai_nodes_pkey", "ai_replies_pkey",
            "ai_replies_request_id_fkey", "ai_replies_status", "ai_requests_amounts",
            "ai_requests_channel", "ai_requests_ended",
            "ai_requests_key", "ai_requests_overhead", "ai_requests_pkey", "ai_requests_state",
            "ai_requests_tokens",
            "ai_usage_hourly_pkey", "ai_usage_log_channel", "ai_usage_log_kind",
            "ai_usage_log_pkey",
        ],
        "the referenced row was made or found in the same transaction, and is never deleted": [
            "api_keys_created_by_fkey", "api_keys_tenant_id_fkey",
            "ai_budgets_tenant_id_fkey", "artifact_revisions_artifact_id_fkey",
            "artifact_tags_artifact_id_fkey", "artifacts_created_by_fkey",
            "artifacts_tenant_id_fkey", "artifacts_updated_by_fkey",
            "memberships_role_key_fkey", "memberships_tenant_id_fkey",
            "memberships_user_id_fkey", "platform_roles_granted_by_fkey",
            "platform_roles_user_id_fkey", "sessions_user_id_fkey",
            "invitations_accepted_by_fkey", "invitations_invited_by_fkey",
            "invitations_role_key_fkey", "invitations_tenant_id_fkey",
            "member_grants_user_id_fkey", "roles_tenant_id_fkey",
            "support_sessions_staff_user_id_fkey", "tenant_counters_tenant_id_fkey",
            "tenant_directory_plan_id_fkey", "tenant_heads_tenant_id_fkey",
            "tenant_quotas_tenant_id_fkey", "tenants_plan_id_fkey",
            "user_tenants_user_id_fkey",
            "support_consents_granted_by_fkey", "support_consents_revoked_by_fkey",
            "support_consents_tenant_id_fkey",
        ],
        "the column is written from an enumeration, or never": [
            "api_keys_status",
            "ai_budgets_metric", "ai_budgets_on_hard", "ai_budgets_on_soft",
            "ai_budgets_on_lost",
            "ai_budgets_period", "ai_budgets_scope_kind", "artifact_revisions_action",
            "artifacts_status", "audit_events_actor_kind", "audit_events_op",
            "audit_events_outcome", "idempotency_keys_state", "mail_outbox_language",
            "mail_outbox_status", "memberships_role_key_kind",
            "memberships_status", "platform_audit_events_tenant", "platform_roles_role",
            "sessions_kind", "support_sessions_mode", "tenant_directory_status",
            "invitations_language", "invitations_status", "member_grants_kind",
            "tenant_events_visibility", "tenant_quotas_resource", "tenants_closed_by",
            "tenants_purge",
            "tenants_status",
            "users_status",
        ],
        "made by us of what a call to a model was asked and answered": [
            "ai_conversations_message_count", "ai_conversations_owner", "ai_conversations_pkey",
            "ai_conversations_tenant_id_fkey", "ai_conversations_title_length",
            "ai_conversations_user_id_fkey", "ai_messages_conversation_id_fkey",
            "ai_messages_pkey", "ai_messages_role", "ai_messages_seq",
            "ai_response_cache_key_size", "ai_response_cache_pkey", "ai_response_cache_saved",
            "ai_response_cache_tenant_id_fkey", "ai_response_cache_user_id_fkey",
        ],
        "follows the tenant's limits, which are checked": ["ai_budgets_amounts"],
        "budgets, routes, prompts and prices are checked before they are written": [
            "ai_budgets_thresholds", "ai_price_proposals_amounts", "ai_price_proposals_decided",
            "ai_price_proposals_four_eyes", "ai_price_proposals_status", "ai_price_proposals_tiers",
            "ai_prompt_labels_label_format", "ai_prompt_versions_size",
            "ai_prompt_versions_variables", "ai_prompt_versions_version",
            "ai_prompts_description_length", "ai_prompts_latest", "ai_prompts_name_length",
            "ai_routes_attempts", "ai_routes_cache", "ai_routes_channels",
            "ai_routes_default_max_tokens", "ai_routes_name_format", "ai_routes_on_disconnect",
            "ai_routes_targets_count",
        ],
        "routes and prompts are written under a lock or with ON CONFLICT, by members": [
            "ai_price_proposals_decided_by_fkey", "ai_price_proposals_model_id_fkey",
            "ai_price_proposals_pkey", "ai_price_proposals_proposed_by_fkey",
            "ai_prompt_labels_pkey", "ai_prompt_labels_updated_by_fkey",
            "ai_prompt_labels_version_fkey", "ai_prompt_versions_created_by_fkey",
            "ai_prompt_versions_pkey", "ai_prompt_versions_prompt_id_fkey",
            "ai_prompts_created_by_fkey", "ai_prompts_pkey", "ai_prompts_tenant_id_fkey",
            "ai_routes_pkey", "ai_routes_tenant_id_fkey",
        ],
        "alerts of the platform are marked with ON CONFLICT, from an enumeration, by operators": [
            "platform_alert_marks_kind", "platform_alert_marks_marked_by_fkey",
            "platform_alert_marks_pkey", "platform_alert_marks_subject_length",
        ],
        "the text is cut before it is written": [
            "audit_events_changes_size", "mail_outbox_last_error_length",
            "tenant_events_data_size",
        ],
        "the length is that of a digest": [
            "api_keys_previous_hash_size", "api_keys_secret_hash_size", "audit_events_hash_size",
            "invitations_token_hash_size", "sessions_token_hash_size",
            "tenant_heads_audit_hash_size",
            "support_consents_token_hash_size",
        ],
        "an owner is a member, and owners never run out": ["tenant_counters_member_count"],
        "the numbers only grow": [
            "invitations_sends", "mail_outbox_attempts", "tenant_heads_seqs",
        ],
        "written by the definers and workers of privacy, about people who were found": [
            "data_subject_requests_approved_by_fkey", "data_subject_requests_attempts",
            "data_subject_requests_file", "data_subject_requests_kind",
            "data_subject_requests_last_error_length",
            "data_subject_requests_pkey", "data_subject_requests_requested_by_fkey",
            "data_subject_requests_status", "data_subject_requests_steps",
            "data_subject_requests_subject_id_fkey", "held_names_pkey",
            "held_names_tenant_id_fkey", "held_names_user_id_fkey", "legal_holds_created_by_fkey",
            "legal_holds_pkey", "legal_holds_released", "legal_holds_released_by_fkey",
            "legal_holds_subject_id_fkey", "legal_holds_tenant_id_fkey",
        ],
        "a mail address is checked before it is queued": ["mail_outbox_recipient_length"],
        "what was sent is forgotten in the statement that says so": ["mail_outbox_payload"],
        "the key is the hash of 32 random bytes": ["one_time_tokens_pkey"],
        "written with ON CONFLICT, about people who were found just before": [
            "auth_attempts_pkey", "auth_throttle_pkey", "known_devices_pkey",
            "known_devices_user_id_fkey", "one_time_tokens_user_id_fkey",
        ],
        "written from an enumeration, a counter or a digest": [
            "auth_attempts_count", "auth_attempts_reason", "auth_throttle_failures",
            "known_devices_hash_size", "one_time_tokens_hash_size", "one_time_tokens_kind",
        ],
    ]
}
