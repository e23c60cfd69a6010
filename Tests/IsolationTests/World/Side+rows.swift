import Sealing

extension Side {
    /// Rows of this side in every walled table, as the superuser writes them.
    ///
    /// A new table needs a line here: a test fails for a table without rows of both sides.
    var rows: String {
        """
        INSERT INTO users (id, email, email_norm, display_name, password_hash) VALUES
            ('\(owner)', '\(mail)', '\(mail)', '\(canary) owner', '\(canary)-hash'),
            ('\(staff)', 'staff.\(mail)', 'staff.\(mail)', '\(canary) staff', '\(canary)-hash');
        INSERT INTO platform_roles (user_id, role) VALUES ('\(staff)', 'support');
        INSERT INTO sessions (id, user_id, kind, token_hash, tenant_id, user_agent, expires_at)
        VALUES ('\(session)', '\(owner)', 'api', sha256('\(token)'), '\(tenant)',
            '\(canary) browser', now() + interval '1 day');
        INSERT INTO refresh_tokens (token_hash, family_id, session_id, rotated_at, successor_hash,
            successor, expires_at)
        VALUES (sha256('refresh \(canary)'), '\(session)', '\(session)', now(),
            sha256('next \(canary)'), '\(canary)', now() + interval '1 day');
        INSERT INTO installed_keys (kind, kid) VALUES ('sealing', '\(canary)');
        INSERT INTO resealings (id, kid) VALUES ('\(session)', '\(canary)');
        INSERT INTO tenants (id, name, plan_id, settings)
        VALUES ('\(tenant)', '\(canary) tenant', 'pro', '{"note": "\(canary)"}');
        INSERT INTO tenant_directory (slug, tenant_id, name, plan_id)
        VALUES ('\(slug)', '\(tenant)', '\(canary) tenant', 'pro');
        INSERT INTO tenant_slug_history (slug, tenant_id) VALUES ('old-\(slug)', '\(tenant)');
        INSERT INTO tenant_stats (tenant_id, plan_id, members) VALUES ('\(tenant)', 'pro', 1);
        INSERT INTO tenant_counters (tenant_id, owner_count, member_count)
        VALUES ('\(tenant)', 1, 1);
        INSERT INTO tenant_quotas (tenant_id, resource, hard) VALUES ('\(tenant)', 'users', 50);
        INSERT INTO memberships (tenant_id, user_id, role_key)
        VALUES ('\(tenant)', '\(owner)', 'owner');
        INSERT INTO user_tenants (user_id, tenant_id) VALUES ('\(owner)', '\(tenant)');
        INSERT INTO support_sessions (id, staff_user_id, tenant_id, reason, mode, expires_at)
        VALUES ('\(supportSession)', '\(staff)', '\(tenant)', '\(canary) reason', 'ro',
            clock_timestamp() + interval '30 minutes');
        INSERT INTO support_consents (tenant_id, id, token_hash, note, personal_data, granted_by,
            expires_at)
        VALUES ('\(tenant)', '\(supportSession)', sha256('\(token)-consent'), '\(canary) note',
            false, '\(owner)', now() + interval '1 day');
        INSERT INTO idempotency_keys (tenant_id, principal, key, route, fingerprint, state,
            response, expires_at)
        VALUES ('\(tenant)', '\(owner)', '\(canary)-key', 'r', '\\x00', 'done',
            '{"note": "\(canary)"}', now() + interval '1 day');
        INSERT INTO api_keys (tenant_id, id, name, secret_hash, scopes, created_by)
        VALUES ('\(tenant)', '\(key)', '\(canary) key', sha256('\(token)'), '{36}', '\(owner)');
        INSERT INTO mail_outbox (id, tenant_id, template, language, recipient, payload)
        VALUES ('\(mailing)', '\(tenant)', 'invitation', 'en', '\(mail)', '\(canary)');
        \(signIn)
        \(privacy)
        \(work)
        \(people)
        \(administration)
        \(trails)
        """
    }

    private var signIn: String {
        """
        INSERT INTO one_time_tokens (token_hash, kind, user_id, expires_at)
        VALUES (sha256('\(token)'), 'reset', '\(owner)', now() + interval '1 hour');
        INSERT INTO auth_throttle (key, failures) VALUES ('account:\(canary)', 1);
        INSERT INTO auth_attempts (month, minute, email_hash, ip_prefix, count, last_reason)
        VALUES (date_trunc('month', now())::date, now(), sha256('\(mail)'), '\(canary)', 1,
            'wrong_password');
        INSERT INTO known_devices (user_id, device_hash)
        VALUES ('\(owner)', sha256('\(token)'));
        INSERT INTO identities (provider, subject, issuer, user_id, claims)
        VALUES ('acme', '\(canary)', 'https://idp.example.org', '\(owner)',
            '{"email": "\(mail)"}');
        INSERT INTO second_factors (user_id, secret) VALUES ('\(owner)', '\(canary)');
        INSERT INTO recovery_codes (user_id, code_hash)
        VALUES ('\(owner)', sha256('\(token)'));
        """
    }

    private var privacy: String {
        """
        INSERT INTO data_subject_requests (id, tenant_id, kind, subject_id, requested_by, status)
        VALUES ('\(dataRequest)', '\(tenant)', 'export', '\(owner)', '\(owner)', 'queued');
        INSERT INTO legal_holds (tenant_id, id, subject_id, reason, created_by)
        VALUES ('\(tenant)', '\(hold)', '\(owner)', '\(canary) case', '\(owner)');
        """
    }

    private var work: String {
        """
        INSERT INTO artifacts (tenant_id, id, name, description, tags, metadata, created_by,
            updated_by)
        VALUES ('\(tenant)', '\(artifact)', '\(canary) artifact', 'shared word \(canary)',
            '{\(canary)}', '{"note": "\(canary)"}', '\(owner)', '\(owner)');
        INSERT INTO artifact_tags (tenant_id, tag, created_at, artifact_id)
        VALUES ('\(tenant)', '\(canary)', now(), '\(artifact)');
        INSERT INTO artifact_revisions (tenant_id, artifact_id, version, month, actor_id, action,
            changes, created_at)
        VALUES ('\(tenant)', '\(artifact)', 1, date_trunc('month', now())::date, '\(owner)',
            'created', '{"note": "\(canary)"}', now());
        INSERT INTO ai_budgets (tenant_id, id, scope_kind, metric, period, hard)
        VALUES ('\(tenant)', '\(budget)', 'tenant', 'tokens', 'month', 1000);
        INSERT INTO ai_budget_periods (tenant_id, budget_id, period_start, hard_snapshot)
        VALUES ('\(tenant)', '\(budget)', date_trunc('month', now()), 1000);
        INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model, purpose,
            channel, created_at)
        VALUES ('\(tenant)', '\(request)', 1, date_trunc('month', now())::date, 'usage',
            'offline/search', '\(canary)', 'api', now());
        INSERT INTO ai_requests (tenant_id, id, principal, user_id, channel, purpose,
            idempotency_key, fingerprint, state, targets, model, input_tokens, asked_output,
            output_cap, held_output, slice, node_id, reserved_at, expires_at)
        VALUES ('\(tenant)', '\(request)', 'user:\(owner)', '\(owner)', 'api', '\(canary)',
            '\(canary)', '\\x00', 'in_flight', '{offline/search}', 'offline/search', 1, 1, 1, 1,
            0, gen_random_uuid(), now(), now() + interval '1 hour');
        INSERT INTO ai_holds (tenant_id, request_id, budget_id, period_start, amount)
        VALUES ('\(tenant)', '\(request)', '\(budget)', date_trunc('month', now()), 1);
        INSERT INTO ai_attempts (tenant_id, request_id, n, provider, model)
        VALUES ('\(tenant)', '\(request)', 1, 'offline', 'offline/search');
        INSERT INTO ai_replies (tenant_id, request_id, user_id, status, body)
        VALUES ('\(tenant)', '\(request)', '\(owner)', 200, convert_to('\(canary)', 'UTF8'));
        INSERT INTO ai_alerts (tenant_id, budget_id, period_start, threshold, used, hard)
        VALUES ('\(tenant)', '\(budget)', date_trunc('month', now()), 80, 1, 1);
        INSERT INTO ai_usage_hourly (tenant_id, hour, model, purpose, channel, requests, rejected,
            tokens_in, tokens_out, tenant_charge_nano, platform_cost_nano, saved_nano)
        VALUES ('\(tenant)', date_trunc('hour', now()), 'offline/search', '\(canary)', 'api', 1,
            0, 0, 0, 0, 0, 0);
        INSERT INTO ai_conversations (tenant_id, id, user_id, title, message_count, expires_at)
        VALUES ('\(tenant)', '\(conversation)', '\(owner)', '\(canary)', 1,
            now() + interval '1 day');
        INSERT INTO ai_messages (tenant_id, conversation_id, seq, role, content, request_id)
        VALUES ('\(tenant)', '\(conversation)', 1, 'user', '\(canary)', '\(request)');
        INSERT INTO ai_response_cache (tenant_id, cache_key, user_id, model, reply, saved_nano,
            expires_at)
        VALUES ('\(tenant)', sha256('\(token)'), '\(owner)', 'offline/search',
            '{"text": "\(canary)"}', 0, now() + interval '1 day');
        """
    }

    private var administration: String {
        """
        INSERT INTO ai_price_proposals (id, model_id, input_pico, output_pico, cached_pico,
            cache_write_pico, reasoning_pico, per_request_nano, proposed_by)
        VALUES ('\(budget)', 'offline/search', 1, 1, 1, 1, 1, 1, '\(staff)');
        INSERT INTO ai_routes (tenant_id, name, targets)
        VALUES ('\(tenant)', '\(canary)', '{offline/search}');
        INSERT INTO ai_prompts (tenant_id, id, name, latest, created_by)
        VALUES ('\(tenant)', '\(budget)', '\(canary) prompt', 1, '\(owner)');
        INSERT INTO ai_prompt_versions (tenant_id, prompt_id, version, system_template,
            user_template, variables, created_by)
        VALUES ('\(tenant)', '\(budget)', 1, '', '\(canary)', '{}', '\(owner)');
        INSERT INTO ai_prompt_labels (tenant_id, prompt_id, label, version, updated_by)
        VALUES ('\(tenant)', '\(budget)', '\(canary)', 1, '\(owner)');
        """
    }

    private var people: String {
        """
        INSERT INTO roles (tenant_id, id, name, rank, permissions, own)
        VALUES ('\(tenant)', '\(role)', '\(canary) role', 30,
            set_bit(decode(repeat('00', 16), 'hex'), 9, 1), decode(repeat('00', 16), 'hex'));
        INSERT INTO member_grants (tenant_id, user_id, resource_kind, resource_id, permissions,
            granted_by)
        VALUES ('\(tenant)', '\(owner)', 'artifact', '\(artifact)',
            set_bit(decode(repeat('00', 16), 'hex'), 36, 1), '\(owner)');
        INSERT INTO invitations (tenant_id, id, email, email_norm, role_id, role_name, token_hash,
            invited_by, expires_at)
        VALUES ('\(tenant)', '\(invitation)', '\(canary)@x.test', '\(canary)@x.test', '\(role)',
            '\(canary) role', sha256('\(token)'), '\(owner)', now() + interval '1 day');
        """
    }

    private var trails: String {
        """
        SELECT set_config('app.context', '\(context())', true);
        SELECT app.open_ledger();
        SELECT app.record('\(artifact)', '\(session)', 'artifact.created', 'create', 'artifact',
            '\(artifact)', 'success', 'r', '{"note": "\(canary)"}', 'artifact.created',
            '{"note": "\(canary)"}', 'members');
        SELECT set_config('app.context', '\(context(.platform))', true);
        SELECT app.record_platform('\(tenant)', '\(session)', 'auth.login', 'other', 'session',
            '\(session)', 'success', 'r', '{"note": "\(canary)"}');
        SELECT set_config('app.context', '', true);
        """
    }
}
