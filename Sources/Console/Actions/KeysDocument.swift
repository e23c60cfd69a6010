import Domain

extension Actions {
    /// The text of docs/keys.md, made from the registry.
    static func keysDocument() -> String {
        var text = """
            # Keys

            Made from the registry of actions; `RECORD=1` with the tests writes it again.
            The name of an action is also its command: `:suspend` does what its key does.
            In the console `?` shows the keys of the screen, and why some cannot be used now.


            """
        text += section("Everywhere", all.filter(\.screens.isEmpty), on: nil)
        for kind in ScreenKind.allCases {
            let own = all.filter { $0.screens.contains(kind) }
            if !own.isEmpty { text += section(kind.heading, own, on: kind) }
        }
        text += moves + commands
        return text
    }

    private static func section(
        _ title: String,
        _ actions: [Action],
        on kind: ScreenKind?
    ) -> String {
        var text = "## \(title)\n\n| keys | action | what it does | needs |\n|---|---|---|---|\n"
        for action in actions {
            let keys = action.keys.map { "`\($0)`" }.joined(separator: " ")
            var needs = action.permission(on: kind).map { "`\($0)`" } ?? ""
            if action.writes { needs += needs.isEmpty ? "read-write" : ", read-write" }
            text += "| \(keys) | `:\(action.id)` | \(action.help) | \(needs) |\n"
        }
        return text + "\n"
    }

    /// The keys inside of what takes keys.
    private static var moves: String {
        var text = """
            ## Inside lists, forms and questions

            These have names as well, and other keys in `keys.yaml`; `ctrl-c` leaves whatever is open.

            | keys | name | where | what it does |
            |---|---|---|---|

            """
        for move in KeyMove.all {
            let keys = move.keys.map { "`\($0)`" }.joined(separator: " ")
            text += "| \(keys) | `\(move.id)` | \(move.place.words) | \(move.help) |\n"
        }
        return text + "\n"
    }

    private static var commands: String {
        var text = "## Commands with more words\n\n| command | what it does |\n|---|---|\n"
        for word in Command.words { text += "| `:\(word.text)` | \(word.help) |\n" }
        text += "\n## Short names\n\n| command | stands for |\n|---|---|\n"
        for (name, command) in KeysManual.aliases { text += "| `:\(name)` | `:\(command)` |\n" }
        return text + filters
    }

    /// The keys of each list; the language is in docs/filters.md.
    private static var filters: String {
        var text = """

            ## Filters

            What may stand behind `/`, behind the command of a list, after `--filter` and in
            `?filter=`; the language is in [filters.md](filters.md).

            | list | key | what it keeps |
            |---|---|---|

            """
        for (screen, schema) in KeysManual.filters {
            if let words = schema.words { text += "| \(screen) | words | \(words) |\n" }
            for key in schema.keys {
                text += "| \(screen) | `\(key.name):\(key.example)` | \(key.sentence) |\n"
            }
        }
        return text
    }
}

extension ScreenKind {
    /// The screen's name as a heading.
    var heading: String {
        switch self {
        case .overview: "Overview"
        case .tenants: "Tenants"
        case .workspaces: "Workspaces"
        case .sessions: "Sessions"
        case .tenant: "Tenant"
        case .members: "Members"
        case .roles: "Roles"
        case .invitations: "Invitations"
        case .grants: "Grants"
        case .artifacts: "Artifacts"
        case .artifact: "Artifact"
        case .ai: "AI quotas"
        case .audit: "Audit"
        case .event: "Audit event"
        case .trail: "Platform audit"
        case .trailEvent: "Event of the platform's audit"
        case .keys: "API keys"
        case .users: "Users"
        case .user: "User"
        case .attempts: "Failed sign-ins"
        case .operators: "Platform roles"
        case .visits: "Support sessions"
        case .stays: "Support sessions of a tenant"
        case .consents: "Support consents"
        case .calls: "AI calls"
        case .call: "AI call"
        case .alerts: "AI alerts"
        case .requests: "Personal data"
        case .holds: "Legal holds"
        case .copies: "Copies of a person's data"
        case .prices: "AI prices"
        case .processes: "Processes"
        case .jobs: "Jobs"
        case .job: "Job"
        }
    }
}
