import Domain
import Terminal

/// What a command line means.
enum Command: Hashable, Sendable {
    case action(String)
    case tenants(filter: String?)
    case section(Destination.Section, tenant: String?)
    case users(filter: String?)
    case visits(filter: String?)
    case jobs(filter: String?)
    case trail(filter: String?)
    case attempts(EmailAddress)
    case sort(String, SortDirection?)
    case theme(String)
    case elevate(minutes: Int, reason: String)

    /// The words that take more than their name, for completion and help.
    static let words: [(text: String, help: String)] = [
        ("tenants", "the tenants; words, status: and plan: filter them"),
        ("tenant", "a tenant by its slug; all of them without one"),
        ("members", "members of the tenant, or of the one named"),
        ("roles", "roles of the tenant, or of the one named"),
        ("invitations", "invitations of the tenant, or of the one named; status: filters them"),
        ("artifacts", "artifacts of the tenant, or of the one named; filters follow"),
        ("ai", "AI quotas of the tenant, or of the one named"),
        ("calls", "AI calls of the tenant, or of the one named"),
        ("alerts", "AI alerts of the tenant, or of the one named"),
        ("audit", "audit trail of the tenant, or of the one named; filters follow"),
        ("trail", "the platform's own audit trail, as audit platform; filters follow"),
        ("keys", "API keys of the tenant, or of the one named"),
        ("requests", "copies and erasures that were asked for in the tenant"),
        ("holds", "legal holds of the tenant, or of the one named"),
        ("users", "the people of the platform; words and status: filter them"),
        ("visits", "operators' support sessions; live: filters them"),
        ("jobs", "what workers do and did; state:, kind: and tenant: filter them"),
        ("attempts", "failed sign-ins with a mail address: attempts ada@example.org"),
        ("sort", "the list in another order: the next one, or by name, as in sort cost asc"),
        ("theme", "another look: by name, or chosen with a preview"),
        ("elevate", "let this console write: elevate 10m REASON"),
    ]

    /// Other names of command lines that everybody has.
    static let aliases = [
        "q": "quit", "exit": "quit", "t": "tenants", "m": "members", "a": "artifacts", "u": "users",
        "log": "audit", "denied": "audit outcome:denied", "mine": "audit actor:me",
        "ro": "readonly",
    ].merging(nouns.filter { Actions.action(named: $0.key) == nil }) { own, _ in own }

    /// The nouns of the shell's commands, by the lists that show such things.
    ///
    /// Where an action has the name as well, it is meant on the screens that have it.
    static let nouns = [
        "workspace": "workspaces", "member": "members", "invitation": "invitations",
        "role": "roles", "artifact": "artifacts", "api-key": "keys", "api-keys": "keys",
        "call": "calls", "alert": "alerts", "price": "prices", "privacy": "requests",
        "request": "requests", "hold": "holds", "consent": "consents", "user": "users",
        "operator": "operators", "session": "sessions", "support": "visits", "visit": "visits",
        "job": "jobs", "process": "processes", "me": "yourself",
    ]

    /// Reads a line without its colon.
    ///
    /// - Throws: A validation error with one sentence and a hint; of a filter with the column.
    init(
        parsing line: String,
        aliases: [String: String] = Self.aliases
    ) throws(DomainError) {
        let words = CommandWords(line, aliases: aliases)
        guard let name = words.name else {
            throw .command("An empty command does nothing.", hint: "Try :tenants or :help.")
        }
        let rest = words.rest
        switch name {
        case "tenants": self = .tenants(filter: try words.filter(.tenants))
        case "users": self = .users(filter: try words.filter(.users))
        case "visits": self = .visits(filter: try words.filter(.visits))
        case "jobs": self = .jobs(filter: try words.filter(.jobs))
        case "trail": self = .trail(filter: try words.filter(.audit))
        case "attempts" where !rest.isEmpty: self = .attempts(try Self.address(rest))
        case "tenant" where rest.isEmpty: self = .tenants(filter: nil)
        case "tenant":
            guard let slug = rest.first, rest.count == 1 else {
                throw .command("Which tenant?", hint: "Write :tenant and its slug.")
            }
            self = .section(.summary, tenant: slug)
        case "sort" where !rest.isEmpty: self = try Self.sorting(rest)
        case "theme" where rest.isEmpty: self = .action("themes")
        case "theme":
            guard let theme = rest.first, rest.count == 1 else {
                throw .command("Which theme?", hint: "Write :theme and its name.")
            }
            self = .theme(theme)
        case "elevate" where !rest.isEmpty: self = try Self.elevation(rest)
        default:
            if let section = try Self.section(name, words) {
                self = section
            } else {
                self = try Self.action(name, rest)
            }
        }
    }

    private static func section(
        _ name: String,
        _ words: CommandWords
    ) throws(DomainError) -> Command? {
        guard let kind = kind(of: name), ScreenKind.ofTenant.contains(kind) else { return nil }
        let (slug, words) = words.takingSlug()
        // No tenant can be called so.
        if kind == .audit, slug == "platform" {
            return .trail(filter: try words.filter(.audit))
        }
        guard let schema = kind.commandSchema else {
            guard words.rest.isEmpty else {
                throw .command(
                    "There is nothing to filter behind \(name).",
                    hint: "Write :\(name), or :\(name) and the slug of a tenant."
                )
            }
            return sections[name].map { .section($0(nil), tenant: slug) }
        }
        let filter = try words.filter(schema)
        return sections[name].map { .section($0(filter), tenant: slug) }
    }

    /// The part of a tenant that a screen's name stands for; nil for a screen of none.
    static func section(named name: String, filter: String?) -> Destination.Section? {
        sections[name].map { $0(filter) }
    }

    /// The screen that a command opens, of those that take words behind it.
    static func kind(of name: String) -> ScreenKind? {
        switch name {
        case "tenants", "users", "visits", "jobs", "trail": ScreenKind(rawValue: name)
        default: sections[name].map { $0(nil).kind }
        }
    }

    private static let sections: [String: @Sendable (String?) -> Destination.Section] = [
        "members": { .members(filter: $0) }, "roles": { _ in .roles },
        "invitations": { .invitations(filter: $0) }, "artifacts": { .artifacts(filter: $0) },
        "ai": { _ in .ai }, "calls": { _ in .calls }, "alerts": { _ in .alerts },
        "audit": { .audit(filter: $0) }, "keys": { _ in .keys },
        "stays": { .stays(filter: $0) }, "consents": { _ in .consents },
        "requests": { _ in .requests }, "holds": { _ in .holds },
    ]

    private static func action(_ name: String, _ rest: [String]) throws(DomainError) -> Command {
        guard let action = Actions.action(named: name) else {
            let names = Self.words.map(\.text) + Actions.all.map(\.id)
            let near = names.fuzzy(name) { $0 }.first
            throw .command(
                "There is no command \"\(name)\".",
                hint: near.map { "Did you mean :\($0)?" } ?? "? lists what there is."
            )
        }
        guard rest.isEmpty else {
            if let list = nouns[name] {
                return try Command(parsing: "\(list) \(rest.joined(separator: " "))")
            }
            throw .command("The command \(name) takes nothing behind it.", hint: action.help)
        }
        return .action(name)
    }

    private static func sorting(_ rest: [String]) throws(DomainError) -> Command {
        guard rest.count > 1 else { return .sort(rest[0], nil) }
        guard rest.count == 2, let direction = SortDirection(rawValue: rest[1].lowercased()) else {
            throw .command(
                "An order is asc or desc.",
                hint: "Write :sort \(SafeText(rest[0], limit: 20)) asc, or no direction for the "
                    + "usual one."
            )
        }
        return .sort(rest[0], direction)
    }

    private static func address(_ rest: [String]) throws(DomainError) -> EmailAddress {
        guard rest.count == 1, let address = try? EmailAddress(rest[0]) else {
            throw .command("Which mail address?", hint: "Write :attempts ada@example.org.")
        }
        return address
    }

    private static func elevation(_ rest: [String]) throws(DomainError) -> Command {
        guard let first = rest.first, let minutes = minutes(first), (1...60).contains(minutes)
        else {
            throw .command(
                "For how long?",
                hint: "Write :elevate 10m REASON, with 1 to 60 minutes."
            )
        }
        let reason = rest.dropFirst().joined(separator: " ")
        guard reason.count >= 3 else {
            throw .command(
                "A reason is needed.",
                hint: "Write :elevate \(minutes)m and why."
            )
        }
        return .elevate(minutes: minutes, reason: reason)
    }

    /// `10`, `10m` or `1h` in minutes.
    private static func minutes(_ text: String) -> Int? {
        switch text.last {
        case "m": Int(text.dropLast())
        case "h": Int(text.dropLast()).map { $0 <= 24 ? $0 * 60 : $0 }
        default: Int(text)
        }
    }
}

extension Command {
    /// A line as history may keep it: without reasons and mail addresses; nil for what was wrong,
    /// which may be anything, and for what names no command.
    static func memorable(_ line: String, aliases: [String: String]) -> String? {
        guard let command = try? Command(parsing: line, aliases: aliases) else { return nil }
        switch command {
        case .elevate(let minutes, _): return "elevate \(minutes)m"
        case .attempts: return "attempts"
        default: return line.trimmed.withoutAddresses
        }
    }
}

extension DomainError {
    static func command(_ sentence: String, hint: String) -> DomainError {
        DomainError(.malformed, .malformedRequest, sentence, hint: hint)
    }
}
