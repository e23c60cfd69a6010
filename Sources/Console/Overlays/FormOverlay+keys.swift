import Domain
import Terminal

extension FormOverlay {
    static func newKey(_ tenant: TenantRef, _ zone: Zone, now: Instant) -> FormOverlay {
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
                scopes(of: tenant),
                life([("", "never")], zone, now: now),
                rate(nil),
            ]),
            intent: .key(.make(tenant, zone))
        )
    }

    static func editKey(
        _ key: APIKey,
        in tenant: TenantRef,
        _ zone: Zone,
        now: Instant
    ) -> FormOverlay {
        let end = key.expiresAt.map { "as it is: \(zone.day($0))" } ?? "as it is: never"
        return FormOverlay(
            title: SafeText("API key \(key.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 key; its secret and its scopes stay. Whoever needs other scopes "
                        + "makes another key. Undone by: the old values."
                )
            ],
            form: Form([
                text("name", "Name", value: key.name, limit: 100),
                life(
                    [("", SafeText(end))] + (key.expiresAt == nil ? [] : [("never", "never")]),
                    zone,
                    now: now
                ),
                rate(key.ratePerMinute),
            ]),
            intent: .key(.edit(tenant, key, zone))
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
            intent: .key(.rotate(tenant, key))
        )
    }

    /// What keys may have and the person at the console holds.
    private static func scopes(of tenant: TenantRef) -> FormField {
        let offered = Permission.allCases.filter { permission in
            permission.isForKeys
                && (tenant.membership.map { $0.grants(permission) != .none } ?? true)
        }
        let list = PickField(
            offered.map { FormField.Choice($0.description) },
            chosen: [Permission.artifactRead.description],
            options: .init(isMultiple: true, placeholder: "none yet")
        )
        return FormField(
            id: "scopes",
            label: "Scopes",
            content: .pick(list),
            hint: "↓ opens the list, space picks, names may be pasted",
            help: "What the key may do at most: it never may more than you may yourself at the "
                + "time of the request. Only permissions that keys can have are in the list."
        )
    }

    /// The days in which a key may end, and any other that is typed.
    private static func life(
        _ first: [(String, SafeText)],
        _ zone: Zone,
        now: Instant
    ) -> FormField {
        let fixed = first.map { FormField.Choice($0.0, title: $0.1) }
        let days: [(Int64, SafeText)] = [
            (7, "in 7 days"), (30, "in 30 days"), (90, "in 90 days"), (365, "in a year"),
        ]
        let dated = days.map { count, title in
            let end = now.advanced(by: .seconds(count * 86_400))
            return FormField.Choice(
                String(count),
                title: title,
                detail: SafeText(zone.day(end))
            )
        }
        return FormField(
            id: "expires_at",
            label: "Expires",
            content: .pick(PickField(fixed + dated, options: .init(takesWords: true))),
            hint: "← → or ↓; or type a day such as 2027-01-31",
            help: "The key is good until the day is over in the zone of this console. "
                + "Never takes an end away."
        )
    }

    private static func rate(_ current: Int?) -> FormField {
        text(
            "rate_per_minute",
            "Requests",
            value: current.map { String($0) } ?? "",
            placeholder: "the usual limit",
            limit: 9,
            hint: "a minute at most; empty for the usual limit"
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
            intent: .key(.revoke(tenant, key))
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
            intent: .key(.copy(issued))
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
