import Domain

extension Console {
    /// Sends an ask; nil when there is nobody to ask for.
    mutating func send(_ ask: Ask, to route: Route) -> [Effect] {
        guard let request = request(for: ask) else { return [] }
        return send(request, to: route)
    }

    mutating func send(_ request: ConsoleRequest, to route: Route) -> [Effect] {
        let pending = PendingRequest(
            route: route,
            startedAt: surroundings.now,
            writes: request.writes,
            changesData: request.changesData
        )
        let id = requests.add(pending)
        return [.load(id, request)]
    }

    /// Sends what a screen asks for, each in the place of the last request of its slot.
    mutating func send(_ asks: [SlotAsk], from visit: Int) -> [Effect] {
        // Behind a sign-in there is nobody to ask for; whoever comes in asks anew.
        guard gate == nil else { return [] }
        return asks.flatMap { ask in
            let route = Route.screen(visit, ask.slot)
            return cancel {
                $0 == route || $0 == .refresh(visit, ask.slot)
                    || ask.slot.beginsList && $0.isPage(of: visit)
            } + send(ask.ask, to: route)
        }
    }

    /// Gives up the awaited requests that satisfy a condition.
    mutating func cancel(where condition: (Route) -> Bool) -> [Effect] {
        requests.ids(where: condition).map { id in
            _ = requests.remove(id)
            return .cancel(id)
        }
    }

    private func request(for ask: Ask) -> ConsoleRequest? {
        switch ask {
        case .platform(let request): caller.map { .platform(request, $0) }
        case .tenant(let request, let tenant):
            tenantCaller(in: tenant).map { .tenant(request, $0) }
        }
    }
}

extension Slot {
    /// Whether a list begins anew with the answer: pages of the one before are of no use then.
    fileprivate var beginsList: Bool { self == .list(.first) || self == .author }
}

extension Route {
    /// Whether it brings a page of a screen's list, for the first time or again.
    fileprivate func isPage(of visit: Int) -> Bool {
        switch self {
        case .screen(visit, .list), .refresh(visit, .list): true
        default: false
        }
    }

    /// Whether nobody needs the answer once the session is over; of a change somebody does.
    fileprivate var endsWithSession: Bool {
        switch self {
        case .gate, .overlay, .bulk, .root(.discard): false
        case .screen, .refresh, .field, .root: true
        }
    }
}

extension Console {
    mutating func take(
        _ result: Result<ConsoleAnswer, DomainError>,
        of id: RequestID
    ) -> [Effect] {
        guard let pending = requests.remove(id) else { return [] }
        let effects = take(result, of: id, for: pending)
        guard isLeaving, !requests.pending.values.contains(where: \.writes) else {
            return effects
        }
        return effects + end()
    }

    private mutating func take(
        _ result: Result<ConsoleAnswer, DomainError>,
        of id: RequestID,
        for pending: PendingRequest
    ) -> [Effect] {
        if pending.route.isShown {
            notices.latency = pending.startedAt.duration(to: surroundings.now)
        }
        var effects: [Effect] = []
        switch result {
        case .success(let answer):
            effects += reconnected()
            if case .workspaces(let workspaces) = answer { standing.workspaces = workspaces }
            // What took an older change back would now be taken for the last one.
            if pending.changesData { forgetUndo() }
        case .failure(let error):
            if pending.route.isExport { effects += dropExport() }
            if pending.route == .bulk { noteInBulk(error, id) }
            if let handled = takeGeneralFailure(error, pending: pending) {
                return effects + handled
            }
        }
        switch pending.route {
        case .gate: effects += takeSignIn(result)
        case .screen(let visit, let slot), .refresh(let visit, let slot):
            effects += take(result, visit: visit, slot: slot)
        case .overlay: effects += takeInOverlay(result, id: id)
        case .bulk: effects += takeInBulk(result)
        case .field(let field): takeChoices(result, of: field)
        case .root(let task): effects += take(result, of: task, id: id)
        }
        return effects
    }

    /// Failures that mean the same whoever asked: no connection, no session.
    private mutating func takeGeneralFailure(
        _ error: DomainError,
        pending: PendingRequest
    ) -> [Effect]? {
        if error.kind == .unavailable, pending.route != .gate {
            let effects = lostConnection()
            if pending.route == .overlay {
                overlay?.show(error, requestID: nil)
            } else if pending.writes {
                toast(error, .failure)
            }
            return effects
        }
        if error.code == .supportSessionEnded {
            if standing.support == nil, pending.route == .overlay, parkLate() { return [] }
            return leaveSupport(telling: "The support session has ended.")
        }
        if error.kind == .unauthenticated, pending.route != .gate {
            // What must not be lost waits behind the sign-in for the same person.
            if overlay?.outlivesSession != true, !notices.isEditing { overlay = nil }
            let effects = cancel(where: \.endsWithSession) + dropExport()
            // Several learn of the end; what is typed at the sign-in outlives the later ones.
            if gate == nil {
                gate = SignInScreen(isResuming: false, message: error.description)
            }
            return effects
        }
        return nil
    }

    private mutating func take(
        _ result: Result<ConsoleAnswer, DomainError>,
        visit: Int,
        slot: Slot
    ) -> [Effect] {
        let context = context
        guard var content = trail.content(of: visit) else { return [] }
        var asks: [SlotAsk] = []
        switch result {
        case .success(let answer): asks = content.take(answer, for: slot, context)
        case .failure(let error): content.fail(error, for: slot)
        }
        trail.set(content, of: visit)
        return send(asks, from: visit) + askForPeople(of: content) + askForNames(of: content)
            + askForKeys(of: content)
    }

    private mutating func take(
        _ result: Result<ConsoleAnswer, DomainError>,
        of task: RootTask,
        id: RequestID
    ) -> [Effect] {
        switch (task, result) {
        case (.people(let tenant), .success(.people(let people))):
            if let tenant {
                standing.people[tenant, default: [:]].merge(people) { $1 }
            } else {
                standing.operators.merge(people) { $1 }
            }
            let context = context
            trail.changeCurrent { $0.renderAgain(context) }
        case (.names(let tenant), .success(.artifactNames(let names))):
            standing.artifacts[tenant, default: [:]].merge(names) { $1 }
            let context = context
            trail.changeCurrent { $0.renderAgain(context) }
        case (.keyNames(let tenant), .success(.ai(.keyNames(let names)))):
            standing.keys[tenant, default: [:]].merge(names) { $1 }
            let context = context
            trail.changeCurrent { $0.renderAgain(context) }
            // Others may have become known while these were asked for.
            if let content = trail.current?.content { return askForKeys(of: content) }
        case (.probe, .failure): return lostConnection()
        case (.people, _), (.names, _), (.keyNames, _), (.probe, _): break
        case (.workspaces, .success): return runPendingCommand()
        case (.elevate(let minutes, let reason), .success):
            let until = surroundings.now.advanced(by: .seconds(minutes * 60))
            standing.elevation = Elevation(until: until, reason: reason)
            if case .elevation? = parked?.reason { unpark() }
            toast("This console may write for \(minutes) min.", .success)
        case (.resolve(let section), .success(.tenantDetail(let detail))):
            let tenant = TenantRef(detail.tenant)
            return open(Destination(section, in: tenant))
        case (.undo(let undo), .success(let answer)):
            toast("\(undo.label): done.", .success)
            let context = context
            trail.change { $0.note(answer, context) }
            return reload(isExplicit: true)
        case (.refreshFigures, .success): return reload(isExplicit: true)
        case (.own, .success(.directory(.own(let profile)))): take(profile)
        case (.changeOwn, .success(.directory(.own(let profile)))):
            return openForm(.own(profile))
        case (.save, .success(let answer)): return tookPrivacy(answer)
        case (.export(let step), _): return take(result, of: step, id: id)
        case (.signOut, _): return signedOut()
        case (.elevate, .failure(let error)):
            toast(error, .failure, requestID: id)
            if case .elevation? = parked?.reason { unpark() }
        case (_, .failure(let error)): toast(error, .failure, requestID: id)
        case (_, .success): break
        }
        return []
    }
}
