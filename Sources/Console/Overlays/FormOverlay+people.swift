import Domain
import Terminal

extension FormOverlay {
    static func account(_ account: Account) -> FormOverlay {
        FormOverlay(
            title: SafeText("Change \(account.user.name)", limit: 60),
            plan: ["Changes 1 person. Undone by: the old values."],
            form: Form([
                text("name", "Name", value: account.user.name, limit: 200),
                choice("locale", "Language", AccountEdit.locales, at: account.locale),
            ]),
            intent: .person(.account(account))
        )
    }

    static func grant(to email: String?) -> FormOverlay {
        FormOverlay(
            title: "Grant a role on the platform",
            plan: [
                SafeText(
                    "Gives 1 known person rights on the whole platform, on record, from their "
                        + "next request on. Undone by: revoke."
                )
            ],
            form: Form([
                FormField(
                    id: "user",
                    label: "Mail",
                    content: .pick(
                        PickField(
                            [],
                            chosen: email.map { [$0] } ?? [],
                            isWhole: false,
                            options: .init(takesWords: true, placeholder: "ada@example.org")
                        )
                    ),
                    hint: "↓ opens the list, letters search in it",
                    help: "Somebody the platform knows: who has signed up or was added before."
                ),
                choice("role", "Role", PlatformRole.allCases.map(\.rawValue), at: "support"),
                text(
                    "hours",
                    "Hours",
                    placeholder: "for good",
                    limit: 5,
                    hint: "how long it holds; empty for good"
                ),
                text("reason", "Reason", placeholder: "why, for the audit trail", limit: 500),
            ]),
            intent: .person(.grant)
        )
    }

    static func rename(_ tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("Rename \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 tenant: its name everywhere. The slug \(tenant.slug) stays. "
                        + "Undone by: the old name."
                )
            ],
            form: Form([text("name", "Name", value: tenant.name, limit: 100)]),
            intent: .tenant(.rename(tenant))
        )
    }

    static func giveConsent(_ tenant: TenantRef) -> FormOverlay {
        let answers = [FormField.Choice("no"), FormField.Choice("yes")]
        return FormOverlay(
            title: SafeText("Let support write in \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Gives 1 consent: whoever has its token opens support sessions that write, "
                        + "until it is over. Undone by: revoke, which ends them at once."
                )
            ],
            form: Form([
                text("hours", "Hours", value: "24", limit: 3, hint: "1 to 168"),
                text("note", "Note", placeholder: "what for; optional", limit: 200),
                FormField(
                    id: "personal_data",
                    label: "Personal data",
                    content: .choice(answers, selected: 0),
                    hint: "of customers; ← → or space"
                ),
            ]),
            intent: .consent(ConsentEntry(place: tenant))
        )
    }
}
