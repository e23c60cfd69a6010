import Domain
import Terminal

extension Console {
    mutating func start() -> [Effect] {
        guard gate?.isResuming == true else { return [] }
        return send(.access(.resume), to: .gate)
    }

    mutating func pressInGate(_ key: KeyEvent) -> [Effect] {
        guard var screen = gate else { return [] }
        defer { gate = screen }
        let waits = requests.first { $0 == .gate } != nil
        switch screen.press(key, isWaiting: waits) {
        case .none: return []
        case .leave: return [.quit]
        case .giveUp:
            screen.isResuming = false
            return cancel { $0 == .gate }
        case .signIn(let email, let password):
            screen.message = nil
            return send(.access(.signIn(email: email, password: password)), to: .gate)
        case .verify(let token, let code):
            screen.message = nil
            return send(.access(.verify(token: token, code: code)), to: .gate)
        }
    }

    mutating func takeSignIn(_ result: Result<ConsoleAnswer, DomainError>) -> [Effect] {
        switch result {
        case .success(.identity(let identity)): return signedIn(identity)
        case .success(.codeWanted(let token)):
            gate?.askForCode(token)
            return []
        case .success: return []
        case .failure(let error):
            let wasResuming = gate?.isResuming == true
            if wasResuming, error.kind == .unavailable {
                gate?.message = "\(error.message) Trying again …"
                return lostConnection()
            }
            gate?.isResuming = false
            gate?.clearSecret()
            // No kept session is not worth a word: the operator sees the sign-in.
            let isExpected = wasResuming && error.kind == .unauthenticated
            gate?.message = isExpected ? nil : error.description
            return []
        }
    }

    private mutating func signedIn(_ identity: Identity) -> [Effect] {
        let isSame = standing.identity?.user == identity.user
        gate = nil
        var effects: [Effect] = []
        if !isSame {
            effects += forgetPerson()
            tellOfKeys()
        }
        standing.identity = identity
        surroundings.memory.belong(to: identity.user.description)
        wearOwnTheme()
        if isSame, trail.current != nil {
            // The end may have come before what the start waits for: ask for that again.
            let start =
                surroundings.pendingCommand == nil
                ? [] : send(.platform(.workspaces), to: .root(.workspaces))
            return start + reload(isExplicit: false)
        }
        if identity.timeZone != nil {
            effects += send(.platform(.people(.own)), to: .root(.own))
        }
        effects += send(.platform(.workspaces), to: .root(.workspaces))
        if identity.platformRole == nil {
            // The answer to the request above fills it.
            _ = trail.open(arranged(WorkspacesScreen()))
        } else {
            effects += open(home)
        }
        if surroundings.settings.startsWriting {
            effects += elevate(minutes: 30, reason: "started with --write")
        }
        return effects
    }

    /// Lets go of everything that belongs to who sat here before.
    private mutating func forgetPerson() -> [Effect] {
        let effects = cancel { $0 != .root(.discard) } + dropExport()
        trail = Trail()
        standing = Standing()
        surroundings.ownZone = nil
        overlay = nil
        parked = nil
        feed = FeedState()
        forgetUndo()
        return effects
    }

    /// Wears the theme of the person at the console, unless another one was asked for at the start.
    private mutating func wearOwnTheme() {
        guard surroundings.settings.theme == nil, let name = surroundings.memory.theme,
            name != surroundings.themeWish
        else { return }
        wear(name)
        surroundings.isThemeChosen = true
    }

    /// Says what is wrong in the file of keys.
    private mutating func tellOfKeys() {
        let problems = surroundings.settings.keymap.problems
        for problem in problems.prefix(2) { toast(problem, .failure) }
        if problems.count > 2 {
            toast(
                "\(Format.plural(problems.count, "problem")) in keys.yaml; console.log has all.",
                .failure
            )
        }
    }

    /// Where an operator begins.
    private var home: Destination {
        let name = surroundings.memory.screen ?? ""
        let filter = surroundings.memory.filters[name]
        switch ScreenKind(rawValue: name) {
        case .tenants: return .tenants(filter: filter)
        case .users where refusal(.platformUsersManage, writes: false) == nil:
            return .users(filter: filter)
        case .visits where refusal(.platformSupportOpen, writes: false) == nil:
            return .visits(filter: filter)
        case .jobs where refusal(.platformHealthRead, writes: false) == nil:
            return .jobs(filter: filter)
        default: return .overview
        }
    }

    /// Runs the command of the start, once it is known which tenants are the operator's own;
    /// without one a member comes back to the tenant that was open last.
    mutating func runPendingCommand() -> [Effect] {
        let context = context
        let workspaces = standing.workspaces
        _ = trail.edit(WorkspacesScreen.self) {
            $0.take(.workspaces(workspaces), for: .list(.first), context)
        }
        if let command = surroundings.pendingCommand {
            surroundings.pendingCommand = nil
            return run(command: command)
        }
        guard standing.identity?.platformRole == nil, trail.visits.count == 1,
            let slug = surroundings.memory.tenant,
            let workspace = workspaces.first(where: { $0.slug == slug })
        else { return [] }
        let tenant = TenantRef(workspace)
        let name = surroundings.memory.screen ?? ""
        let filter = surroundings.memory.filters[name]
        let effects = open(Destination(.summary, in: tenant))
        guard let section = Command.section(named: name, filter: filter) else { return effects }
        return effects + open(Destination(section, in: tenant))
    }

    mutating func signedOut() -> [Effect] {
        let effects = forgetPerson()
        notices = Notices()
        gate = SignInScreen(isResuming: false, message: "Signed out.")
        return effects
    }
}

extension Console {
    mutating func elevate(minutes: Int, reason: String) -> [Effect] {
        send(
            .platform(.elevate(reason: reason, minutes: minutes)),
            to: .root(.elevate(minutes: minutes, reason: reason))
        )
    }

    mutating func endElevation() -> [Effect] {
        guard standing.elevation != nil else { return [] }
        standing.elevation = nil
        toast("This console is read-only again.", .hint)
        return send(.platform(.endElevation), to: .root(.quiet))
    }

    /// Asks an operator why they want to see a tenant's data.
    mutating func askForSupport(in tenant: TenantRef, then destination: Destination) -> [Effect] {
        if let reason = refusal(.platformSupportOpen, writes: false) {
            toast(reason, .hint)
            return []
        }
        overlay = .form(.support(in: tenant, then: destination, replacing: standing.support))
        return []
    }

    mutating func enter(_ support: SupportSession, then destination: Destination) -> [Effect] {
        var effects: [Effect] = []
        if let old = standing.support, old.id != support.id {
            effects += send(.platform(.endSupport(old.id)), to: .root(.quiet))
            forgetTenant(of: old)
        }
        standing.support = support
        let left = surroundings.now.duration(to: support.expiresAt)
        toast("Support session in \(support.tenantSlug) for \(Format.countdown(left)).", .success)
        return effects + open(destination)
    }

    mutating func endSupport() -> [Effect] {
        guard let support = standing.support else { return [] }
        let effects = send(.platform(.endSupport(support.id)), to: .root(.quiet))
        return effects + leaveSupport(telling: "Left \(support.tenantSlug).")
    }

    /// Takes the tenant's screens away, with all that they hold.
    mutating func leaveSupport(telling sentence: String) -> [Effect] {
        guard let support = standing.support else { return [] }
        let inside = trail.current?.content
        let wasInside = inside?.tenant?.id == support.tenant
        let dropped = dropExport(of: support.tenant)
        standing.support = nil
        forgetTenant(of: support)
        toast(sentence, .hint)
        guard wasInside, let place = inside?.tenant else { return dropped }
        let destination = Destination(section(of: inside), in: place)
        if !park(place, goingBackTo: destination), !notices.isEditing, !isSending,
            overlay?.outlivesTenant == false
        {
            overlay = nil
        }
        let effects = dropped + cancel(where: \.isScreen)
        if trail.current == nil { return effects + open(.tenants(filter: nil)) }
        return effects + reload(isExplicit: false)
    }

    /// The part of a tenant that a screen belongs to.
    func section(of content: (any ConsoleScreen)?) -> Destination.Section {
        guard let content else { return .summary }
        let filter = content.filterText
        switch content.kind {
        case .members: return .members(filter: filter)
        case .roles: return .roles
        case .invitations: return .invitations(filter: filter)
        case .grants:
            return (content as? GrantsScreen).map { .grants($0.member) } ?? .members(filter: nil)
        case .artifacts: return .artifacts(filter: filter)
        case .artifact: return .artifacts(filter: nil)
        case .ai, .calls, .call, .alerts: return .ai
        case .audit: return .audit(filter: filter)
        case .event: return .audit(filter: nil)
        case .keys: return .keys
        case .stays: return .stays(filter: filter)
        case .consents: return .consents
        case .requests: return .requests
        case .holds: return .holds
        case .tenant, .overview, .tenants, .workspaces, .sessions, .users, .user, .attempts,
            .operators, .visits, .copies, .prices, .processes, .jobs, .job, .trail, .trailEvent:
            return .summary
        }
    }

    private mutating func forgetTenant(of support: SupportSession) {
        standing.people[support.tenant] = nil
        standing.artifacts[support.tenant] = nil
        standing.keys[support.tenant] = nil
        if notices.undo?.tenant?.id == support.tenant { notices.undo = nil }
        trail.forget { content in
            content.tenant?.id == support.tenant && content.tenant?.membership == nil
        }
    }
}
