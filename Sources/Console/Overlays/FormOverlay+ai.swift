import Domain
import Terminal

extension FormOverlay {
    static func editBudget(
        _ budget: Budget,
        in tenant: TenantRef,
        _ context: ScreenContext
    ) -> FormOverlay {
        FormOverlay(
            title: SafeText("Budget of \(tenant.name): \(budget.label(context))", limit: 70),
            plan: [
                SafeText(
                    "Changes 1 budget; the next call sees it, calls in flight finish. A limit "
                        + "below what is used refuses what is new."
                ),
                SafeText(
                    "A hard limit of 0 blocks every call that it is about. Undone by: the old "
                        + "limits."
                ),
            ],
            form: Form(
                [
                    text(
                        "hard",
                        "Hard limit",
                        value: budget.typed(budget.limits.hard),
                        limit: 30,
                        hint: SafeText("with its unit, such as \(budget.metric.example)")
                    ),
                    softLimit(budget.limits.soft.map(budget.typed) ?? ""),
                ]
                    + policy(
                        budget.policy,
                        allowance: budget.limits.overageAllowance == 0
                            ? "" : budget.typed(budget.limits.overageAllowance)
                    ) + [
                        choice(
                            "enabled",
                            "Measuring",
                            ["on", "off"],
                            at: budget.enabled ? "on" : "off"
                        )
                    ]
            ),
            intent: .ai(.budget(tenant, budget))
        )
    }

    /// What a call is charged whose process was lost.
    static func lostChoice(at action: BudgetPolicy.LostAction) -> FormField {
        var field = choice("on_lost", "Lost calls", of: lostChoices, at: action.rawValue)
        field.hint = "what a call is charged whose process was lost"
        return field
    }

    static let lostChoices = [
        FormField.Choice(
            BudgetPolicy.LostAction.estimate.rawValue,
            title: "its input and what came"
        ),
        FormField.Choice(BudgetPolicy.LostAction.hold.rawValue, title: "all that was held"),
        FormField.Choice(
            BudgetPolicy.LostAction.refundUnsent.rawValue,
            title: "nothing if never sent"
        ),
    ]
}

extension DialogOverlay {
    static func acknowledge(
        _ alert: ListedAlert,
        in tenant: TenantRef,
        _ context: ScreenContext
    ) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("See to the alert of \(alert.holder(context))", limit: 70),
                lines: [
                    SafeText("Takes 1 alert of \(tenant.name) off the list, in your name."),
                    "The budget stays as it is. Cannot be undone.",
                ],
                verb: "Acknowledge"
            ),
            intent: .ai(.acknowledge(tenant, alert))
        )
    }

    static func cancel(_ call: AICallRecord, in tenant: TenantRef) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("End the call to \(call.way.model)", limit: 70),
                lines: [
                    SafeText("Asks for 1 call of \(tenant.name) to end."),
                    "What was written by then is charged. Cannot be undone.",
                ],
                verb: "End",
                isDangerous: true
            ),
            intent: .ai(.cancel(tenant, call))
        )
    }
}

extension Budget {
    /// An amount as somebody would type it.
    func typed(_ amount: Int64) -> String { metric.typed(amount) }
}

extension Budget.Metric {
    /// An amount of it as somebody would type it.
    func typed(_ amount: Int64) -> String {
        self == .cost ? TokenPrice.typed(nano: amount) : "\(amount) \(words)"
    }
}
