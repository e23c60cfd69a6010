import Domain

/// What is asked before a role of the tenant's own goes.
enum RoleQuestion: Question {
    case delete(TenantRef, CustomRole)

    var tenant: TenantRef? {
        switch self {
        case .delete(let tenant, _): tenant
        }
    }

    func ask(reason _: String) -> Ask? {
        switch self {
        case .delete(let tenant, let role): .tenant(.roles(.delete(.id(role.id))), tenant)
        }
    }

    func done(_: ConsoleAnswer, in console: inout Console) -> [Effect] {
        switch self {
        case .delete(let tenant, let role): console.deleted(role, in: tenant)
        }
    }
}
