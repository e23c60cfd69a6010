import ArgumentParser
import Domain

/// Which audit events a command is about.
struct AuditFilterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only by this person (id).", valueName: "id"))
    var actor: UserID?
    @Option(
        help: ArgumentHelp(
            "An action (artifact.updated), or a noun with a dot (artifact.).",
            valueName: "action"
        )
    )
    var action: String?
    @Option(help: ArgumentHelp("Only this kind of object.", valueName: "type"))
    var resourceType: String?
    @Option(help: ArgumentHelp("Only this object.", valueName: "id")) var resource: String?
    @Option(help: "success, denied or failed.") var outcome: AuditEntry.Outcome?
    @Option(help: ArgumentHelp("From: \(Moment.help).", valueName: "time")) var from: Moment?
    @Option(help: ArgumentHelp("Before: \(Moment.help).", valueName: "time")) var to: Moment?
    @Option(help: ArgumentHelp("Only of this request.", valueName: "id")) var request: String?

    @OptionGroup var text: FilterOption

    /// What is wanted in a tenant.
    func filter(in place: TenantWork.Place) async throws -> AuditFilter {
        guard let reading = try reading() else { return options }
        return try await text.pointing {
            let people = try await place.people(of: reading)
            return try AuditFilter(reading, place.settings.filterClock, people: people)
        }
    }

    /// What is wanted of the platform's own trail.
    func filter(of session: ShellSession, _ settings: Settings) async throws -> AuditFilter {
        guard let reading = try reading() else { return options }
        return try await text.pointing {
            let people = ["me": session.identity.user]
            return try AuditFilter(reading, settings.filterClock, people: people)
        }
    }

    /// The filter as one text; nil when there is none.
    ///
    /// - Throws: A usage error for what cannot be read, or stands beside options that say the same.
    func reading() throws -> FilterReading? {
        try text.reading(.audit, beside: others)
    }

    private var others: [(name: String, isGiven: Bool)] {
        [
            ("actor", actor != nil), ("action", action != nil),
            ("resource-type", resourceType != nil), ("resource", resource != nil),
            ("outcome", outcome != nil), ("from", from != nil), ("to", to != nil),
            ("request", request != nil),
        ]
    }

    private var options: AuditFilter {
        AuditFilter(
            actor: actor,
            action: action,
            resourceType: resourceType,
            resourceID: resource,
            outcome: outcome,
            from: from?.instant,
            to: to?.instant,
            requestID: request
        )
    }
}

extension TenantOptions {
    /// Refuses what has no meaning for the platform's own trail: no tenant is entered for it, so
    /// nothing would keep the reason.
    func refuseForPlatform() throws {
        try refuseReason("The platform's own trail needs no support session, and keeps no reason.")
        guard tenant == nil else {
            throw ExitMessage(
                "Which trail: the platform's or a tenant's?",
                hint: "Leave --tenant or --platform out.",
                code: ExitMessage.usage
            )
        }
    }
}
