package import Domain
import FoundationEssentials
import Postgres

/// One file of an export: what it is called, where its rows are, how to read them page by page.
package struct ExportPart: Sendable {
    package let name: String
    /// The tenant whose walls the rows are behind; nil for what belongs to no tenant.
    package let tenant: TenantID?
    fileprivate let statement: @Sendable (_ after: String?) -> SQL
}

/// One row as a line of JSON, and where the next page begins.
package struct ExportLine: Sendable {
    package let key: String
    package let json: String
}

/// What an export holds.
///
/// A person's own copy leaves a workspace's documents out: a former member would otherwise get
/// what the workspace took away.
package enum ExportStore {
    package static let pageSize = 500

    package static func page(
        _ part: ExportPart,
        after key: String?,
        in scope: Scope
    ) throws -> [ExportLine] {
        try scope.query(part.statement(key)).map { row in
            ExportLine(key: try row.decode("key"), json: try row.decode("line"))
        }
    }

    /// Everything about a person that the platform has.
    package static func personal(_ subject: UserID, tenants: [SubjectTenant]) -> [ExportPart] {
        let own: [(String, @Sendable (String?) -> SQL)] = [
            ("profile", { profile(subject, after: $0) }),
            ("identities", { identities(subject, after: $0) }),
            ("sessions", { sessions(subject, after: $0) }),
            ("devices", { devices(subject, after: $0) }),
            ("workspaces", { workspaces(subject, after: $0) }),
            ("platform-roles", { platformRoles(subject, after: $0) }),
            ("mails", { mails(subject, after: $0) }),
            ("requests", { requests(subject, after: $0) }),
        ]
        return own.map { ExportPart(name: $0.0, tenant: nil, statement: $0.1) }
            + tenants.flatMap { place in
                [
                    ExportPart(name: "activity-\(place.tenant)", tenant: place.tenant) {
                        activity(subject, in: place.tenant, after: $0)
                    },
                    ExportPart(name: "api-keys-\(place.tenant)", tenant: place.tenant) {
                        apiKeys(subject, in: place.tenant, after: $0)
                    },
                ]
            }
    }

    /// What one tenant has about a person, and what the person made there.
    package static func workspace(_ subject: UserID, tenant: TenantID) -> [ExportPart] {
        let parts: [(String, @Sendable (String?) -> SQL)] = [
            ("member", { member(subject, in: tenant, after: $0) }),
            ("artifacts", { artifacts(subject, in: tenant, after: $0) }),
            ("revisions", { revisions(subject, in: tenant, after: $0) }),
            ("conversations", { conversations(subject, in: tenant, after: $0) }),
            ("activity", { activity(subject, in: tenant, after: $0) }),
            ("api-keys", { apiKeys(subject, in: tenant, after: $0) }),
        ]
        return parts.map { ExportPart(name: $0.0, tenant: tenant, statement: $0.1) }
    }
}

extension ExportStore {
    private static func profile(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT u.id::text AS key, jsonb_build_object('id', u.id, 'email', u.email,
            'name', u.display_name, 'email_verified_at', u.email_verified_at,
            'status', u.status, 'language', u.locale,
            'time_zone', u.time_zone, 'created_at', u.created_at)::text AS line
        FROM users AS u
        WHERE u.id = \(subject) AND (\(key)::uuid IS NULL OR u.id > \(key)::uuid)
        """
    }

    /// Who the person is for other issuers, and what those said last.
    private static func identities(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT i.provider AS key, jsonb_build_object('provider', i.provider,
            'issuer', i.issuer, 'subject', i.subject, 'claims', i.claims,
            'linked_at', i.linked_at, 'last_used_at', i.last_used_at)::text AS line
        FROM identities AS i
        WHERE i.user_id = \(subject) AND (\(key)::text IS NULL OR i.provider > \(key))
        ORDER BY i.provider
        LIMIT \(Int64(pageSize))
        """
    }

    /// The API keys that the person made; never what opens them.
    private static func apiKeys(_ subject: UserID, in tenant: TenantID, after key: String?) -> SQL {
        """
        SELECT k.id::text AS key, jsonb_build_object('workspace', k.tenant_id, 'id', k.id,
            'name', k.name, 'scopes', (SELECT jsonb_agg(p.name ORDER BY p.id)
                FROM permissions AS p WHERE p.id = ANY (k.scopes)),
            'status', k.status, 'rate_per_minute', k.rate_per_minute,
            'created_at', k.created_at, 'expires_at', k.expires_at,
            'last_used_at', k.last_used_at)::text AS line
        FROM api_keys AS k
        WHERE k.tenant_id = \(tenant) AND k.created_by = \(subject)
          AND (\(key)::uuid IS NULL OR k.id > \(key)::uuid)
        ORDER BY k.id
        LIMIT \(Int64(pageSize))
        """
    }

    private static func sessions(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT s.id::text AS key, jsonb_build_object('id', s.id, 'kind', s.kind,
            'ip', host(s.ip), 'user_agent', s.user_agent, 'created_at', s.created_at,
            'last_seen_at', s.last_seen_at, 'expires_at', s.expires_at,
            'revoked_at', s.revoked_at)::text AS line
        FROM sessions AS s
        WHERE s.user_id = \(subject) AND (\(key)::uuid IS NULL OR s.id > \(key)::uuid)
        ORDER BY s.id
        LIMIT \(Int64(pageSize))
        """
    }

    private static func devices(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT encode(d.device_hash, 'hex') AS key, jsonb_build_object(
            'created_at', d.created_at, 'last_used_at', d.last_used_at)::text AS line
        FROM known_devices AS d
        WHERE d.user_id = \(subject)
          AND (\(key)::text IS NULL OR d.device_hash > decode(\(key), 'hex'))
        ORDER BY d.device_hash
        LIMIT \(Int64(pageSize))
        """
    }

    private static func workspaces(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT t.tenant_id::text AS key, jsonb_build_object('id', t.tenant_id, 'slug', t.slug,
            'name', t.name, 'role', t.role_key, 'status', t.status,
            'joined_at', t.joined_at)::text AS line
        FROM app.subject_tenants(\(subject)) AS t
        WHERE \(key)::uuid IS NULL OR t.tenant_id > \(key)::uuid
        ORDER BY t.tenant_id
        LIMIT \(Int64(pageSize))
        """
    }

    private static func platformRoles(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT p.role AS key, jsonb_build_object('role', p.role, 'granted_at', p.granted_at,
            'expires_at', p.expires_at)::text AS line
        FROM platform_roles AS p
        WHERE p.user_id = \(subject) AND (\(key)::text IS NULL OR p.role > \(key))
        ORDER BY p.role
        LIMIT \(Int64(pageSize))
        """
    }

    private static func mails(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT m.id::text AS key, jsonb_build_object('id', m.id, 'template', m.template,
            'language', m.language, 'recipient', m.recipient, 'status', m.status,
            'created_at', m.created_at, 'sent_at', m.sent_at)::text AS line
        FROM mail_outbox AS m
        JOIN users AS u ON u.email_norm = lower(m.recipient)
        WHERE u.id = \(subject) AND (\(key)::uuid IS NULL OR m.id > \(key)::uuid)
        ORDER BY m.id
        LIMIT \(Int64(pageSize))
        """
    }

    private static func requests(_ subject: UserID, after key: String?) -> SQL {
        """
        SELECT r.id::text AS key, jsonb_build_object('id', r.id, 'kind', r.kind,
            'workspace', r.tenant_id, 'status', r.status, 'created_at', r.created_at,
            'finished_at', r.finished_at)::text AS line
        FROM data_subject_requests AS r
        WHERE r.subject_id = \(subject) AND (\(key)::uuid IS NULL OR r.id > \(key)::uuid)
        ORDER BY r.id
        LIMIT \(Int64(pageSize))
        """
    }

    /// What a person did, not what it did to whom: the changes are the workspace's.
    private static func activity(
        _ subject: UserID,
        in tenant: TenantID,
        after key: String?
    ) -> SQL {
        """
        SELECT e.seq::text AS key, jsonb_build_object('workspace', e.tenant_id, 'seq', e.seq,
            'at', e.created_at, 'action', e.action, 'resource_type', e.resource_type,
            'resource_id', e.resource_id, 'outcome', e.outcome,
            'session_id', e.session_id)::text AS line
        FROM audit_events AS e
        WHERE e.tenant_id = \(tenant) AND e.actor_id = \(subject)
          AND (\(key)::bigint IS NULL OR e.seq > \(key)::bigint)
        ORDER BY e.seq
        LIMIT \(Int64(pageSize))
        """
    }

    private static func member(_ subject: UserID, in tenant: TenantID, after key: String?) -> SQL {
        """
        SELECT m.user_id::text AS key, jsonb_build_object('id', m.user_id,
            'name', coalesce(h.display_name, n.display_name),
            'email', coalesce(h.email, n.email), 'role', coalesce(m.role_key, r.name),
            'status', m.status, 'joined_at', m.joined_at,
            'last_seen_at', m.last_seen_at, 'invited_by', m.invited_by)::text AS line
        FROM memberships AS m
        LEFT JOIN roles AS r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
        LEFT JOIN app.member_names(ARRAY[\(subject)]) AS n ON n.user_id = m.user_id
        LEFT JOIN held_names AS h ON h.tenant_id = m.tenant_id AND h.user_id = m.user_id
        WHERE m.tenant_id = \(tenant) AND m.user_id = \(subject)
          AND (\(key)::uuid IS NULL OR m.user_id > \(key)::uuid)
        """
    }

    private static func artifacts(
        _ subject: UserID,
        in tenant: TenantID,
        after key: String?
    ) -> SQL {
        """
        SELECT a.id::text AS key, jsonb_build_object('id', a.id, 'name', a.name,
            'description', a.description, 'tags', a.tags, 'metadata', a.metadata,
            'created_at', a.created_at, 'updated_at', a.updated_at,
            'deleted_at', a.deleted_at)::text AS line
        FROM artifacts AS a
        WHERE a.tenant_id = \(tenant) AND a.created_by = \(subject)
          AND (\(key)::uuid IS NULL OR a.id > \(key)::uuid)
        ORDER BY a.id
        LIMIT \(Int64(pageSize))
        """
    }

    private static func revisions(
        _ subject: UserID,
        in tenant: TenantID,
        after key: String?
    ) -> SQL {
        """
        SELECT r.artifact_id::text || '/' || r.version AS key, jsonb_build_object(
            'artifact_id', r.artifact_id, 'version', r.version, 'at', r.created_at,
            'action', r.action, 'changes', r.changes)::text AS line
        FROM artifact_revisions AS r
        WHERE r.tenant_id = \(tenant) AND r.actor_id = \(subject)
          AND (\(key)::text IS NULL OR (r.artifact_id, r.version)
              > (split_part(\(key), '/', 1)::uuid, split_part(\(key), '/', 2)::bigint))
        ORDER BY r.artifact_id, r.version
        LIMIT \(Int64(pageSize))
        """
    }

    /// What somebody said to models, and was answered.
    private static func conversations(
        _ subject: UserID,
        in tenant: TenantID,
        after key: String?
    ) -> SQL {
        """
        SELECT m.conversation_id::text || '/' || m.seq AS key, jsonb_build_object(
            'conversation_id', m.conversation_id, 'seq', m.seq, 'role', m.role,
            'content', m.content, 'at', m.created_at)::text AS line
        FROM ai_conversations AS c
        JOIN ai_messages AS m ON m.tenant_id = \(tenant) AND m.conversation_id = c.id
        WHERE c.tenant_id = \(tenant) AND c.user_id = \(subject)
          AND (\(key)::text IS NULL OR (m.conversation_id, m.seq)
              > (split_part(\(key), '/', 1)::uuid, split_part(\(key), '/', 2)::integer))
        ORDER BY m.conversation_id, m.seq
        LIMIT \(Int64(pageSize))
        """
    }
}
