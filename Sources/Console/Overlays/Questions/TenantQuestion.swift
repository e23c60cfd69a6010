import Domain

/// What operators ask before they change a tenant from outside.
enum TenantQuestion: Question {
    case suspend(TenantRef)
    case resume(TenantRef)

    var tenant: TenantRef? { nil }

    private var subject: TenantRef {
        switch self {
        case .suspend(let tenant), .resume(let tenant): tenant
        }
    }

    func ask(reason: String) -> Ask? {
        switch self {
        case .suspend(let tenant): .platform(.suspend(tenant.id, reason: reason))
        case .resume(let tenant): .platform(.resumeTenant(tenant.id, reason: reason))
        }
    }

    func takeBack(after _: ConsoleAnswer) -> TakeBack? {
        switch self {
        case .suspend(let tenant):
            TakeBack(
                "Resume \(tenant.name)",
                .platform(.resumeTenant(tenant.id, reason: "undo of the suspension"))
            )
        case .resume(let tenant):
            TakeBack(
                "Suspend \(tenant.name)",
                .platform(.suspend(tenant.id, reason: "undo of the resumption"))
            )
        }
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        let verb =
            switch self {
            case .suspend: "Suspended"
            case .resume: "Resumed"
            }
        console.tell("\(verb) \(subject.name).", takeBack(after: answer), in: subject)
        return console.settleAfterWrite(answer)
    }
}
