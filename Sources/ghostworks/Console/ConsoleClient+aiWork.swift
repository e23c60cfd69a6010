import Console
import Domain
import Operations

extension AIWorkClient {
    init(desk: ConsoleDesk) {
        self.init { request, caller in
            switch request {
            case .calls(let filter, let page):
                return .calls(
                    try await ListCalls(try await desk.open())(filter, page: page, by: caller)
                )
            case .call(let id):
                return .call(try await ExplainCall(try await desk.open())(id, by: caller))
            case .cancel(let id):
                return .cancelled(
                    try await desk.change { try await CancelCall($0)(id, by: caller) }
                )
            case .alerts(let page):
                return .alerts(try await ListAlerts(try await desk.open())(page: page, by: caller))
            case .acknowledge(let id):
                return .acknowledged(
                    try await desk.change { try await AcknowledgeAlert($0)(id, by: caller) }
                )
            case .create(let draft):
                return .created(
                    try await desk.change { environment in
                        let holder = try await Self.holder(of: draft, environment, caller)
                        let new = try draft.budget(of: holder)
                        return try await CreateBudget(environment)(new, by: caller)
                    }
                )
            case .reset(let id, let reason):
                return .wasReset(
                    try await desk.change {
                        try await ResetBudget($0)(id, reason: reason, by: caller)
                    }
                )
            case .keyNames(let ids):
                let keys = try await NameAPIKeys(try await desk.open())(ids, by: caller)
                let names = ids.map { ($0, keys[$0]?.name ?? "") }
                return .keyNames(Dictionary(names) { first, _ in first })
            case .change(let id, let edit, let version):
                return .budget(
                    try await desk.change {
                        try await ChangeBudget($0)(id, edit, version: version, by: caller)
                    }
                )
            }
        }
    }

    /// Who a budget is about: a member may be named by the mail address, a key by its name.
    private static func holder(
        of draft: BudgetDraft,
        _ environment: Operations.Environment,
        _ caller: TenantCaller
    ) async throws -> String {
        if draft.scope == .apiKey {
            let key = try await ResolveAPIKey(environment)(draft.holder, by: caller)
            return key.description
        }
        guard draft.scope == .user, UserID(draft.holder) == nil else { return draft.holder }
        let found = try await ListMembers(environment)(
            MemberFilter(search: draft.holder),
            page: PageRequest(limit: PageRequest.limits.upperBound),
            by: caller
        )
        let member = found.items.first { $0.email.lowercased() == draft.holder.lowercased() }
        guard let member else {
            throw DomainError.invalid("scope_id", "must be the mail address or id of a member")
        }
        return member.user.description
    }
}
