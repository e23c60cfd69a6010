import Domain
import Terminal

extension Console {
    mutating func openCommandLine() -> [Effect] {
        overlay = .command(CommandLine(palette))
        return []
    }

    mutating func take(_ step: CommandLine.Step) -> [Effect] {
        switch step {
        case .stay(let line):
            overlay = .command(line)
            return []
        case .leave:
            overlay = nil
            return []
        case .run(let text, var line):
            do throws(DomainError) {
                let command = try Command(parsing: text, aliases: aliases)
                overlay = nil
                return remember(command: text) + run(command)
            } catch {
                line.show(error, in: text)
                overlay = .command(line)
                return []
            }
        }
    }

    /// Runs a command line, or says what is wrong with it.
    mutating func run(command line: String) -> [Effect] {
        do throws(DomainError) {
            return run(try Command(parsing: line, aliases: aliases))
        } catch {
            toast(error, .failure)
            return []
        }
    }

    /// Keeps a line for the next time, without what nobody should find there.
    private mutating func remember(command line: String) -> [Effect] {
        guard let kept = Command.memorable(line, aliases: aliases) else { return [] }
        surroundings.memory.keep(command: kept)
        return [.remember(surroundings.memory)]
    }

    /// The built-in other names and the operator's own.
    var aliases: [String: String] {
        Command.aliases.merging(surroundings.settings.keymap.aliases) { $1 }
    }

    private mutating func run(_ command: Command) -> [Effect] {
        switch command {
        case .action(let id):
            guard let action = Actions.action(named: id) else { return [] }
            if let kind = trail.current.map({ $0.content.kind }), !action.exists(on: kind) {
                if let list = Command.nouns[id] { return run(command: list) }
                toast("\(id) is not for this screen; it is for \(action.places).", .hint)
                return []
            }
            return perform(action)
        case .tenants(let filter):
            // Whoever is no operator means those that they are in; there is nothing to filter.
            if filter == nil, let identity = standing.identity, identity.platformRole == nil {
                return open(.workspaces)
            }
            return goTo(.tenants(filter: filter), needing: .platformTenantsRead)
        case .users(let filter):
            return goTo(.users(filter: filter), needing: .platformUsersManage)
        case .visits(let filter):
            return goTo(.visits(filter: filter), needing: .platformSupportOpen)
        case .jobs(let filter):
            return goTo(.jobs(filter: filter), needing: .platformHealthRead)
        case .trail(let filter):
            return goTo(.trail(filter: filter), needing: .platformAuditRead)
        case .attempts(let address):
            return goTo(.attempts(address), needing: .platformAuditRead)
        case .section(let section, let slug): return open(section, of: slug)
        case .sort(let name, let direction): return sort(by: name, direction)
        case .theme(let name): return use(theme: name)
        case .elevate(let minutes, let reason):
            return elevate(minutes: minutes, reason: reason)
        }
    }

    private mutating func goTo(
        _ destination: Destination,
        needing permission: Permission
    ) -> [Effect] {
        if let reason = refusal(permission, writes: false) {
            toast(reason, .hint)
            return []
        }
        return open(destination)
    }

    /// Opens a part of the tenant that is named, or of the one that is open.
    private mutating func open(_ section: Destination.Section, of slug: String?) -> [Effect] {
        guard let slug else {
            guard let tenant = trail.current?.content.tenant ?? supported ?? only else {
                toast("No tenant is open. Write its slug behind the command.", .hint)
                return []
            }
            let action = Actions.action(named: section.action)
            if maySee(tenant), let permission = action?.permission,
                let reason = refusal(permission, writes: false, in: tenant)
            {
                toast(reason, .hint)
                return []
            }
            return open(Destination(section, in: tenant))
        }
        if let tenant = knownTenants.first(where: { $0.slug == slug }) {
            return open(Destination(section, in: tenant))
        }
        guard standing.identity?.platformRole != nil else {
            toast("You are a member of no tenant named \"\(slug)\".", .failure)
            return []
        }
        return send(.platform(.resolve(slug)), to: .root(.resolve(section)))
    }

    /// The tenant of the support session that is open, from wherever on the platform one is.
    private var supported: TenantRef? {
        guard let support = standing.support else { return nil }
        return knownTenants.first { $0.id == support.tenant }
            ?? TenantRef(id: support.tenant, slug: support.tenantSlug, name: support.tenantSlug)
    }

    /// The tenant of somebody who has only one, and no other place to mean.
    private var only: TenantRef? {
        guard standing.identity?.platformRole == nil, standing.workspaces.count == 1 else {
            return nil
        }
        return standing.workspaces.first.map(TenantRef.init)
    }

    /// The tenants that the console has seen, one's own first.
    private var knownTenants: [TenantRef] {
        var tenants = standing.workspaces.map(TenantRef.init)
        for visit in trail.visits {
            if let tenant = visit.content.tenant { tenants.append(tenant) }
            guard let screen = visit.content as? TenantsScreen else { continue }
            tenants += screen.list.ordered.map(TenantRef.init)
        }
        var seen: Set<TenantID> = []
        return tenants.filter { seen.insert($0.id).inserted }
    }

    /// Everything that `:` can complete now.
    var palette: Palette {
        let tenants = knownTenants.prefix(200).map { Completion(text: $0.slug, help: $0.name) }
        let themes = surroundings.settings.themes.map {
            Completion(text: $0.name, help: "use this theme")
        }
        return Palette(
            commands: commandNames
                + tenants.map { Completion(text: "tenant \($0.text)", help: $0.help) }
                + themes.map { Completion(text: "theme \($0.text)", help: $0.help) }
                + aliasNames,
            tenants: tenants,
            themes: themes,
            orders: orders,
            history: surroundings.memory.commands ?? [],
            aliases: aliases
        )
    }

    private var orders: [Completion] {
        guard let screen = trail.current?.content as? any OrderedScreen else { return [] }
        return type(of: screen).orders.map { Completion(text: $0.name, help: $0.words) }
    }

    private var commandNames: [Completion] {
        var all = Command.words.map { Completion(text: $0.text, help: $0.help) }
        let kind = trail.current.map { $0.content.kind }
        for action in Actions.all where kind.map(action.exists) ?? false {
            guard !all.contains(where: { $0.text == action.id }) else { continue }
            all.append(
                Completion(text: action.id, help: action.help, refusal: action.refusal(in: self))
            )
        }
        return all
    }

    private var aliasNames: [Completion] {
        // Whoever types the beginning of a list's name has found it.
        aliases.filter { !$0.value.hasPrefix($0.key) }.sorted { $0.key < $1.key }.map {
            Completion(text: $0.key, help: "short for :\($0.value)")
        }
    }
}

extension Action {
    /// The screens it is for, as words.
    var places: String { screens.map(\.rawValue).sorted().listed }
}

extension [String] {
    /// `a, b and c`.
    var listed: String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
