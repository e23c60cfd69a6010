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

    var filter: AuditFilter {
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
