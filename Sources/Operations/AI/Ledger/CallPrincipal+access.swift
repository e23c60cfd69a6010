import Domain
import Storage

extension CallPrincipal {
    /// How the tables are reached before anything is held.
    var access: Access {
        switch self {
        case .member(let caller): .tenant(caller, .aiUse)
        case .visitor(let tenant, _):
            Access(
                context: AccessContext(
                    kind: .system(.aiGateway),
                    tenant: tenant,
                    mode: .readWrite
                ),
                guard: .process,
                requestID: nil
            )
        }
    }

    /// The member, for a search with their rights.
    var member: TenantCaller? {
        if case .member(let caller) = self { caller } else { nil }
    }
}
