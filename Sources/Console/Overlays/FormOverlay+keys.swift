import Domain
import Terminal

extension FormOverlay {
    static func newKey(_ tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("New API key in \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Makes 1 key that acts for you, within its scopes and what you may yourself. "
                        + "It is shown this once. Undone by: revoke."
                )
            ],
            form: Form([
                text("name", "Name", placeholder: "CI", limit: 100),
                FormField(
                    id: "scopes",
                    label: "Scopes",
                    content: .note(
                        TextArea(Permission.artifactRead.description, limit: 3_000)
                    ),
                    hint: "permissions that you hold, such as artifact.read"
                ),
                life("never"),
                rate(nil),
            ]),
            intent: .newKey(tenant)
        )
    }

    static func editKey(_ key: APIKey, in tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("API key \(key.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 key; its secret and its scopes stay. Whoever needs other scopes "
                        + "makes another key. Undone by: the old values."
                )
            ],
            form: Form([
                text("name", "Name", value: key.name, limit: 100), life("as it is"),
                rate(key.ratePerMinute),
            ]),
            intent: .editKey(tenant, key)
        )
    }

    static func rotateKey(_ key: APIKey, in tenant: TenantRef) -> FormOverlay {
        let times: [(String, SafeText)] = [
            ("0", "ends at once"), ("3600", "1 hour"), ("86400", "1 day"), ("604800", "7 days"),
            ("2592000", "30 days"),
        ]
        return FormOverlay(
            title: SafeText("Rotate \(key.name)", limit: 60),
            plan: [
                SafeText(
                    "Gives 1 key another secret, which is shown this once. The old one goes on "
                        + "for as long as you say. Cannot be undone."
                )
            ],
            form: Form([options("overlap_seconds", "Old secret", times)]),
            intent: .rotateKey(tenant, key)
        )
    }

    private static func life(_ none: SafeText) -> FormField {
        let days: [(String, SafeText)] = [
            ("", none), ("7", "in 7 days"), ("30", "in 30 days"), ("90", "in 90 days"),
            ("365", "in a year"),
        ]
        return options("expires_at", "Expires", days)
    }

    private static func rate(_ current: Int?) -> FormField {
        text(
            "rate_per_minute",
            "Requests",
            value: current.map { String($0) } ?? "",
            placeholder: "the usual limit",
            limit: 9,
            hint: "a minute at most"
        )
    }

    private static func options(
        _ id: String,
        _ label: SafeText,
        _ values: [(String, SafeText)]
    ) -> FormField {
        FormField(
            id: id,
            label: label,
            content: .choice(
                values.map { FormField.Choice($0.0, title: $0.1) },
                selected: 0
            ),
            hint: "← → or space"
        )
    }
}

extension FormOverlay {
    static func newKey(
        _ values: FormValues,
        in tenant: TenantRef
    ) throws(DomainError) -> Order {
        let scopes = values["scopes"].split { $0 == "," || $0.isWhitespace }.map(String.init)
        let create = KeyRequest.create(try terms(values), scopes: scopes)
        return .ask(.tenant(.keys(create), tenant))
    }

    static func editKey(
        _ values: FormValues,
        _ key: APIKey,
        in tenant: TenantRef
    ) throws(DomainError) -> Order {
        let change = KeyRequest.change(key.id, try terms(values), version: key.version)
        return .ask(.tenant(.keys(change), tenant))
    }

    static func rotateKey(_ values: FormValues, _ key: APIKey, in tenant: TenantRef) -> Order {
        let overlap = Duration.seconds(Int64(values["overlap_seconds"]) ?? 0)
        return .ask(.tenant(.keys(.rotate(key.id, overlap: overlap)), tenant))
    }

    private static func terms(_ values: FormValues) throws(DomainError) -> KeyTerms {
        var rate: Int?
        if let text = values["rate_per_minute"].nonBlank {
            guard let number = Int(text.trimmed), NewAPIKey.rates.contains(number) else {
                throw .invalid("rate_per_minute", "must be 1 to 1000000")
            }
            rate = number
        }
        return KeyTerms(
            name: values["name"],
            life: Int64(values["expires_at"]).map { .seconds($0 * 86_400) },
            ratePerMinute: rate
        )
    }
}

extension DialogOverlay {
    static func revoke(_ key: APIKey, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Revoke \(key.name)", limit: 60),
                lines: [
                    SafeText("Ends 1 API key of \(tenant.name), on its very next request."),
                    "The line stays for the trail. Cannot be undone: make another key.",
                ],
                verb: "Revoke",
                isDangerous: true,
                demand: .init(word: key.wordToType, needsReason: true)
            ),
            intent: .revokeKey(tenant, key)
        )
    }

    /// The text of a key that was made or rotated just now: there is no second time.
    static func issued(_ issued: IssuedAPIKey) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("The key \(issued.key.name)", limit: 60),
                lines: [
                    "Keep it now: it is not shown again, and nobody can look it up.", "",
                    SafeText(issued.text),
                ],
                verb: "Copy",
                closing: "I have it, close"
            ),
            intent: .copyKey(issued)
        )
    }
}

extension APIKey {
    /// What revoking asks to type: the name when a keyboard can type it, else the id's beginning.
    fileprivate var wordToType: String {
        let isTypeable = name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        return isTypeable && name.count <= 40 ? name : String(id.description.prefix(8))
    }
}
