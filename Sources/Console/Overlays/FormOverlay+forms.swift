import Domain
import Terminal

extension FormOverlay {
    static func provision(key: String) -> FormOverlay {
        FormOverlay(
            title: "Provision a tenant",
            plan: [
                SafeText(
                    "Creates 1 tenant with its owner, the plan's quotas and AI budget, and its "
                        + "audit trail, in one transaction. Undone by: suspend."
                )
            ],
            form: Form([
                text("name", "Name", placeholder: "Acme Charity", limit: 100),
                text(
                    "slug",
                    "Slug",
                    placeholder: "acme-charity",
                    limit: 63,
                    hint: "its name in addresses: a-z, 0-9 and hyphens; never changes"
                ),
                pick(
                    "plan",
                    "Plan",
                    Plan.allCases.map { FormField.Choice($0.rawValue) },
                    at: Plan.free.rawValue,
                    help: "The plan sets the quotas and the AI budget. p changes it later."
                ),
                text(
                    "owner_email",
                    "Owner's mail",
                    placeholder: "ada@example.org",
                    limit: 254
                ),
                text("owner_name", "Owner's name", placeholder: "optional", limit: 200),
            ]),
            intent: .tenant(.provision(key: key))
        )
    }

    static func plan(_ tenant: TenantRef, current: Plan?) -> FormOverlay {
        FormOverlay(
            title: SafeText("Plan of \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 tenant: its quotas and AI budget follow the plan. A limit below "
                        + "what is used deletes nothing and refuses more. Undone by: the old plan."
                )
            ],
            form: Form([
                pick(
                    "plan",
                    "Plan",
                    Plan.allCases.map { FormField.Choice($0.rawValue) },
                    at: current?.rawValue ?? Plan.free.rawValue,
                    help: "Quotas and the AI budget follow the plan at once."
                )
            ]),
            intent: .tenant(.plan(tenant, current: current))
        )
    }

    static func quota(_ tenant: TenantRef, quotas: [Quota]) -> FormOverlay {
        let choices = Resource.allCases.map { resource in
            let quota = quotas.first { $0.resource == resource }
            let now = quota.map {
                " (\(resource.amount($0.used)) of \(resource.amount($0.hard)) used)"
            }
            let unit = resource == .storage ? ", in bytes" : ""
            return FormField.Choice(
                resource.rawValue,
                title: SafeText(resource.title + unit + (now ?? ""))
            )
        }
        return FormOverlay(
            title: SafeText("Quota of \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 limit of 1 tenant. A limit below what is used deletes nothing and "
                        + "refuses more. Undone by: the old limit."
                )
            ],
            form: Form([
                pick("resource", "Resource", choices, at: choices.first?.value),
                text("hard", "Hard limit", placeholder: "50", limit: 20),
                text(
                    "soft",
                    "Soft limit",
                    placeholder: "none",
                    limit: 20,
                    hint: "warns from here on; empty for none"
                ),
            ]),
            intent: .tenant(.quota(tenant, quotas))
        )
    }

    static func support(
        in tenant: TenantRef,
        then destination: Destination,
        replacing old: SupportSession?
    ) -> FormOverlay {
        var plan: [SafeText] = [
            SafeText(
                "Opens 1 support session in \(tenant.name). Its owner can see who, when and why. "
                    + "It ends by itself; leaving it ends it earlier."
            )
        ]
        if let old, old.tenant != tenant.id {
            plan.append(SafeText("The open session in \(old.tenantSlug) ends."))
        }
        let modes = [
            FormField.Choice(AccessMode.readOnly.rawValue, title: "read only"),
            FormField.Choice(
                AccessMode.readWrite.rawValue,
                title: "read and write (needs the owner's consent)"
            ),
        ]
        return FormOverlay(
            title: SafeText("Enter \(tenant.name)", limit: 60),
            plan: plan,
            form: Form([
                text("reason", "Reason", placeholder: "why, for both audit trails", limit: 500),
                text("ticket", "Ticket", placeholder: "optional", limit: 100),
                FormField(id: "mode", label: "Mode", content: .choice(modes, selected: 0)),
                text("minutes", "Minutes", value: "15", limit: 3, hint: "1 to 60"),
                text(
                    "consent_token",
                    "Consent",
                    placeholder: "the owner's token, if there is one",
                    limit: 200
                ),
            ]),
            intent: .support(tenant, then: destination)
        )
    }

    static func addMember(_ tenant: TenantRef, roles: [FormField.Choice]) -> FormOverlay {
        FormOverlay(
            title: SafeText("Add a member to \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Adds 1 membership and takes 1 seat. An unknown address becomes a user "
                        + "without a password. Undone by: remove."
                )
            ],
            form: Form([
                text("email", "Mail", placeholder: "ada@example.org", limit: 254),
                role(of: roles, at: Domain.Role.member.rawValue),
                text("name", "Name", placeholder: "optional", limit: 200),
            ]),
            intent: .member(.add(tenant))
        )
    }

    static func role(
        of member: Member,
        in tenant: TenantRef,
        roles: [FormField.Choice]
    ) -> FormOverlay {
        FormOverlay(
            title: SafeText("Role of \(member.name)", limit: 60),
            plan: [
                SafeText(
                    "Changes 1 membership; now \(member.role.name). Takes effect at once."
                ),
                "Undone by: the old role.",
            ],
            form: Form([
                role(of: roles, at: RoleName(member.role).text)
            ]),
            intent: .member(.role(tenant, member))
        )
    }

    static func elevation() -> FormOverlay {
        FormOverlay(
            title: "Let this console write",
            plan: [
                SafeText(
                    "Until the time is over, changes can be made. It is written to the audit "
                        + "trail, and ends by itself. :readonly ends it earlier."
                )
            ],
            form: Form([
                text("reason", "Reason", placeholder: "why, for the audit trail", limit: 500),
                text("minutes", "Minutes", value: "10", limit: 3, hint: "1 to 60"),
            ]),
            intent: .elevation
        )
    }

    static func text(
        _ id: String,
        _ label: SafeText,
        value: String = "",
        placeholder: SafeText = "",
        limit: Int,
        hint: SafeText = "",
        help: SafeText = ""
    ) -> FormField {
        let field = TextField(value, options: .init(limit: limit, placeholder: placeholder))
        return FormField(id: id, label: label, content: .text(field), hint: hint, help: help)
    }

    /// One of a list that is searched.
    static func pick(
        _ id: String,
        _ label: SafeText,
        _ choices: [FormField.Choice],
        at current: String? = nil,
        help: SafeText = ""
    ) -> FormField {
        FormField(
            id: id,
            label: label,
            content: .pick(PickField(choices, chosen: current.map { [$0] } ?? [])),
            hint: "← → or ↓ opens the list, letters search in it",
            help: help
        )
    }

    /// The role of a member.
    static func role(of roles: [FormField.Choice], at current: String) -> FormField {
        let known = roles.contains { $0.value == current }
        return pick(
            "role",
            "Role",
            roles,
            at: known ? current : roles.first?.value,
            help: "The roles that you may give: those below your own, and the tenant's own ones. "
                + "R on the members shows what each may do."
        )
    }

    static func choice(
        _ id: String,
        _ label: SafeText,
        _ values: [String],
        at current: String? = nil
    ) -> FormField {
        choice(id, label, of: values.map { FormField.Choice($0) }, at: current)
    }

    static func choice(
        _ id: String,
        _ label: SafeText,
        of choices: [FormField.Choice],
        at current: String? = nil
    ) -> FormField {
        let selected = current.flatMap { now in choices.firstIndex { $0.value == now } } ?? 0
        return FormField(
            id: id,
            label: label,
            content: .choice(choices, selected: selected),
            hint: "← → or space"
        )
    }
}

extension Resource {
    var title: String {
        switch self {
        case .users: "users"
        case .pipelines: "pipelines"
        case .executions: "executions"
        case .aiTokens: "AI tokens"
        case .artifacts: "artifacts"
        case .apiKeys: "API keys"
        case .storage: "storage"
        }
    }

    /// An amount of it, short.
    func amount(_ number: Int64) -> String {
        self == .storage ? Format.bytes(number) : Format.short(number)
    }
}
