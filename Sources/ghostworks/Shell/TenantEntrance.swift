import ArgumentParser
import Domain
import Operations

/// How a command names the tenant it works in.
struct TenantOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The tenant; your own when not given.", valueName: "slug"),
        completion: .tenants
    )
    var tenant: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "For operators: why. Opens a support session for this command; the tenant sees it.",
            valueName: "text"
        )
    )
    var reason: String?

    @Option(
        name: .long,
        help: ArgumentHelp("For operators: the ticket behind it.", valueName: "id")
    )
    var ticket: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "For operators: a session that `support open` opened, in place of --reason.",
            valueName: "id"
        )
    )
    var supportSession: SupportSessionID?

    @OptionGroup var consent: ConsentOptions

    /// Refuses what would be ignored: somebody who gives a reason believes that it is kept.
    func refuseReason(_ sentence: String) throws {
        let options = [
            ("--reason", reason != nil), ("--ticket", ticket != nil),
            ("--support-session", supportSession != nil),
        ]
        guard let given = options.first(where: \.1)?.0 else { return }
        throw ExitMessage(sentence, hint: "Leave \(given) out.", code: ExitMessage.usage)
    }
}

/// Enters a tenant for one command: as a member, or as an operator in a support session.
struct TenantEntrance {
    let session: ShellSession
    let options: TenantOptions

    private static let minutes = 10

    /// Runs a body inside the tenant; a support session is ended afterwards, whatever happened.
    func enter<Value>(
        _ mode: AccessMode,
        _ body: (TenantCaller) async throws -> Value
    ) async throws -> Value {
        if session.isOperator, let id = options.supportSession {
            guard options.reason == nil, options.ticket == nil else {
                throw ExitMessage(
                    "The support session has its reason already.",
                    hint: "Give either --support-session or --reason.",
                    code: ExitMessage.usage
                )
            }
            return try await body(try await opened(id))
        }
        if session.isOperator, let reason = options.reason {
            return try await support(reason, mode, body)
        }
        try options.refuseReason(
            session.isOperator
                ? "A ticket belongs to a --reason."
                : "Reasons are for operators in a support session; you act as a member."
        )
        let tenant = try await workspace()
        let caller = TenantCaller(caller: session.caller, tenant: tenant, mode: mode)
        do {
            NoteVisit(session.environment)(by: caller)
            try await TouchSessions(session.environment)()
            return try await body(caller)
        } catch let error as DomainError where error.code == .tenantAccessDenied {
            throw try await refusal(error)
        }
    }

    private func workspace() async throws -> TenantID {
        guard let name = options.tenant else {
            guard let usual = session.identity.tenant else {
                throw ExitMessage.whichTenant
            }
            return usual
        }
        do {
            return try await ResolveWorkspace(session.environment)(name, by: session.caller)
        } catch let error as DomainError where error.code == .tenantAccessDenied {
            throw try await refusal(error)
        }
    }

    /// The operator in a session that was opened before; it goes on afterwards.
    private func opened(_ id: SupportSessionID) async throws -> TenantCaller {
        let support = try await FindSupportSession(session.environment)(id, by: session.caller)
        if let name = options.tenant {
            let named = try await TenantNames(session: session).resolve(name)
            guard named == support.tenant else {
                throw ExitMessage(
                    "That support session is in \(support.tenantSlug), not in \(name).",
                    code: ExitMessage.usage
                )
            }
        }
        return support.caller(session.caller)
    }

    private func support<Value>(
        _ reason: String,
        _ mode: AccessMode,
        _ body: (TenantCaller) async throws -> Value
    ) async throws -> Value {
        guard let name = options.tenant else {
            throw ExitMessage.whichTenant
        }
        let tenant = try await TenantNames(session: session).resolve(name)
        let support = try await OpenSupportSession(session.environment)(
            tenant: tenant,
            reason: reason,
            ticket: options.ticket,
            mode: mode,
            minutes: Self.minutes,
            consentToken: options.consent.token(),
            by: session.caller
        )
        let caller = TenantCaller(
            caller: session.caller,
            tenant: tenant,
            supportSession: support.id,
            mode: mode
        )
        let end = EndSupportSession(session.environment)
        do {
            let value = try await body(caller)
            try await end(support.id, by: session.caller)
            return value
        } catch {
            // The body's failure is what the person must hear of; a session that could not be
            // ended ends by itself.
            try? await end(support.id, by: session.caller)
            throw error
        }
    }

    private func refusal(_ error: DomainError) async throws -> any Error {
        if session.isOperator {
            return ExitMessage(
                error.message,
                hint: "Operators enter through a support session: add --reason \"why\"."
            )
        }
        let own = try await ListWorkspaces(session.environment)(by: session.caller).map(\.slug)
        let hint = options.tenant.flatMap { NearestName.hint(for: $0, among: own) }
        return ExitMessage(error.message, hint: hint ?? error.hint)
    }
}

/// Finds tenants by what operators type.
struct TenantNames {
    let session: ShellSession

    /// The tenant of a slug or an id; a near slug is proposed for a mistyped one.
    func resolve(_ name: String) async throws -> TenantID {
        do {
            return try await ResolveTenant(session.environment)(name, by: session.caller)
        } catch let error as DomainError where error.kind == .notFound {
            let slugs = (try? await near(name)) ?? []
            let hint = NearestName.hint(for: name, among: slugs)
            throw ExitMessage(error.message, hint: hint ?? error.hint)
        }
    }

    /// Slugs that begin or end alike, where a typing mistake is looked for.
    private func near(_ name: String) async throws -> [String] {
        var slugs: [String] = []
        let list = ListTenants(session.environment)
        for part in Set([String(name.prefix(3)), String(name.suffix(3))]) where part.count == 3 {
            let filter = TenantFilter(search: part, order: .name)
            let page = try await list(filter, page: PageRequest(limit: 100), by: session.caller)
            slugs += page.items.map(\.slug)
        }
        return slugs
    }
}

extension ExitMessage {
    /// A command in a tenant that names none.
    static let whichTenant = ExitMessage("Which tenant?", hint: "Say --tenant SLUG.", code: usage)
}
