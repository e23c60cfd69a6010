import Console
import Domain
import Operations

extension TenantClient {
    init(desk: ConsoleDesk) {
        self.init(
            overview: { try await ShowOverview(try await desk.open())(by: $0) },
            highlights: { try await ShowHighlights(try await desk.open())($0, by: $1) },
            refreshFigures: { caller in
                try await RefreshFigures(try await desk.open())(tenants: nil, by: caller)
            },
            list: { try await ListTenants(try await desk.open())($0, page: $1, by: $2) },
            resolve: { name, caller in
                let environment = try await desk.open()
                let id = try await ResolveTenant(environment)(name, by: caller)
                return try await FindTenant(environment)(id, by: caller)
            },
            find: { try await FindTenant(try await desk.open())($0, by: $1) },
            workspace: { try await ShowWorkspace(try await desk.open())(by: $0) },
            change: Changes(desk: desk)
        )
    }
}

extension TenantClient.Changes {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            provision: { new, key, caller in
                try await desk.change {
                    try await ProvisionTenant($0)(new, idempotencyKey: key, by: caller)
                }
            },
            suspend: { id, reason, caller in
                try await desk.change {
                    try await SuspendTenant($0)(id, reason: reason, by: caller)
                }
            },
            resume: { id, reason, caller in
                try await desk.change { try await ResumeTenant($0)(id, reason: reason, by: caller) }
            },
            rename: { id, name, caller in
                try await desk.change {
                    try await UpdateTenant($0)(id, name: name, version: nil, by: caller)
                }
            },
            plan: { id, plan, caller in
                try await desk.change { try await ChangePlan($0)(id, to: plan, by: caller) }
            },
            quota: { id, resource, soft, hard, caller in
                try await desk.change {
                    try await ChangeQuota($0)(
                        id,
                        resource: resource,
                        soft: soft,
                        hard: hard,
                        by: caller
                    )
                }
            }
        )
    }
}

extension SupportClient {
    init(desk: ConsoleDesk) {
        self.init(
            open: { tenant, wish, caller in
                try await OpenSupportSession(try await desk.open())(
                    tenant: tenant,
                    reason: wish.reason,
                    ticket: wish.ticket,
                    mode: wish.mode,
                    minutes: wish.minutes,
                    consentToken: wish.consentToken,
                    by: caller
                )
            },
            end: { try await EndSupportSession(try await desk.open())($0, by: $1) }
        )
    }
}
