import Domain

extension Wording {
    private static let greeting = "Hello{{#name}} {{.}}{{/name}},"
    private static let codeFollows = "If the link cannot be opened, use this code:"

    static func english(_ template: Mail.Template) -> Wording {
        switch template {
        case .verification: verification
        case .registeredAlready: registeredAlready
        case .passwordReset: passwordReset
        case .passwordChanged: passwordChanged
        case .invitation: invitation
        case .lockNotice: lockNotice
        case .budgetAlert: budgetAlert
        }
    }

    private static let verification = Wording(
        subject: "Confirm your mail address",
        opening: [
            greeting,
            "somebody, probably you, registered this address with Ghostworks. Please confirm it:",
        ],
        action: .init(label: "Confirm the address", path: "/verify-email#{{token}}"),
        closing: [
            "The link works once, until {{expires_at}}.",
            "If it was not you, do nothing: without the link the account cannot be used.",
            codeFollows,
        ],
        code: "{{token}}"
    )

    private static let registeredAlready = Wording(
        subject: "You have an account already",
        opening: [
            greeting,
            "somebody, probably you, registered this address with Ghostworks, but it has an "
                + "account already. Sign in with it:",
        ],
        action: .init(label: "Sign in", path: "/sign-in"),
        closing: [
            "If you forgot the password, you can set a new one there.",
            "If it was not you, do nothing: nobody was told that the account exists.",
        ]
    )

    private static let passwordReset = Wording(
        subject: "Set a new password",
        opening: [
            greeting,
            "somebody, probably you, asked for a new password for your account. Set it here:",
        ],
        action: .init(label: "Set a new password", path: "/reset-password#{{token}}"),
        closing: [
            "The link works once, until {{expires_at}}.",
            "If it was not you, do nothing: your password stays as it is.",
            codeFollows,
        ],
        code: "{{token}}"
    )

    private static let passwordChanged = Wording(
        subject: "Your password was changed",
        opening: [
            greeting, "the password of your account was changed just now.",
            "If it was you, there is nothing to do. If it was not, set a new one at once:",
        ],
        action: .init(label: "Set a new password", path: "/forgot-password"),
        closing: []
    )

    private static let invitation = Wording(
        subject: "Invitation to {{workspace}}",
        opening: [
            greeting,
            "{{inviter}} invites you to the workspace {{workspace}} on Ghostworks, as {{role}}.",
        ],
        action: .init(label: "See the invitation", path: "/invitations#{{token}}"),
        closing: [
            "The invitation is for this mail address only and holds until {{expires_at}}.",
            "If you do not know the sender, do nothing.", codeFollows,
        ],
        code: "{{token}}"
    )

    private static let lockNotice = Wording(
        subject: "Signing in to your account is locked for a while",
        opening: [
            greeting,
            "after several wrong passwords, signing in to your account is locked until {{until}}.",
            "If it was you, wait until then, or set a new password:",
        ],
        action: .init(label: "Set a new password", path: "/forgot-password"),
        closing: ["If it was not you: your password was not guessed, and nobody got in."]
    )

    private static let budgetAlert = Wording(
        subject: "AI budget of {{workspace}}: "
            + "{{#percent}}{{.}} % used{{/percent}}{{^percent}}soft limit reached{{/percent}}",
        opening: [
            greeting,
            "the AI budget for {{budget_metric}} of {{budget_scope}} in the workspace "
                + "{{workspace}} has reached "
                + "{{#percent}}{{.}} % of its limit{{/percent}}"
                + "{{^percent}}its soft limit{{/percent}}: {{used}} of {{hard}} since {{since}}.",
            "When the limit itself is reached, further calls are refused until the next period.",
        ],
        action: .init(label: "See the budgets", path: "/ai/budgets"),
        closing: ["You get this mail once for each share of a limit in a period."]
    )
}
