import Domain
import Terminal

/// One change for several rows: what is done to which, and what is left out and why.
struct Bulk: Hashable, Sendable {
    /// What is done, as `Suspend`.
    let verb: String
    /// What it is done to, as `tenant`.
    let noun: String
    /// What it means, and what takes it back.
    var consequences: [String] = []
    /// The tenant whose own data changes.
    var tenant: TenantRef?
    var steps: [Step]
    var left: [LeftOut] = []
    var isDangerous = false
    var needsReason = false
    /// Whether it takes back what another one did.
    var takesBack = false

    /// The change of one row.
    struct Step: Hashable, Sendable {
        /// The key of the row in words.
        let id: String
        let name: String
        let work: Work

        enum Work: Hashable, Sendable {
            /// As the dialog of one row asks for it.
            case question(DialogOverlay.Intent)
            case ask(Ask)
        }

        func ask(reason: String) -> Ask? {
            switch work {
            case .question(let intent): intent.question.ask(reason: reason)
            case .ask(let ask): ask
            }
        }

        func takeBack(after answer: ConsoleAnswer) -> TakeBack? {
            guard case .question(let intent) = work else { return nil }
            return intent.question.takeBack(after: answer)
        }
    }

    /// A row that nothing is done to.
    struct LeftOut: Hashable, Sendable {
        let name: String
        let reason: String
    }

    /// `Suspend 3 tenants`.
    var title: String { "\(verb) \(Format.plural(steps.count, noun))" }

    /// What has to be typed before it runs: the tenant's slug, or outside of one the number.
    var word: String? { isDangerous ? tenant?.slug ?? String(steps.count) : nil }
}

extension Bulk {
    /// Sorts marked rows into those that are changed and those that are left out.
    ///
    /// The obstacle says why a row is left out; nil when it is changed.
    init<Item, ID>(
        _ verb: String,
        _ noun: String,
        of rows: [(id: ID, item: Item)],
        name: (Item) -> String,
        obstacle: (Item) -> String?,
        question: (Item) -> DialogOverlay.Intent
    ) {
        self.verb = verb
        self.noun = noun
        steps = []
        for (id, item) in rows {
            if let reason = obstacle(item) {
                left.append(LeftOut(name: name(item), reason: reason))
            } else {
                steps.append(
                    Step(id: "\(id)", name: name(item), work: .question(question(item)))
                )
            }
        }
    }

    /// The same with more said about it.
    func with(
        _ consequences: String...,
        in tenant: TenantRef? = nil,
        isDangerous: Bool = false,
        needsReason: Bool = false
    ) -> Bulk {
        var bulk = self
        bulk.consequences = consequences
        bulk.tenant = tenant
        bulk.isDangerous = isDangerous
        bulk.needsReason = needsReason
        return bulk
    }
}

extension Bulk {
    private static let mostNames = 8

    /// The plan for all of them, before anything is asked for.
    var plan: Dialog {
        var lines = [SafeText("\(title): \(Self.list(steps.map(\.name)))", limit: 600)]
        lines += consequences.map { SafeText($0) }
        if !left.isEmpty {
            lines.append(SafeText("Left out: \(Format.plural(left.count, "row"))."))
            lines += left.prefix(Self.mostNames).map {
                SafeText("  \($0.name): \($0.reason)", limit: 200)
            }
            if left.count > Self.mostNames {
                lines.append(SafeText("  and \(left.count - Self.mostNames) more"))
            }
        }
        return Dialog(
            title: SafeText(title, limit: 60),
            lines: lines,
            verb: SafeText(verb),
            isDangerous: isDangerous,
            demand: .init(word: word, needsReason: needsReason)
        )
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(mostNames).map { $0.count > 40 ? "\($0.prefix(39))…" : $0 }
        let rest = names.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more." : ".")
    }
}
