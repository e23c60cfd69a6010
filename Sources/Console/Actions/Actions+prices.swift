import Domain
import Terminal

extension Actions {
    /// What models cost.
    static let prices: [Action] = [
        Action(
            id: "prices",
            keys: ["M"],
            label: "prices",
            help: "Show what models cost, will cost, and what waits for a second operator.",
            permission: .platformAiManage,
            run: { $0.open(.prices) }
        ),
        Action(
            id: "setprice",
            keys: ["e", "n"],
            label: "set price",
            help: "Give the selected model its next price; a great change waits for a second "
                + "operator.",
            screens: [.prices],
            permission: .platformAiManage,
            writes: true,
            rank: 10,
            obstacle: { $0.selectedPrice == nil ? "No model is selected." : nil },
            run: { $0.askPrice() }
        ),
        Action(
            id: "approveprice",
            keys: ["a"],
            label: "approve",
            help: "Approve the price that another operator proposed.",
            screens: [.prices],
            permission: .platformAiManage,
            writes: true,
            rank: 11,
            obstacle: { console in
                guard let proposal = console.selectedPrice?.proposal else {
                    return "No price that waits is selected."
                }
                return proposal.proposedBy == console.standing.identity?.user
                    ? "Who proposed a price cannot approve it: ask another operator." : nil
            },
            run: { $0.askDecision(approves: true) }
        ),
        Action(
            id: "rejectprice",
            keys: ["D"],
            label: "reject",
            help: "Reject the price that waits; one's own, too.",
            screens: [.prices],
            permission: .platformAiManage,
            writes: true,
            rank: 12,
            obstacle: { console in
                console.selectedPrice?.proposal == nil
                    ? "No price that waits is selected." : nil
            },
            run: { $0.askDecision(approves: false) }
        ),
        Action(
            id: "resetoverhead",
            keys: ["Z"],
            label: "reset overhead",
            help: "Forget what the model's provider was seen to bill beyond what calls may write.",
            screens: [.prices],
            permission: .platformAiManage,
            writes: true,
            rank: 13,
            obstacle: { console in
                console.selectedPrice?.overhead == nil
                    ? "No model with an overhead is selected." : nil
            },
            run: { $0.askOverhead() }
        ),
    ]
}

extension Console {
    var selectedPrice: PriceRow? { (trail.current?.content as? PricesScreen)?.list.selected }

    mutating func askPrice() -> [Effect] {
        guard let price = selectedPrice else { return [] }
        return openForm(.price(after: price, now: priceOfNow(price.model)))
    }

    mutating func askDecision(approves: Bool) -> [Effect] {
        guard let proposal = selectedPrice?.proposal else { return [] }
        let now = priceOfNow(proposal.model)
        overlay = .dialog(.decide(proposal, now: now, approves: approves, context))
        return []
    }

    /// What a model of the shown prices costs now.
    private func priceOfNow(_ model: String) -> PriceAmounts? {
        let rows = (trail.current?.content as? PricesScreen)?.list.ordered ?? []
        return rows.first { $0.isModel && $0.model == model }?.amounts
    }

    mutating func askOverhead() -> [Effect] {
        guard case .model(let model)? = selectedPrice, let tokens = model.overhead else {
            return []
        }
        overlay = .dialog(.resetOverhead(of: model, tokens))
        return []
    }

    /// What follows work on prices that was accepted; `old` is what the model cost before.
    mutating func takeDone(_ answer: PriceAnswer, after old: PriceAmounts? = nil) -> [Effect] {
        switch answer {
        case .published(let version):
            toast("The price of \(version.price.model) holds from now on.", .success)
        case .proposed(let proposal):
            let leap = old.flatMap(proposal.amounts.leap(from:))
            let why = leap.map {
                "\($0.name) changes by more than ten times, \($0.oldText) → \($0.newText)"
            }
            let other = "it changes by more than ten times from a price of the last day"
            toast(
                "The price of \(proposal.model) waits for a second operator: \(why ?? other).",
                .success
            )
        case .decided(let proposal):
            toast("The price of \(proposal.model) was \(proposal.status.rawValue).", .success)
        case .overheadReset(let model):
            toast("The overhead of \(model.id) is forgotten.", .success)
        case .list: break
        }
        return reload(isExplicit: true)
    }
}
