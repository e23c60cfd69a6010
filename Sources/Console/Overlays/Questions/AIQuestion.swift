import Domain

/// What is asked before an alert is off the list or a call ends.
enum AIQuestion: Question {
    case acknowledge(TenantRef, ListedAlert)
    case cancel(TenantRef, AICallRecord)

    var tenant: TenantRef? {
        switch self {
        case .acknowledge(let tenant, _), .cancel(let tenant, _): tenant
        }
    }

    func ask(reason _: String) -> Ask? {
        switch self {
        case .acknowledge(let tenant, let alert): .tenant(.ai(.acknowledge(alert.id)), tenant)
        case .cancel(let tenant, let call): .tenant(.ai(.cancel(call.id)), tenant)
        }
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        if case .ai(let answer) = answer { return console.takeDone(answer) }
        return console.reload(isExplicit: true)
    }
}
