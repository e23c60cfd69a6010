import Domain

extension ConsoleClient {
    /// Runs a request with the closure that belongs to it.
    func perform(
        _ request: ConsoleRequest,
        progress: @escaping AuditClient.Progress
    ) async throws -> ConsoleAnswer {
        switch request {
        case .access(let request): try await perform(request)
        case .platform(let request, let caller):
            try await perform(request, by: caller, progress: progress)
        case .tenant(let request, let caller):
            try await perform(request, by: caller, progress: progress)
        case .file(let request): .file(try await files.perform(request))
        }
    }

    private func perform(_ request: AccessRequest) async throws -> ConsoleAnswer {
        switch request {
        case .signIn(let email, let password):
            switch try await access.signIn(email, password) {
            case .signedIn(let identity): .identity(identity)
            case .codeWanted(let token): .codeWanted(token: token)
            }
        case .verify(let token, let code): .identity(try await access.verify(token, code))
        case .resume: .identity(try await access.resume())
        case .probe:
            try await done { try await access.probe() }
        }
    }

    private func done(_ work: () async throws -> Void) async throws -> ConsoleAnswer {
        try await work()
        return .done
    }

    private func perform(
        _ request: PlatformRequest,
        by caller: Caller,
        progress: @escaping AuditClient.Progress
    ) async throws -> ConsoleAnswer {
        switch request {
        case .signOut: try await done { try await access.signOut(caller) }
        case .workspaces: .workspaces(try await access.workspaces(caller))
        case .overview: .overview(try await tenants.overview(caller))
        case .highlights(let page): .highlights(try await tenants.highlights(page, caller))
        case .refreshFigures: try await done { try await tenants.refreshFigures(caller) }
        case .tenants(let query, let page): .tenants(try await tenants.list(query, page, caller))
        case .resolve(let name): .tenantDetail(try await tenants.resolve(name, caller))
        case .tenant(let id): .tenantDetail(try await tenants.find(id, caller))
        case .provision(let new, let key):
            .tenant(try await tenants.change.provision(new, key, caller))
        case .suspend(let id, let reason):
            .tenant(try await tenants.change.suspend(id, reason, caller))
        case .resumeTenant(let id, let reason):
            .tenant(try await tenants.change.resume(id, reason, caller))
        case .rename(let id, let name):
            .tenant(try await tenants.change.rename(id, name, caller))
        case .people(let request): .directory(try await people.perform(request, caller))
        case .personal(let request): .privacy(try await privacy.platform(request, caller))
        case .prices(let request): .prices(try await prices.perform(request, caller))
        case .jobs(let request): .jobs(try await jobs.perform(request, caller))
        case .audit(let request): try await audit.platform(request, caller, progress)
        case .stays(let isLive, let page):
            .directory(.stays(try await people.stays(isLive, page, caller)))
        case .changePlan(let id, let plan):
            .tenantDetail(try await tenants.change.plan(id, plan, caller))
        case .changeQuota(let id, let resource, let soft, let hard):
            .tenantDetail(try await tenants.change.quota(id, resource, soft, hard, caller))
        case .openSupport(let id, let wish):
            .supportSession(try await support.open(id, wish, caller))
        case .endSupport(let id): try await done { try await support.end(id, caller) }
        case .elevate(let reason, let minutes):
            try await done { try await access.elevate(reason, minutes, caller) }
        case .endElevation: try await done { try await access.endElevation(caller) }
        case .sessions(let page): .sessions(try await sessions.list(page, caller))
        case .endSession(let id): try await done { try await sessions.end(id, caller) }
        case .endOtherSessions: .ended(try await sessions.endOthers(caller))
        }
    }

    private func perform(
        _ request: TenantRequest,
        by caller: TenantCaller,
        progress: @escaping AuditClient.Progress
    ) async throws -> ConsoleAnswer {
        switch request {
        case .workspace: .tenantDetail(try await tenants.workspace(caller))
        case .members(let request): try await perform(request, by: caller)
        case .roles(let request): try await perform(request, by: caller)
        case .invitations(let request): try await perform(request, by: caller)
        case .grants(let request): try await perform(request, by: caller)
        case .artifacts(let request): try await perform(request, by: caller)
        case .budgets: .budgets(try await ai.budgets(caller))
        case .usage(let grouping, let from, let to):
            .usage(try await ai.usage(grouping, from, to, caller))
        case .audit(let request): try await audit.tenant(request, caller, progress)
        case .keys(let request): try await perform(request, by: caller)
        case .consents(let request): .directory(try await people.consents(request, caller))
        case .ai(let request): .ai(try await aiWork.perform(request, caller))
        case .privacy(let request): .privacy(try await privacy.perform(request, caller))
        }
    }

    private func perform(
        _ request: MemberRequest,
        by caller: TenantCaller
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let query, let page): .members(try await members.list(query, page, caller))
        case .people(let ids): .people(try await members.people(ids, caller))
        case .add(let email, let role, let name):
            .member(try await members.add(email, role, name, caller))
        case .change(let user, let edit, let version):
            .member(try await members.change(user, edit, version, caller))
        case .remove(let user, let reason):
            try await done { try await members.remove(user, reason, caller) }
        case .transfer(let heir, let proof):
            .member(try await members.transfer(heir, proof, caller))
        case .leave: try await done { try await members.leave(caller) }
        }
    }

    private func perform(
        _ request: RoleRequest,
        by caller: TenantCaller
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list: .roles(try await roles.list(caller))
        case .create(let draft): .role(try await roles.create(draft, caller))
        case .edit(let name, let edit, let version):
            .role(try await roles.edit(name, edit, version, caller))
        case .delete(let name): try await done { try await roles.delete(name, caller) }
        }
    }

    private func perform(
        _ request: InvitationRequest,
        by caller: TenantCaller
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let status, let page):
            .invitations(try await invitations.list(status, page, caller))
        case .invite(let new): .invitation(try await invitations.invite(new, caller))
        case .resend(let id): .invitation(try await invitations.resend(id, caller))
        case .revoke(let id): try await done { try await invitations.revoke(id, caller) }
        }
    }

    private func perform(
        _ request: GrantRequest,
        by caller: TenantCaller
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let user, let page): .grants(try await grants.list(user, page, caller))
        case .give(let id, let permissions, let user):
            .grant(try await grants.give(id, permissions, user, caller))
        case .take(let id, let user):
            try await done { try await grants.take(id, user, caller) }
        }
    }

    private func perform(
        _ request: ArtifactRequest,
        by caller: TenantCaller
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let filter, let page):
            .artifacts(try await artifacts.list(filter, page, caller))
        case .find(let id): .artifact(try await artifacts.find(id, caller))
        case .revisions(let id, let page):
            .revisions(try await artifacts.revisions(id, page, caller))
        case .names(let ids):
            .artifactNames(try await artifacts.names(ids, caller))
        case .create(let draft, let key):
            .artifact(try await artifacts.change.create(draft, key, caller))
        case .update(let id, let edit, let version):
            .artifact(try await artifacts.change.update(id, edit, version, caller))
        case .delete(let id, let version, let reason):
            try await done { try await artifacts.change.delete(id, version, reason, caller) }
        case .restore(let id): .artifact(try await artifacts.change.restore(id, caller))
        }
    }
}
