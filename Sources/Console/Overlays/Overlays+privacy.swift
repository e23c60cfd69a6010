import Domain
import Terminal

extension FormOverlay {
    static func hold(_ tenant: TenantRef) -> FormOverlay {
        FormOverlay(
            title: SafeText("Legal hold in \(tenant.name)", limit: 60),
            plan: [
                SafeText(
                    "Places 1 hold: nobody can erase the person, or anybody when none is named, "
                        + "until it is lifted. Undone by: lift."
                )
            ],
            form: Form([
                FormField(
                    id: "member",
                    label: "Member",
                    content: .pick(
                        PickField(
                            [FormField.Choice("", title: "everybody")],
                            isWhole: false,
                            options: .init(takesWords: true)
                        )
                    ),
                    hint: "↓ opens the list; a mail address may be typed as well",
                    help: "Whom nobody can erase while the hold is there. A hold on everybody "
                        + "covers those who come later, too."
                ),
                text("reason", "Reason", placeholder: "why, such as a case number", limit: 500),
            ]),
            intent: .privacy(.hold(tenant))
        )
    }

    static func copy(of account: Account) -> FormOverlay {
        FormOverlay(
            title: SafeText("Copy of the data of \(account.user.name)", limit: 60),
            plan: [
                SafeText(
                    "Asks a worker for 1 copy of everything about the person, kept for a week. "
                        + "Five a day are the limit. Cannot be undone."
                )
            ],
            form: Form([
                text("reason", "Reason", placeholder: "why, for the audit trail", limit: 500)
            ]),
            intent: .privacy(.copyOf(account))
        )
    }
}

extension DialogOverlay {
    static func copy(of member: Member, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Copy of the data of \(member.name)", limit: 60),
                lines: [
                    SafeText("Asks a worker for 1 copy of what \(tenant.name) has about them."),
                    "It is kept for a week; the trail says who fetches it. Cannot be undone.",
                ],
                verb: "Ask"
            ),
            intent: .privacy(.request(tenant, member, .export))
        )
    }

    static func erase(_ member: Member, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Erase \(member.name)", limit: 60),
                lines: [
                    SafeText("Ends 1 membership of \(tenant.name) and forgets the name there."),
                    "Trails keep the id alone. It cannot be undone.",
                ],
                verb: "Erase",
                isDangerous: true,
                demand: .init(word: member.email)
            ),
            intent: .privacy(.request(tenant, member, .erase))
        )
    }

    static func approve(
        _ request: DataRequest,
        of person: User?,
        in tenant: TenantRef
    ) -> DialogOverlay {
        let id = String(request.subject.description.prefix(8))
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText("Erase \(person?.name ?? id), who asked for it", limit: 60),
                lines: [
                    SafeText("Ends 1 membership of \(tenant.name) and forgets the name there."),
                    "Trails keep the id alone. It cannot be undone.",
                ],
                verb: "Erase",
                isDangerous: true,
                demand: .init(word: person?.email ?? id)
            ),
            intent: .privacy(.approveErasure(tenant, request))
        )
    }

    static func lift(_ hold: LegalHold, of name: String?, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Lift the hold on \(name ?? "everybody")", limit: 60),
                lines: [
                    SafeText("Lifts 1 hold: \(hold.reason)", limit: 300),
                    "Whoever it was on can be erased again. Undone by: another hold.",
                ],
                verb: "Lift",
                isDangerous: true,
                demand: .init(word: tenant.slug)
            ),
            intent: .privacy(.releaseHold(tenant, hold))
        )
    }

    static func erase(_ account: Account) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Erase \(account.user.name) everywhere", limit: 60),
                lines: [
                    "Makes 1 person nobody: they leave every tenant, and sessions, credentials "
                        + "and mails go.",
                    "Trails keep the id alone. It cannot be undone.",
                ],
                verb: "Erase",
                isDangerous: true,
                demand: .init(word: account.user.email, needsReason: true)
            ),
            intent: .person(.erase(account))
        )
    }
}
