extension PersonalData {
    /// Who people are, how they prove it, and what reaches them.
    static let people: [String: [String: Handling]] = [
        "users": [
            "email": .personal(.mail, .replaced), "email_norm": .personal(.mail, .replaced),
            "display_name": .personal(.name, .replaced),
            "password_hash": .personal(.credential, .replaced),
            "locale": .personal(.writing, .replaced), "status": .harmless(.enumeration),
        ],
        "sessions": [
            "user_agent": .personal(.device, .deleted), "ip": .personal(.network, .deleted),
            "token_hash": .personal(.credential, .deleted), "kind": .harmless(.enumeration),
        ],
        "platform_roles": ["role": .harmless(.enumeration)],
        "memberships": [
            "role_key": .harmless(.enumeration), "status": .harmless(.enumeration),
        ],
        "mail_outbox": [
            "recipient": .personal(.mail, .deleted), "payload": .personal(.writing, .deleted),
            "last_error": .personal(.writing, .deleted), "template": .harmless(.enumeration),
            "language": .harmless(.enumeration), "status": .harmless(.enumeration),
        ],
        "data_subject_requests": [
            "kind": .harmless(.enumeration), "status": .harmless(.enumeration),
            "file_sha256": .harmless(.digest),
        ],
        "legal_holds": ["reason": .personal(.writing, .staysWithWorkspace)],
        "support_sessions": [
            "reason": .personal(.writing, .staysWithWorkspace),
            "ticket": .personal(.writing, .staysWithWorkspace), "mode": .harmless(.enumeration),
        ],
        "idempotency_keys": [
            "principal": .personal(.pseudonym, .expires),
            "response": .personal(.writing, .expires), "key": .personal(.writing, .expires),
            "route": .harmless(.machine), "fingerprint": .harmless(.digest),
            "state": .harmless(.enumeration),
        ],
    ]
}
