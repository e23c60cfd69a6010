import Domain
import Terminal

extension FormOverlay {
    /// The fields begin with the amounts of the row; `now` is what the model costs now, nil for one
    /// without a price.
    static func price(after row: PriceRow, now: PriceAmounts?) -> FormOverlay {
        FormOverlay(
            title: SafeText("Next price of \(row.model)", limit: 70),
            plan: [
                "Adds 1 version: it holds for every call from now on, and never changes. Calls "
                    + "that were made before keep their price.",
                "A change of more than ten times waits until another operator approves it. "
                    + "Undone by: another price.",
            ],
            form: Form(amounts(row.amounts) + tiers(row.amounts?.tiers ?? [])),
            intent: .ai(.price(model: row.model, now: now))
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
                value: amount.map { TokenPrice.typed($0) } ?? "",
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
                value: TokenPrice.typed(nano: old?.request ?? 0),
                limit: 30,
                hint: "besides, such as $0.01"
            ),
        ]
    }

    /// The amounts that are typed in its fields.
    static func price(_ values: FormValues) throws(DomainError) -> PriceAmounts {
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
        return try PriceAmounts(
            input: input,
            output: output,
            cached: cached,
            cacheWrite: kept,
            reasoning: thoughts,
            request: request,
            tiers: tiers
        )
    }
}

extension DialogOverlay {
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
}
