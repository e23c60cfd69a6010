import Domain
import Terminal

extension FormOverlay {
    static func price(after row: PriceRow) -> FormOverlay {
        FormOverlay(
            title: SafeText("Next price of \(row.model)", limit: 70),
            plan: [
                "Adds 1 version: it holds for every call from now on, and never changes. Calls "
                    + "that were made before keep their price.",
                "A change of more than ten times waits until another operator approves it. "
                    + "Undone by: another price.",
            ],
            form: Form(amounts(row.amounts) + tiers(row.amounts?.tiers ?? [])),
            intent: .ai(.price(model: row.model))
        )
    }

    private static func amounts(_ old: PriceAmounts?) -> [FormField] {
        func tokens(
            _ id: String,
            _ label: SafeText,
            _ amount: Int64?,
            placeholder: SafeText = "",
            hint: SafeText = "",
            help: SafeText = ""
        ) -> FormField {
            text(
                id,
                label,
                value: amount.map { "$\(PriceRow.text($0, places: 6))/M" } ?? "",
                placeholder: placeholder,
                limit: 30,
                hint: hint,
                help: help
            )
        }
        return [
            tokens(
                "input",
                "Read",
                old?.input,
                hint: "with its unit, such as $0.15/M: USD for a million tokens"
            ),
            tokens(
                "output",
                "Written",
                old?.output,
                help: "What the model writes, thoughts apart."
            ),
            tokens(
                "cached",
                "Cached",
                old?.cached,
                placeholder: "as read",
                help: "What is read from the provider's cache; empty for the price of what is read."
            ),
            tokens(
                "cache_write",
                "Kept in cache",
                old?.cacheWrite,
                placeholder: "as read",
                help: "What is put into the provider's cache; empty for the price of what is read."
            ),
            tokens(
                "reasoning",
                "Thoughts",
                old?.reasoning,
                placeholder: "as written",
                help: "What the model thinks before it writes; empty for the price of what is "
                    + "written."
            ),
            text(
                "request",
                "Each request",
                value: old.map { "$\(PriceRow.text($0.request, places: 9))" } ?? "$0.00",
                limit: 30,
                hint: "besides, such as $0.01"
            ),
        ]
    }

    static func price(_ values: FormValues, model: String) throws(DomainError) -> Order {
        var problems = FieldProblems()
        func pico(_ id: String) -> Int64? {
            problems.collect { () throws(DomainError) in
                try TokenPrice.pico(values[id], field: id)
            }
        }
        func optional(_ id: String) -> Int64? { values[id].nonBlank == nil ? nil : pico(id) }
        let (input, output) = (pico("input"), pico("output"))
        let (cached, kept) = (optional("cached"), optional("cache_write"))
        let thoughts = optional("reasoning")
        let request = problems.collect { () throws(DomainError) in
            values["request"].nonBlank == nil
                ? 0 : try TokenPrice.nano(values["request"], field: "request")
        }
        let tiers = tiers(values, &problems)
        guard problems.list.isEmpty, let input, let output, let request else {
            throw .invalid(problems.list)
        }
        let amounts = try PriceAmounts(
            input: input,
            output: output,
            cached: cached,
            cacheWrite: kept,
            reasoning: thoughts,
            request: request,
            tiers: tiers
        )
        return .ask(.platform(.prices(.set(model: model, amounts))))
    }
}

extension DialogOverlay {
    static func decide(_ proposal: PriceProposal, approves: Bool) -> DialogOverlay {
        let amounts = proposal.amounts
        let price =
            "$\(PriceRow.text(amounts.input, places: 6)) read, "
            + "$\(PriceRow.text(amounts.output, places: 6)) written, a million tokens"
        var lines = [SafeText("The price that waits: \(price).")] + amounts.tiers.map(tier)
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

    static func resetOverhead(of model: AIModel, _ tokens: Int64) -> DialogOverlay {
        let lines: [SafeText] = [
            SafeText(
                "Its provider was seen to bill \(Format.count(tokens)) tokens beyond what calls "
                    + "may write."
            ),
            "Calls to it will hold so many tokens less.",
            "Undone by: the next call that is billed more than it may write.",
        ]
        return DialogOverlay(
            dialog: Dialog(
                title: SafeText("Reset the overhead of \(model.id)", limit: 70),
                lines: lines,
                verb: "Reset"
            ),
            intent: .ai(.resetOverhead(model: model.id))
        )
    }

    private static func tier(_ tier: PriceTier) -> SafeText {
        SafeText(
            "Above \(tier.above) tokens read: $\(PriceRow.text(tier.input, places: 6)) read, "
                + "$\(PriceRow.text(tier.output, places: 6)) written."
        )
    }
}
