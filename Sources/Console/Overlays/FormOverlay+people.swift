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
            intent: .account(account)
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
                text(
                    "user",
                    "Mail",
                    value: email ?? "",
                    placeholder: "ada@example.org",
                    limit: 254
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
            intent: .grant
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
            intent: .rename(tenant)
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
            intent: .giveConsent(tenant)
        )
    }

    /// What the forms about people and consents ask for.
    func peopleOrder(_ values: [String: String], now: Instant) throws(DomainError) -> Order? {
        switch intent {
        case .account(let account):
            let edit = try AccountEdit(name: values["name"], locale: values["locale"])
            return .ask(
                .platform(.people(.update(account.id, edit, version: account.version)))
            )
        case .grant:
            let grant = try Self.grant(values, now: now)
            if case .grant(let wanted, let address) = grant, wanted.role == .superAdmin {
                return .confirm(.grantSuperAdmin(grant, to: address, from: self))
            }
            return .ask(.platform(.people(grant)))
        case .rename(let tenant):
            let name = try Validation.text(values["name"] ?? "", field: "name", length: 1...100)
            return .ask(.platform(.rename(tenant.id, name)))
        case .giveConsent(let tenant):
            guard let hours = Int((values["hours"] ?? "").trimmed) else {
                throw .invalid("hours", "must be 1 to 168")
            }
            let request = try ConsentRequest(
                hours: hours,
                note: values["note"]?.nonBlank,
                allowsPersonalData: values["personal_data"] == "yes"
            )
            return .ask(.tenant(.consents(.give(request)), tenant))
        default: return nil
        }
    }

    private static func grant(
        _ values: [String: String],
        now: Instant
    ) throws(DomainError) -> PeopleRequest {
        guard let role = PlatformRole(rawValue: values["role"] ?? "") else {
            throw .invalid("role", "must be chosen")
        }
        guard let address = try? EmailAddress((values["user"] ?? "").trimmed) else {
            throw .invalid("user", "must be a mail address such as ada@example.org")
        }
        var expiresAt: Instant?
        if let text = values["hours"]?.nonBlank {
            guard let hours = Int64(text), (1...8_784).contains(hours) else {
                throw .invalid("hours", "must be 1 to 8784, or empty")
            }
            expiresAt = now.advanced(by: .seconds(hours * 3_600))
        }
        let wanted = try NewPlatformGrant(
            role: role,
            expiresAt: expiresAt,
            reason: values["reason"] ?? "",
            now: now
        )
        return .grant(wanted, to: address.description)
    }
}
