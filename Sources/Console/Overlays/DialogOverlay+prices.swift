import Domain
import Terminal

/// Prices before they hold: each amount old and new, and what it means now.
extension DialogOverlay {
    /// The next price of a model, beside the one of now.
    static func price(
        _ amounts: PriceAmounts,
        of model: String,
        now: PriceAmounts?,
        _ ask: Ask,
        from form: FormOverlay
    ) -> DialogOverlay {
        let leap = now.flatMap(amounts.leap(from:))
        var lines = steps(from: now, to: amounts)
        if let leap {
            lines += [
                SafeText(
                    "\(leap.name) changes by more than ten times: \(leap.oldText) → "
                        + "\(leap.newText)."
                ),
                "The price waits until another operator approves it; the one of now holds.",
                "Undone by: rejecting it.",
            ]
        } else {
            lines += [
                "It holds for every call from now on, unless a price of the last day was more "
                    + "than ten times another: then it waits for a second operator.",
                "It never changes. Undone by: another price.",
            ]
        }
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText(
                    leap == nil ? "Publish the price of \(model)" : "Propose a price of \(model)",
                    limit: 70
                ),
                lines: lines,
                verb: leap == nil ? "Publish" : "Propose",
                isDangerous: leap == nil
            ),
            intent: .ai(.confirm(ask, form))
        )
    }

    static func decide(
        _ proposal: PriceProposal,
        now: PriceAmounts?,
        approves: Bool,
        _ context: ScreenContext
    ) -> DialogOverlay {
        var lines = steps(from: now, to: proposal.amounts)
        if let moment = proposal.effectiveFrom, moment > context.now {
            lines.append(SafeText("It would hold from \(context.zone.minute(moment)) on."))
        }
        lines += [
            approves
                ? "Adds 1 version, which every call from its moment on is charged with."
                : "Takes 1 proposal off the list; the model keeps its price.",
            approves
                ? "It never changes. Undone by: another price."
                : "Undone by: proposing it again.",
        ]
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText(
                    "\(approves ? "Approve" : "Reject") the price of \(proposal.model)",
                    limit: 70
                ),
                lines: lines,
                verb: approves ? "Approve" : "Reject",
                isDangerous: approves,
                demand: .init(word: approves ? proposal.model : nil)
            ),
            intent: .ai(.decide(proposal, approves: approves))
        )
    }

    /// Every amount and every tier, old and new.
    private static func steps(from old: PriceAmounts?, to new: PriceAmounts) -> [SafeText] {
        new.steps(from: old).map { step in
            line(step.field.name, step.oldText, step.newText)
        }
            + new.tierSteps(from: old).map { step in
                line("Above \(Format.count(step.above)) tokens read", step.oldText, step.newText)
            }
    }

    private static func line(_ name: String, _ old: String, _ new: String) -> SafeText {
        old == new
            ? SafeText("\(name): \(new), as before") : SafeText("\(name): \(old) → \(new)")
    }
}

extension PriceStep {
    /// What it is an amount of, with the tokens above which it holds.
    var name: String {
        above.map { "\(field.name) (above \(Format.count($0)) tokens)" } ?? field.name
    }
}

extension PriceStep.Field {
    /// As the form of prices calls it.
    var name: String {
        switch self {
        case .input: "Read"
        case .output: "Written"
        case .cached: "Cached"
        case .cacheWrite: "Kept in cache"
        case .reasoning: "Thoughts"
        case .request: "Each request"
        }
    }
}
