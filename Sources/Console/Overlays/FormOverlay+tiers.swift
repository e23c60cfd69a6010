import Domain
import Terminal

/// The tiers of a price: a line each, written as in the shell.
extension FormOverlay {
    /// A field for each tier that a price may have, with those of the price before.
    static func tiers(_ old: [PriceTier]) -> [FormField] {
        (1...PriceTier.most).map { number in
            text(
                field(of: number),
                SafeText("Tier \(number)"),
                value: old.indices.contains(number - 1) ? old[number - 1].typed : "",
                placeholder: "none",
                limit: 120,
                hint: "such as 200000:$6/M:$22.50/M; empty for none",
                help: "A call that reads more tokens than the first number costs what follows, "
                    + "all of its tokens: what is read, what is written, and, behind further "
                    + "colons, cached, kept in cache and thoughts."
            )
        }
    }

    /// What is typed in them; what is wrong is added to the problems of its field.
    static func tiers(_ values: FormValues, _ problems: inout FieldProblems) -> [PriceTier] {
        var found: [PriceTier] = []
        for number in 1...PriceTier.most {
            let field = field(of: number)
            guard let typed = values[field].nonBlank else { continue }
            let read = problems.collect { () throws(DomainError) in
                try tier(typed, field: field, beside: found)
            }
            if let read { found.append(read) }
        }
        return found
    }

    private static func field(of number: Int) -> String { "tier\(number)" }

    private static func tier(
        _ typed: String,
        field: String,
        beside others: [PriceTier]
    ) throws(DomainError) -> PriceTier {
        let tier: PriceTier
        do throws(DomainError) {
            tier = try PriceTier(parsing: typed)
        } catch {
            guard case .invalid(let problems) = error.kind, let first = problems.first else {
                throw error
            }
            throw .invalid(field, first.problem)
        }
        guard !others.contains(where: { $0.above == tier.above }) else {
            throw .invalid(field, "must begin at another number of tokens than the tiers before")
        }
        return tier
    }
}
