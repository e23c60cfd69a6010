import Domain
import Storage

extension DemoTenant {
    /// Sixty days of AI use that stays within the plan's monthly tokens.
    mutating func use() -> [DemoUse] {
        let (callsADay, largest) = plan.use(index)
        let moments = random.moments(
            callsADay * Int(DemoPlan.days),
            from: row.createdAt,
            to: plan.end
        )
        return moments.map { moment in
            let isLarge = random.chance(25)
            let tokensIn = Int64(random.within(largest / 8...largest))
            let tokensOut = tokensIn / Int64(random.within(3...9))
            // Pico-USD a token over 1,000: nano-USD.
            let costNano =
                isLarge
                ? (tokensIn * 2_500_000 + tokensOut * 10_000_000) / 1_000
                : (tokensIn * 150_000 + tokensOut * 600_000) / 1_000
            return DemoUse(
                request: random.id(at: moment),
                model: isLarge ? "offline/writer" : "offline/search",
                purpose: random.pick(DemoWords.purposes),
                user: random.pick(authors),
                tokensIn: tokensIn,
                tokensOut: tokensOut,
                costNano: costNano,
                at: moment
            )
        }
    }

    /// Ids of the two budgets.
    mutating func budgetIDs() -> (tokens: BudgetID, cost: BudgetID) {
        (random.id(at: plan.start), random.id(at: plan.start))
    }
}
