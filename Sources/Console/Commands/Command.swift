import Domain

/// What a command line means.
enum Command: Hashable, Sendable {
    case action(String)
    case tenants(filter: String?)
    case section(Destination.Section, tenant: String?)
    case users(filter: String?)
    case visits(filter: String?)
    case attempts(EmailAddress)
    case theme(String)
    case elevate(minutes: Int, reason: String)

    /// The words that take more than their name, for completion and help.
    static let words: [(text: String, help: String)] = [
        ("tenants", "the tenants; words, status: and plan: filter them"),
        ("tenant", "a tenant by its slug"),
        ("members", "members of the tenant, or of the one named"),
        ("roles", "roles of the tenant, or of the one named"),
        ("invitations", "invitations of the tenant, or of the one named; status: filters them"),
        ("artifacts", "artifacts of the tenant, or of the one named; filters follow"),
        ("ai", "AI quotas of the tenant, or of the one named"),
        ("audit", "audit trail of the tenant, or of the one named; filters follow"),
        ("keys", "API keys of the tenant, or of the one named"),
        ("requests", "copies and erasures that were asked for in the tenant"),
        ("holds", "legal holds of the tenant, or of the one named"),
        ("users", "the people of the platform; words and status: filter them"),
        ("visits", "operators' support sessions; live: filters them"),
        ("attempts", "failed sign-ins with a mail address: attempts ada@example.org"),
        ("theme", "another look: by name, or chosen with a preview"),
        ("elevate", "let this console write: elevate 10m REASON"),
    ]

    /// Reads a line without its colon.
    ///
    /// - Throws: A validation error with one sentence and a hint.
    init(parsing line: String) throws(DomainError) {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let name = words.first else {
            throw .command("An empty command does nothing.", hint: "Try :tenants or :help.")
        }
        let rest = Array(words.dropFirst())
        switch name {
        case "tenants": self = .tenants(filter: rest.isEmpty ? nil : rest.joined(separator: " "))
        case "users": self = .users(filter: rest.isEmpty ? nil : rest.joined(separator: " "))
        case "visits": self = .visits(filter: rest.isEmpty ? nil : rest.joined(separator: " "))
        case "attempts" where !rest.isEmpty: self = .attempts(try Self.address(rest))
        case "tenant":
            guard let slug = rest.first, rest.count == 1 else {
                throw .command("Which tenant?", hint: "Write :tenant and its slug.")
            }
            self = .section(.summary, tenant: slug)
        case "theme" where rest.isEmpty: self = .action("themes")
        case "theme":
            guard let theme = rest.first, rest.count == 1 else {
                throw .command("Which theme?", hint: "Write :theme and its name.")
            }
            self = .theme(theme)
        case "elevate" where !rest.isEmpty: self = try Self.elevation(rest)
        default:
            if let section = Self.section(name, rest) {
                self = section
            } else {
                self = try Self.action(name, rest)
            }
        }
    }

    private static func section(_ name: String, _ rest: [String]) -> Command? {
        let slug = rest.first.flatMap { $0.contains(":") ? nil : $0 }
        let others = slug == nil ? rest : Array(rest.dropFirst())
        let filter = others.isEmpty ? nil : others.joined(separator: " ")
        switch name {
        case "members": return .section(.members(filter: filter), tenant: slug)
        case "roles": return .section(.roles, tenant: slug)
        case "invitations": return .section(.invitations(filter: filter), tenant: slug)
        case "artifacts": return .section(.artifacts(filter: filter), tenant: slug)
        case "ai": return .section(.ai, tenant: slug)
        case "audit": return .section(.audit(filter: filter), tenant: slug)
        case "keys": return .section(.keys, tenant: slug)
        case "stays": return .section(.stays(filter: filter), tenant: slug)
        case "consents": return .section(.consents, tenant: slug)
        case "requests": return .section(.requests, tenant: slug)
        case "holds": return .section(.holds, tenant: slug)
        default: return nil
        }
    }

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
            throw .command("The command \(name) takes nothing behind it.", hint: action.help)
        }
        return .action(name)
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

extension DomainError {
    fileprivate static func command(_ sentence: String, hint: String) -> DomainError {
        DomainError(.malformed, .malformedRequest, sentence, hint: hint)
    }
}
