import Domain

/// The schemas that routes refer to by name; the renderings beside the routes make the same
/// members.
enum Components {
    static let all = own + chat

    private static let own: [(String, Schema)] = [
        ("Page", page), ("Problem", problem), ("Health", health), ("Session", session),
        ("User", user), ("Me", me), ("Workspace", workspace),
        (
            "WorkspaceDetail",
            .object(
                tenantMembers + [
                    ("figures", .optional(.named("Figures"))), ("owners", .array(.named("User"))),
                ]
            )
        ),
        ("WorkspaceSettings", .object([("support", support)])),
        ("Member", member), ("APIKey", .object(apiKey)),
        ("IssuedAPIKey", .object(apiKey + [("secret", .text)])), ("Scope", scope),
        ("Quota", quota), ("Figures", figures), ("Artifact", artifact),
        ("ArtifactRevision", revision), ("Tag", tag), ("AuditEvent", auditEvent),
        ("ChainVerdict", verdict), ("Budget", AIComponents.budget), ("UsageSum", usage),
        ("Overview", overview), ("TenantSummary", summary), ("Tenant", .object(tenantMembers)),
        ("TenantDetail", tenantDetail), ("SupportSession", supportSession),
        ("LiveSession", liveSession), ("Key", key),
        ("LinkedIdentity", identity), ("SecondFactor", secondFactor),
        ("SecondFactorEnrolment", .object([("secret", .text), ("uri", .text)])),
        ("RecoveryCodes", .object([("recovery_codes", .array(.text))])),
        (
            "SecondFactorSession",
            .object([("session", .named("Session")), ("recovery_codes", .array(.text))])
        ),
        ("Role", role), ("Permission", permission), ("MyPermissions", myPermissions),
        ("Grant", grant), ("Invitation", invitation),
        ("ReceivedInvitation", receivedInvitation), ("JoinedWorkspace", joined),
        ("Account", .object(accountMembers)), ("AccountDetail", accountDetail),
        ("AccountSession", accountSession), ("PlatformGrant", platformGrant),
        ("SupportConsent", .object(consentMembers)),
        ("GivenSupportConsent", .object(consentMembers + [("token", .text)])),
        ("SignInAttempts", signInAttempts),
        ("DataRequest", dataRequest), ("LegalHold", legalHold),
    ]

    private static let page = Schema.object([
        ("limit", .integer), ("next_cursor", .optional(.text)),
        ("prev_cursor", Schema(json: ["type": "null"])), ("has_more", .boolean),
    ])

    private static let problem = Schema(json: [
        "type": "object",
        "properties": [
            "type": Schema.text.json, "title": Schema.text.json, "status": Schema.integer.json,
            "detail": Schema.text.json, "instance": Schema.text.json,
            "error": Schema.choice(DomainError.Code.allCases.map(\.rawValue)).json,
            "message": Schema.text.json, "details": Schema.optional(.anyObject).json,
            "validation_errors": Schema.array(.object([("field", .text), ("message", .text)]))
                .json,
            "request_id": Schema.text.json, "timestamp": Schema.time.json,
        ],
        "required": [
            "type", "title", "status", "detail", "instance", "error", "message", "details",
            "request_id", "timestamp",
        ],
    ])

    private static let health = Schema.object([
        ("status", .choice(["ok"])), ("version", .text),
    ])

    private static let session = Schema.object([
        ("access_token", .text), ("token_type", .choice(["Bearer"])), ("expires_in", .integer),
        ("expires_at", .time), ("user", .named("User")),
        ("platform_role", .optional(.choice(PlatformRole.allCases.map(\.rawValue)))),
        ("workspace_id", .optional(.uuid)), ("refresh_token", .optional(.text)),
        ("refresh_expires_at", .optional(.time)),
    ])

    private static let key = Schema.object([
        ("kind", .choice(KeyKind.allCases.map(\.rawValue))), ("kid", .text), ("since", .time),
        ("until", .optional(.time)),
        ("state", .choice(InstalledKey.State.allCases.map(\.rawValue))),
    ])

    private static let liveSession = Schema.object([
        ("id", .uuid), ("kind", .choice(Session.Kind.allCases.map(\.rawValue))),
        ("current", .boolean), ("workspace_id", .optional(.uuid)),
        ("user_agent", .optional(.text)), ("ip", .optional(.text)), ("created_at", .time),
        ("last_seen_at", .time), ("expires_at", .time),
    ])

    private static let identity = Schema.object([
        ("provider", .text), ("email", .optional(.text)), ("linked_at", .time),
        ("last_used_at", .time),
    ])

    private static let secondFactor = Schema.object([
        ("enabled", .boolean), ("confirmed_at", .optional(.time)),
        ("recovery_codes_left", .integer),
    ])

    private static let user = Schema.object([
        ("id", .uuid), ("email", .text), ("name", .text),
    ])

    private static let me = Schema.object([
        ("id", .uuid), ("email", .text), ("name", .text),
        ("platform_role", .optional(.choice(PlatformRole.allCases.map(\.rawValue)))),
        ("workspaces", .array(.named("Workspace"))),
    ])

    private static let workspaceMembers: [(String, Schema)] = [
        ("id", .uuid), ("tenant_id", .uuid), ("workspace_id", .uuid), ("slug", .text),
        ("name", .text), ("status", .choice(TenantStatus.allCases.map(\.rawValue))),
        ("plan", .choice(Plan.allCases.map(\.rawValue))),
    ]

    private static let workspace = Schema.object(
        workspaceMembers + [
            ("role", .text), ("role_id", .optional(.uuid)), ("created_at", .time),
        ]
    )

    private static let tenantMembers =
        workspaceMembers + [
            ("settings", .anyObject), ("version", .integer), ("created_at", .time),
        ]

    private static let tenantDetail = Schema.object(
        tenantMembers + [
            ("quotas", .array(.named("Quota"))), ("figures", .optional(.named("Figures"))),
            ("owners", .array(.named("User"))),
        ]
    )

    private static let support = Schema.object([("write_consent", .boolean)])

    private static let member = Schema.object([
        ("id", .uuid), ("user_id", .uuid), ("email", .text), ("name", .text),
        ("role", .text), ("role_id", .optional(.uuid)),
        ("status", .choice(MemberStatus.allCases.map(\.rawValue))), ("joined_at", .time),
        ("version", .integer),
    ])

    private static let apiKey: [(String, Schema)] = [
        ("id", .uuid), ("name", .text), ("scopes", .array(.text)),
        ("state", .choice(APIKey.State.allCases.map(\.rawValue))), ("created_by", .uuid),
        ("created_at", .time), ("expires_at", .optional(.time)),
        ("last_used_at", .optional(.time)), ("previous_valid_until", .optional(.time)),
        ("rate_per_minute", .optional(.integer)), ("version", .integer),
    ]

    private static let scope = Schema.object([("scope", .text)])

    private static let quota = Schema.object([
        ("resource", .choice(Resource.allCases.map(\.rawValue))), ("soft", .optional(.integer)),
        ("hard", .integer), ("used", .integer), ("reserved", .integer),
    ])

    private static let figures = Schema.object([
        ("members", .integer), ("artifacts", .integer), ("ai_tokens", .integer),
        ("ai_cost_usd", .money), ("storage_bytes", .integer), ("refreshed_at", .time),
    ])
}

extension Components {
    private static let artifact = Schema.object([
        ("id", .uuid), ("name", .text), ("description", .text), ("tags", .array(.text)),
        ("metadata", .anyObject), ("created_by", .uuid), ("created_at", .time),
        ("updated_by", .uuid), ("updated_at", .time), ("version", .integer),
        ("deleted_at", .optional(.time)),
    ])

    private static let revision = Schema.object([
        ("version", .integer),
        ("action", .choice(ArtifactRevision.Action.allCases.map(\.rawValue))),
        ("actor_id", .uuid), ("at", .time), ("changes", .anyObject),
    ])

    private static let tag = Schema.object([("tag", .text), ("count", .integer)])

    private static let auditEvent = Schema.object([
        ("id", .uuid), ("seq", .integer), ("created_at", .time), ("actor", actor),
        ("action", .text), ("operation", .choice(AuditEntry.Operation.allCases.map(\.rawValue))),
        ("resource_type", .text), ("resource_id", .optional(.text)),
        ("outcome", .choice(AuditEntry.Outcome.allCases.map(\.rawValue))),
        ("request_id", .optional(.text)), ("changes", .anyObject), ("payload_hash", .text),
        ("previous_hash", .text), ("hash", .text),
    ])

    private static let actor = Schema.object([
        ("kind", .choice(AuditActor.Kind.allCases.map(\.rawValue))), ("id", .optional(.uuid)),
        ("acting_id", .optional(.uuid)), ("session_id", .optional(.uuid)),
        ("support_session_id", .optional(.uuid)),
    ])

    private static let verdict = Schema.object([
        ("valid", .boolean), ("checked", .integer), ("last_hash", .text),
        ("fault", .optional(.object([("seq", .integer), ("kind", .text)]))),
    ])

    private static let usage = Schema.object([
        ("key", .text), ("requests", .integer), ("tokens_in", .integer),
        ("tokens_out", .integer), ("cost_usd", .money),
    ])

    private static let spend = Schema.object([("tokens", .integer), ("cost_usd", .money)])

    private static let overview = Schema.object([
        ("active_tenants", .integer), ("suspended_tenants", .integer), ("members", .integer),
        ("artifacts", .integer), ("ai_today", spend), ("ai_yesterday", spend),
        ("refreshed_at", .optional(.time)), ("health", .optional(platformHealth)),
    ])

    /// What the serving processes measured in their last minute.
    private static let platformHealth = Schema.object([
        ("processes", .integer), ("requests", .integer), ("errors", .integer),
        ("p50_us", .optional(.integer)), ("p99_us", .optional(.integer)),
        (
            "pool",
            .object([
                ("size", .integer), ("in_use", .integer), ("waiting", .integer),
                ("timeouts", .integer),
            ])
        ),
        ("measured_at", .optional(.time)), ("alerts", .array(.text)),
    ])

    private static let summary = Schema.object(
        workspaceMembers + [("created_at", .time), ("figures", .optional(.named("Figures")))]
    )

    private static let signInAttempts = Schema.object([
        ("minute", .time), ("network", .text), ("count", .integer),
        ("last_reason", .choice(SignInAttempts.Reason.allCases.map(\.rawValue))),
    ])

    private static let dataRequest = Schema.object([
        ("id", .uuid), ("kind", .choice(DataRequest.Kind.allCases.map(\.rawValue))),
        ("subject_id", .uuid), ("workspace_id", .optional(.uuid)), ("requested_by", .uuid),
        ("status", .choice(DataRequest.Status.allCases.map(\.rawValue))),
        ("progress", .object([("done", .integer), ("total", .integer)])),
        (
            "file",
            .optional(.object([("bytes", .integer), ("sha256", .text), ("expires_at", .time)]))
        ),
        ("created_at", .time), ("due_at", .time), ("finished_at", .optional(.time)),
    ])

    private static let legalHold = Schema.object([
        ("id", .uuid), ("subject_id", .optional(.uuid)), ("reason", .text),
        ("created_by", .uuid), ("created_at", .time), ("released_at", .optional(.time)),
    ])

    private static let supportSession = Schema.object([
        ("id", .uuid), ("staff_id", .uuid), ("staff_name", .text), ("tenant_id", .uuid),
        ("tenant_slug", .text), ("reason", .text), ("ticket", .optional(.text)),
        ("mode", .choice(AccessMode.allCases.map(\.rawValue))),
        ("consent_id", .optional(.uuid)), ("personal_data", .boolean), ("started_at", .time),
        ("expires_at", .time), ("ended_at", .optional(.time)),
    ])
}

extension Components {
    private static let role = Schema.object([
        ("id", .optional(.uuid)), ("name", .text), ("kind", .choice(["system", "custom"])),
        ("rank", .integer), ("permissions", .array(.text)), ("members", .integer),
        ("version", .optional(.integer)),
    ])

    private static let permission = Schema.object([
        ("id", .integer), ("name", .text), ("description", .text), ("assignable", .boolean),
        ("roles", .array(.text)),
    ])

    private static let myPermissions = Schema.object([
        ("role", .text), ("role_id", .optional(.uuid)), ("rank", .integer),
        ("permissions", .array(.text)),
    ])

    private static let grant = Schema.object([
        ("kind", .choice(MemberGrant.Kind.allCases.map(\.rawValue))), ("resource_id", .uuid),
        ("name", .optional(.text)), ("permissions", .array(.text)), ("granted_by", .uuid),
        ("created_at", .time),
        ("version", .integer),
    ])

    private static let invitation = Schema.object([
        ("id", .uuid), ("email", .text), ("role", .text),
        ("status", .choice(InvitationStatus.allCases.map(\.rawValue))), ("invited_by", .uuid),
        ("created_at", .time), ("sent_at", .time), ("expires_at", .time), ("version", .integer),
    ])

    private static let receivedInvitation = Schema.object([
        ("id", .uuid), ("workspace_id", .uuid), ("workspace", .text), ("slug", .text),
        ("role", .text), ("inviter", .text), ("email", .optional(.text)), ("created_at", .time),
        ("expires_at", .time),
    ])

    private static let joined = Schema.object([
        ("workspace_id", .uuid), ("slug", .text), ("name", .text), ("member", .named("Member")),
    ])
}

extension Components {
    private static let accountMembers: [(String, Schema)] = [
        ("id", .uuid), ("email", .text), ("name", .text),
        ("status", .choice(AccountStatus.allCases.map(\.rawValue))),
        ("email_verified_at", .optional(.time)), ("locale", .text),
        ("platform_role", .optional(.choice(PlatformRole.allCases.map(\.rawValue)))),
        ("version", .integer), ("created_at", .time),
    ]

    private static let accountDetail = Schema.object(
        accountMembers + [
            ("memberships", .array(accountPlace)),
            ("platform_roles", .array(.named("PlatformGrant"))), ("live_sessions", .integer),
        ]
    )

    private static let accountPlace = Schema.object([
        ("tenant_id", .uuid), ("slug", .text), ("name", .text), ("role", .optional(.text)),
        ("status", .choice(MemberStatus.allCases.map(\.rawValue))), ("joined_at", .time),
    ])

    private static let accountSession = Schema.object([
        ("id", .uuid), ("kind", .text), ("user_agent", .optional(.text)),
        ("ip", .optional(.text)), ("created_at", .time), ("last_seen_at", .time),
        ("expires_at", .time), ("revoked_at", .optional(.time)),
    ])

    private static let platformGrant = Schema.object([
        ("user_id", .uuid), ("email", .text), ("name", .text),
        ("role", .choice(PlatformRole.allCases.map(\.rawValue))),
        ("granted_by", .optional(.uuid)), ("granted_by_name", .optional(.text)),
        ("granted_at", .time), ("expires_at", .optional(.time)),
    ])

    private static let consentMembers: [(String, Schema)] = [
        ("id", .uuid), ("note", .optional(.text)), ("personal_data", .boolean),
        ("granted_by", .uuid), ("created_at", .time), ("expires_at", .time),
        ("revoked_at", .optional(.time)),
        ("state", .choice(SupportConsent.State.allCases.map(\.rawValue))),
    ]
}
