extension FilterSchema {
    package static let audit = FilterSchema(
        keys: [
            FilterKey(
                name: "actor",
                kind: .person,
                help: "who acted: me, a name, a mail address or an id",
                example: "ada",
                count: .any
            ),
            FilterKey(
                name: "action",
                kind: .pattern,
                help: "what was done: artifact.updated, or artifact.* for all of that noun",
                example: "member.*",
                count: .any,
                suggestions: actions.map { "\($0).*" }
            ),
            FilterKey(
                name: "resource",
                kind: .object,
                help: "a kind of object, or one object as artifact:ID",
                example: "artifact",
                count: .any,
                suggestions: ["artifact", "membership", "tenant", "api_key", "user"]
            ),
            choice(
                "outcome",
                AuditEntry.Outcome.self,
                "how it ended",
                example: AuditEntry.Outcome.denied.rawValue
            ),
            choice("kind", AuditActor.Kind.self, "what kind of actor it was", example: "support"),
            choice("op", AuditEntry.Operation.self, "which kind of operation", example: "delete"),
            FilterKey(
                name: "request",
                kind: .text,
                help: "the events of one request",
                example: "ID"
            ),
            since("then or later"), before("before then"),
            FilterKey(
                name: "asof",
                kind: .time,
                help: "the trail as it was then; a day means its end",
                example: "2026-03-01"
            ),
        ],
        words: nil
    )

    package static let members = FilterSchema(
        keys: [
            FilterKey(
                name: "role",
                kind: .role,
                help: "the key of a role, or the name of one of the tenant's",
                example: "admin",
                count: .any
            ),
            choice("status", MemberStatus.self, "all but the removed unless told"),
            since("joined then or later"), before("joined before then"),
        ],
        words: "a part of a name or of a mail address"
    )

    package static let tenants = FilterSchema(
        keys: [
            choice("status", TenantStatus.self, "all but the deleted unless told"),
            choice("plan", Plan.self, "what the tenant pays for", example: Plan.pro.rawValue),
            since("created then or later"), before("created before then"),
        ],
        words: "a part of a name or of a slug"
    )

    package static let users = FilterSchema(
        keys: [
            choice("status", AccountStatus.self, "whether they may sign in", example: "disabled"),
            since("known since then or later"), before("known before then"),
        ],
        words: "a part of a name or of a mail address"
    )

    package static let artifacts = FilterSchema(
        keys: [
            FilterKey(
                name: "tag",
                kind: .text,
                help: "a tag; of several all must be there",
                example: "zakat",
                count: .every
            ),
            FilterKey(
                name: "author",
                kind: .person,
                help: "who made it: me, a name, a mail address or an id",
                example: "ada"
            ),
            since("made then or later", others: ["from"]),
            before("made before then", others: ["until", "to"]),
            FilterKey(
                name: "deleted",
                kind: .yesOrNo,
                help: "the deleted ones instead",
                example: "yes"
            ),
        ],
        words: "words to search for; the last one may be a beginning"
    )

    package static let invitations = FilterSchema(
        keys: [
            FilterKey(
                name: "status",
                kind: .choice(InvitationStatus.allCases.map(\.rawValue)),
                help: "what became of them",
                example: InvitationStatus.pending.rawValue
            )
        ],
        words: nil
    )

    package static let operators = FilterSchema(
        keys: [
            FilterKey(
                name: "ended",
                kind: .yesOrNo,
                help: "those that ended as well",
                example: "yes"
            )
        ],
        words: nil
    )

    package static let visits = FilterSchema(
        keys: [
            FilterKey(name: "live", kind: .yesOrNo, help: "only those that run", example: "yes")
        ],
        words: nil
    )

    package static let jobs = FilterSchema(
        keys: [
            choice("state", Job.State.self, "how far the job is", example: "failed"),
            choice("kind", Job.Kind.self, "what is done", example: "mail"),
            FilterKey(
                name: "tenant",
                kind: .text,
                help: "the slug of the tenant that it is about",
                example: "acme"
            ),
            since("asked for then or later"), before("asked for before then"),
        ],
        words: nil
    )

    package static let calls = FilterSchema(
        keys: [
            choice("state", AICall.State.self, "how far the call is", example: "settled"),
            FilterKey(
                name: "model",
                kind: .text,
                help: "the model that was asked for",
                example: "offline/writer",
                count: .any
            ),
            FilterKey(
                name: "member",
                others: ["user"],
                kind: .person,
                help: "who called: me, a name, a mail address or an id",
                example: "ada",
                count: .any
            ),
            choice("channel", AICall.Channel.self, "the door it came through", example: "api"),
            FilterKey(
                name: "purpose",
                kind: .text,
                help: "what it was for",
                example: "chat",
                count: .any
            ),
            since("made then or later"), before("made before then"),
        ],
        words: nil
    )

    /// The nouns of the audit trail.
    private static let actions = [
        "ai", "apikey", "artifact", "auth", "invitation", "member", "owner", "privacy", "role",
        "support", "tenant", "user",
    ]

    private static func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String,
        _: Value.Type,
        _ help: String,
        example: String = "suspended"
    ) -> FilterKey where Value.RawValue == String {
        FilterKey(
            name: name,
            kind: .choice(Value.allCases.map(\.rawValue)),
            help: help,
            example: example,
            count: .any
        )
    }

    private static func since(_ help: String, others: [String] = ["from"]) -> FilterKey {
        FilterKey(name: "since", others: others, kind: .time, help: help, example: "7d")
    }

    private static func before(
        _ help: String,
        others: [String] = ["until", "to"]
    ) -> FilterKey {
        FilterKey(
            name: "before",
            others: others,
            kind: .time,
            help: help,
            example: "2026-03-01"
        )
    }
}
