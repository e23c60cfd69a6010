import Console
import Domain
import Operations
import Storage

extension ConsoleClient {
    /// The client whose closures are the operations.
    init(desk: ConsoleDesk) {
        self.init(
            access: AccessClient(desk: desk),
            sessions: SessionClient(desk: desk),
            tenants: TenantClient(desk: desk),
            support: SupportClient(desk: desk),
            members: MemberClient(desk: desk),
            roles: RoleClient(desk: desk),
            invitations: InvitationClient(desk: desk),
            grants: GrantClient(desk: desk),
            artifacts: ArtifactClient(desk: desk),
            ai: AIClient(desk: desk),
            audit: AuditClient(desk: desk),
            keys: KeyClient(desk: desk),
            people: PeopleClient(desk: desk),
            aiWork: AIWorkClient(desk: desk)
        )
    }
}

extension AccessClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            signIn: { email, password in
                do {
                    let signedIn = try await SignIn(try await desk.open())(
                        email: email,
                        password: Array(password.utf8),
                        kind: .console,
                        workspace: nil,
                        client: Self.client,
                        requestID: RequestName.new()
                    )
                    if let token = signedIn.sessionToken { try desk.session.write(token) }
                    return .signedIn(signedIn.identity)
                } catch let required as SecondFactorRequired where !required.needsEnrolment {
                    return .codeWanted(token: required.token)
                } catch let required as SecondFactorRequired {
                    var problem = required.problem
                    problem.hint = "Set one up in a shell: ghostworks login."
                    throw problem
                }
            },
            verify: { token, code in
                let signedIn = try await VerifySecondFactor(try await desk.open())(
                    token: token,
                    code: code,
                    client: Self.client,
                    requestID: RequestName.new()
                )
                if let token = signedIn.sessionToken { try desk.session.write(token) }
                return signedIn.identity
            },
            resume: {
                guard let token = try desk.session.read() else { throw Self.nobody }
                let resume = ResumeSession(try await desk.open())
                return try await resume(token: token, requestID: RequestName.new())
            },
            signOut: { caller in
                desk.session.remove()
                try await SignOut(try await desk.open())(by: caller)
            },
            probe: { try await desk.probe() },
            workspaces: { try await ListWorkspaces(try await desk.open())(by: $0) },
            elevate: { reason, minutes, caller in
                let elevate = ElevateConsole(try await desk.open())
                try await elevate(reason: reason, minutes: minutes, by: caller)
                desk.elevate(for: .seconds(minutes * 60))
            },
            endElevation: { caller in
                desk.endElevation()
                try await EndElevation(try await desk.open())(by: caller)
            }
        )
    }

    private static let client = ClientInfo(
        userAgent: "ghostworks/\(VersionText.version)",
        ip: nil
    )

    private static let nobody = DomainError(
        .unauthenticated,
        .unauthenticated,
        "Nobody is signed in.",
        hint: "Sign in."
    )
}

extension SessionClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListSessions(try await desk.open())(page: $0, by: $1) },
            end: { try await RevokeSessions(try await desk.open()).one($0, by: $1) },
            endOthers: { caller in
                try await RevokeSessions(try await desk.open()).all(keepingThis: true, by: caller)
            }
        )
    }
}

extension TenantClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            overview: { try await ShowOverview(try await desk.open())(by: $0) },
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
    fileprivate init(desk: ConsoleDesk) {
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

extension MemberClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListMembers(try await desk.open())($0, page: $1, by: $2) },
            add: { email, role, name, caller in
                try await desk.change {
                    try await AddMember($0)(
                        email: email,
                        role: role.text,
                        name: name,
                        by: caller
                    )
                }
            },
            change: { user, role, status, version, caller in
                try await desk.change {
                    try await ChangeMember($0)(
                        user,
                        role: role,
                        status: status,
                        version: version,
                        by: caller
                    )
                }
            },
            remove: { user, reason, caller in
                try await desk.change {
                    try await RemoveMember($0)(user, reason: reason, by: caller)
                }
            },
            transfer: { heir, caller in
                try await desk.change { try await TransferOwnership($0)(to: heir, by: caller) }
            },
            leave: { caller in
                try await desk.change { try await LeaveWorkspace($0)(by: caller) }
            },
            people: { try await NamePeople(try await desk.open())($0, by: $1) }
        )
    }
}

extension ArtifactClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListArtifacts(try await desk.open())($0, page: $1, by: $2) },
            find: { try await FindArtifact(try await desk.open())($0, deletedToo: true, by: $1) },
            revisions: { try await ListRevisions(try await desk.open())($0, page: $1, by: $2) },
            change: Changes(desk: desk)
        )
    }
}

extension ArtifactClient.Changes {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            create: { draft, key, caller in
                try await desk.change {
                    try await CreateArtifact($0)(draft, idempotencyKey: key, by: caller)
                }
            },
            update: { id, edit, version, caller in
                try await desk.change {
                    try await UpdateArtifact($0)(id, edit, version: version, by: caller)
                }
            },
            delete: { id, version, reason, caller in
                try await desk.change {
                    try await DeleteArtifact($0)(id, version: version, reason: reason, by: caller)
                }
            },
            restore: { id, caller in
                try await desk.change { try await RestoreArtifact($0)(id, by: caller) }
            }
        )
    }
}

extension AIClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            budgets: { try await ListBudgets(try await desk.open())(by: $0) },
            usage: { grouping, from, to, caller in
                try await ShowUsage(try await desk.open())(
                    grouping: grouping,
                    from: from,
                    to: to,
                    by: caller
                )
            }
        )
    }
}

extension AuditClient {
    fileprivate init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListAuditEvents(try await desk.open())($0, page: $1, by: $2) },
            verify: { try await VerifyChain(try await desk.open())(by: $0, progress: $1) }
        )
    }
}
