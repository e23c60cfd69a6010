import Domain

/// What is asked before an alert is off the list, a call ends, or a budget or price is different.
enum AIQuestion: Question {
    case acknowledge(TenantRef, ListedAlert)
    case cancel(TenantRef, AICallRecord)
    case reset(TenantRef, Budget)
    /// A price that waits for a second operator.
    case decide(PriceProposal, approves: Bool)
    /// What calls to a model hold beyond what they may write.
    case resetOverhead(model: String)
    /// What a form of a budget or price will do; backing out leads to the form again.
    case confirm(Ask, FormOverlay)

    var tenant: TenantRef? {
        switch self {
        case .acknowledge(let tenant, _), .cancel(let tenant, _), .reset(let tenant, _): tenant
        case .decide, .resetOverhead: nil
        case .confirm(_, let form): form.intent.tenant
        }
    }

    var holdsWork: Bool { form != nil }

    var form: FormOverlay? {
        if case .confirm(_, let form) = self { form } else { nil }
    }

    func ask(reason: String) -> Ask? {
        switch self {
        case .acknowledge(let tenant, let alert): .tenant(.ai(.acknowledge(alert.id)), tenant)
        case .cancel(let tenant, let call): .tenant(.ai(.cancel(call.id)), tenant)
        case .reset(let tenant, let budget):
            .tenant(.ai(.reset(budget.id, reason: reason)), tenant)
        case .decide(let proposal, let approves):
            .platform(.prices(.decide(proposal.id, approves: approves)))
        case .resetOverhead(let model): .platform(.prices(.resetOverhead(model: model)))
        case .confirm(let ask, _): ask
        }
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        if let form {
            return form.intent.entry.done(answer, FormValues(form.form), in: &console)
        }
        return switch answer {
        case .ai(let answer): console.takeDone(answer)
        case .prices(let answer): console.takeDone(answer)
        default: console.reload(isExplicit: true)
        }
    }
}
