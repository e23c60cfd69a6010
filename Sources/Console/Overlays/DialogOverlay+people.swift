import Domain
import Terminal

extension DialogOverlay {
    static func accountStatus(_ account: Account) -> DialogOverlay {
        let isActive = account.status == .active
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText(
                    "\(isActive ? "Disable" : "Enable") \(account.user.name)",
                    limit: 60
                ),
                lines: [
                    isActive
                        ? "Changes 1 person: every session ends, and nobody signs in as them."
                        : "Changes 1 person: they may sign in again. Old sessions stay ended.",
                    "Memberships, roles and documents stay. Undone by: the same key once more.",
                ],
                verb: isActive ? "Disable" : "Enable",
                isDangerous: isActive,
                demand: .init(word: isActive ? account.user.email : nil, needsReason: true)
            ),
            intent: .person(.status(account))
        )
    }

    static func endSessions(_ account: Account) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("End the sessions of \(account.user.name)", limit: 60),
                lines: [
                    "Ends every session of 1 person at all doors. They may sign in anew.",
                    "It cannot be undone.",
                ],
                verb: "End",
                isDangerous: true,
                demand: .init(needsReason: true)
            ),
            intent: .person(.endSessions(account))
        )
    }

    /// The last word before somebody rules the platform.
    static func grantSuperAdmin(
        _ request: PeopleRequest,
        to address: String,
        from form: FormOverlay
    ) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Make \(address) a super-admin", limit: 60),
                lines: [
                    "Gives 1 person every right on the platform: all tenants, all people, and "
                        + "who else is an operator.",
                    "Undone by: revoke.",
                ],
                verb: "Grant",
                isDangerous: true,
                demand: .init(word: address)
            ),
            intent: .person(.confirmGrant(request, form))
        )
    }

    static func revoke(_ grant: PlatformGrant) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText(
                    "\(grant.user.name) is no \(grant.role.rawValue) any more",
                    limit: 60
                ),
                lines: [
                    "Ends 1 role on the platform at once, and the person's support sessions.",
                    "Undone by: granting it again.",
                ],
                verb: "Revoke",
                isDangerous: true,
                demand: .init(word: grant.user.email, needsReason: true)
            ),
            intent: .person(.revokeGrant(grant))
        )
    }

    static func revoke(_ consent: SupportConsent, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "Take the consent back",
                lines: [
                    SafeText(
                        "Ends 1 consent of \(tenant.name), and every support session that rests "
                            + "on it at once."
                    ),
                    "Undone by: giving a new one.",
                ],
                verb: "Revoke",
                isDangerous: true
            ),
            intent: .consent(.revoke(tenant, consent))
        )
    }

    static func standingConsent(_ tenant: TenantRef, turnOn: Bool) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText(
                    turnOn ? "Let support write in \(tenant.name)" : "Support only reads again",
                    limit: 60
                ),
                lines: [
                    turnOn
                        ? "Super-admins may write in their support sessions until you say otherwise."
                        : "Writing sessions that rest on it end at once; those with a token stay.",
                    "Undone by: the same key once more.",
                ],
                verb: turnOn ? "Consent" : "Take back",
                isDangerous: turnOn,
                demand: .init(word: turnOn ? tenant.slug : nil)
            ),
            intent: .consent(.standing(tenant, turnOn))
        )
    }

    static func end(_ visit: SupportSession) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("End the session in \(visit.tenantSlug)", limit: 60),
                lines: ["Ends 1 support session of yours. Undone by: opening another one."],
                verb: "End"
            ),
            intent: .session(.endVisit(visit))
        )
    }

    /// A token that nobody can show again.
    static func token(_ given: GivenConsent, until zone: Zone, now: Instant) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: "Give this token to support",
                lines: [
                    SafeText(given.token),
                    SafeText(
                        "It lets them write until \(zone.minute(given.consent.expiresAt)) "
                            + "(\(zone.name(at: now))), and is not shown again."
                    ),
                ],
                verb: "Copy",
                closing: "I have it, close"
            ),
            intent: .consent(.copyToken(given.token))
        )
    }
}
