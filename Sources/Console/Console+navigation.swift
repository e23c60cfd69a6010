import Domain
import Terminal

extension Console {
    /// Goes to a place; into a tenant only with the right to see it, which an operator is asked
    /// to open first.
    mutating func open(_ destination: Destination) -> [Effect] {
        if let tenant = destination.tenant, !maySee(tenant), !destination.isOfClosed {
            return askForSupport(in: tenant, then: destination)
        }
        return show(screen(for: destination))
    }

    /// Puts a screen at the end of the trail and asks for what it shows.
    mutating func show(_ content: any ConsoleScreen) -> [Effect] {
        let effects = cancel(where: \.isScreen)
        let visit = trail.open(arranged(content))
        let asks = firstAsks(of: visit)
        return effects + send(asks, from: visit) + remember()
    }

    /// What a new screen needs; a filter that it begins with is read first.
    private mutating func firstAsks(of visit: Int) -> [SlotAsk] {
        guard var content = trail.content(of: visit) else { return [] }
        guard let text = content.filterText, !text.isEmpty else {
            return content.asks(isRefresh: false, context)
        }
        do throws(DomainError) {
            let asks = try content.filter(text, context)
            trail.set(content, of: visit)
            return asks
        } catch {
            toast(error, .failure)
            let asks = (try? content.filter("", context)) ?? []
            trail.set(content, of: visit)
            return asks
        }
    }

    private func screen(for destination: Destination) -> any ConsoleScreen {
        switch destination {
        case .overview: OverviewScreen()
        case .tenants(let filter):
            TenantsScreen(filter: filter, order: surroundings.memory.orders["tenants"])
        case .workspaces: WorkspacesScreen()
        case .sessions: SessionsScreen()
        case .artifact(let artifact, let tenant): ArtifactScreen(artifact, in: tenant)
        case .event(let event, let place): AuditEventScreen(event, in: place)
        case .trail(let filter): AuditScreen(.platform, filter: filter)
        case .call(let call, let tenant): CallScreen(call, in: tenant)
        case .section(let section, let tenant): screen(for: section, in: tenant)
        case .users(let filter): UsersScreen(filter: filter)
        case .user(let account): UserScreen(account)
        case .operators(let filter): OperatorsScreen(filter: filter)
        case .visits(let filter): VisitsScreen(filter: filter)
        case .attempts(let address): AttemptsScreen(address)
        case .copies(let account): CopiesScreen(account)
        case .prices: PricesScreen()
        case .processes: ProcessesScreen()
        case .jobs(let filter): JobsScreen(filter: filter)
        case .job(let job): JobScreen(job)
        }
    }

    private func screen(
        for section: Destination.Section,
        in tenant: TenantRef
    ) -> any ConsoleScreen {
        switch section {
        case .summary: TenantScreen(tenant)
        case .members(let filter): MembersScreen(tenant, filter: filter)
        case .roles: RolesScreen(tenant)
        case .invitations(let filter): InvitationsScreen(tenant, filter: filter)
        case .grants(let member): GrantsScreen(tenant, of: member)
        case .artifacts(let filter):
            ArtifactsScreen(tenant, filter: filter, order: surroundings.memory.orders["artifacts"])
        case .ai: AIScreen(tenant)
        case .calls: CallsScreen(tenant)
        case .alerts: AlertsScreen(tenant)
        case .audit(let filter): AuditScreen(.tenant(tenant), filter: filter)
        case .keys: APIKeysScreen(tenant)
        case .stays(let filter): StaysScreen(tenant, filter: filter)
        case .consents: ConsentsScreen(tenant)
        case .requests: RequestsScreen(tenant)
        case .holds: HoldsScreen(tenant)
        }
    }
}

extension Console {
    /// One step back; never out of the console.
    mutating func goBack() -> [Effect] {
        if hasExport { return cancelExport() }
        if let cancelled = cancelWaiting() { return cancelled }
        if markCount > 0 {
            return changeMarks { screen in
                screen.clearMarks()
                return []
            }
        }
        if endSearch() { return [] }
        return walk { $0.go(by: -1) }
    }

    mutating func walk(_ step: (inout Trail) -> Bool) -> [Effect] {
        let effects = cancel(where: \.isScreen)
        guard step(&trail) else {
            toast("There is no other screen to go to; \(key("quit")) leaves the console.", .hint)
            return effects
        }
        let context = context
        trail.changeCurrent { $0.renderAgain(context) }
        return effects + reload(isExplicit: false) + remember()
    }

    /// Asks again for what the screen shows; an explicit reload may move rows.
    mutating func reload(isExplicit: Bool) -> [Effect] {
        guard let visit = trail.current else { return [] }
        let asks = visit.content.asks(isRefresh: !isExplicit, context)
        return send(asks, from: visit.id)
    }

    /// Stops what the operator has been waiting for, if it can be seen on the screen.
    private mutating func cancelWaiting() -> [Effect]? {
        let now = surroundings.now
        guard let first = requests.first(where: { $0.isScreen && $0.isShown }),
            first.startedAt.duration(to: now) >= Self.patience
        else { return nil }
        let took = Format.elapsed(first.startedAt.duration(to: now))
        let effects = cancel { $0.isScreen && $0.isShown }
        if let visit = trail.current {
            var content = visit.content
            content.fail(.cancelled(after: took, reload: key("reload")), for: .list(.next))
            trail.set(content, of: visit.id)
        }
        toast("Cancelled after \(took).", .hint)
        return effects
    }

    /// Asks for the names behind ids that a screen could not name yet.
    func peopleMissing(for content: any ConsoleScreen) -> Set<UserID> {
        let known: [UserID: User]
        if let tenant = content.tenant {
            known = standing.people[tenant.id] ?? [:]
        } else {
            guard content.kind.isPlatformTrail else { return [] }
            known = standing.operators
        }
        return content.people.filter { known[$0] == nil }
    }

    mutating func askForPeople(of content: any ConsoleScreen) -> [Effect] {
        let missing = peopleMissing(for: content)
        guard !missing.isEmpty else { return [] }
        let route = Route.root(.people(content.tenant?.id))
        guard requests.first(where: { $0 == route }) == nil else { return [] }
        let ask: Ask =
            content.tenant.map { .tenant(.members(.people(missing)), $0) }
            ?? .platform(.audit(.people(missing)))
        return send(ask, to: route)
    }

    /// Asks once for what the artifacts are called that a screen has no names of: for all of them.
    mutating func askForNames(of content: any ConsoleScreen) -> [Effect] {
        guard let tenant = content.tenant else { return [] }
        let known = standing.artifacts[tenant.id] ?? [:]
        let missing = content.nameless.filter { known[$0] == nil }
        let route = Route.root(.names(tenant.id))
        guard !missing.isEmpty, requests.first(where: { $0 == route }) == nil else { return [] }
        return send(.tenant(.artifacts(.names(missing)), tenant), to: route)
    }
}

extension Console {
    /// Asks once for the names behind ids of API keys, of which there are a few.
    mutating func askForKeys(of content: any ConsoleScreen) -> [Effect] {
        guard let tenant = content.tenant else { return [] }
        let known = standing.keys[tenant.id] ?? [:]
        let missing = content.keyIDs.filter { known[$0] == nil }
        let route = Route.root(.keyNames(tenant.id))
        guard !missing.isEmpty, requests.first(where: { $0 == route }) == nil else { return [] }
        return send(.tenant(.ai(.keyNames(missing)), tenant), to: route)
    }
}

extension Route {
    var isScreen: Bool {
        if case .screen = self { return true }
        return false
    }
}

extension DomainError {
    static func cancelled(after took: String, reload: String) -> DomainError {
        DomainError(
            .timeout,
            .timeout,
            "Cancelled after \(took).",
            hint: "\(reload) loads it again."
        )
    }
}

extension Console {
    /// Notes where the operator is, for the next start.
    mutating func remember() -> [Effect] {
        guard let content = trail.current?.content else { return [] }
        var memory = surroundings.memory
        let kind = content.kind
        memory.screen = kind.rawValue
        if let tenant = content.tenant { memory.tenant = tenant.slug }
        if let filter = content.filterText {
            let kept = filter.withoutAddresses
            memory.filters[kind.rawValue] = kept.isEmpty ? nil : kept
        }
        if let ordered = content as? any OrderedScreen {
            memory.orders[kind.rawValue] = ordered.order
        }
        guard memory != surroundings.memory else { return [] }
        surroundings.memory = memory
        return [.remember(memory)]
    }
}
