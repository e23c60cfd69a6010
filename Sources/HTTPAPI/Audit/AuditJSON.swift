import Domain

/// How the ledger is written.
enum AuditJSON {
    @Sendable static func event(_ event: AuditEvent) -> JSON {
        let entry = event.entry
        return [
            "id": JSON(event.id),
            "seq": .integer(event.seq),
            "created_at": JSON(event.createdAt),
            "actor": actor(event.actor),
            "action": .string(entry.action),
            "operation": .string(entry.operation.rawValue),
            "resource_type": .string(entry.resourceType),
            "resource_id": JSON(entry.resourceID),
            "outcome": .string(entry.outcome.rawValue),
            "request_id": JSON(entry.requestID),
            "changes": .raw(entry.changes),
            "payload_hash": JSON(hex: event.links.payloadHash),
            "previous_hash": JSON(hex: event.links.previousHash),
            "hash": JSON(hex: event.links.hash),
        ]
    }

    private static func actor(_ actor: AuditActor) -> JSON {
        [
            "kind": .string(actor.kind.rawValue),
            "id": JSON(actor.id),
            "acting_id": JSON(actor.actingID),
            "session_id": JSON(actor.session),
            "support_session_id": JSON(actor.supportSession),
        ]
    }

    static func verdict(_ verdict: ChainVerdict) -> JSON {
        let fault = verdict.fault.map { fault -> JSON in
            ["seq": .integer(fault.seq), "kind": .string(fault.kind.rawValue)]
        }
        return [
            "valid": .bool(verdict.fault == nil),
            "checked": .integer(verdict.checked),
            "last_hash": JSON(hex: verdict.lastHash),
            "fault": fault ?? .null,
        ]
    }

    static let filters: [QueryParameter] =
        [
            QueryParameter(name: "actor", kind: .id, note: "Who acted."),
            QueryParameter(
                name: "action",
                kind: .text,
                note: "`artifact.updated`, or `artifact.` for all of that noun."
            ),
            QueryParameter(name: "resource_type", kind: .text, note: "What was acted on."),
            QueryParameter(name: "resource_id", kind: .text, note: "Which one."),
            QueryParameter(
                name: "outcome",
                kind: .choice(AuditEntry.Outcome.allCases.map(\.rawValue)),
                note: "How it ended."
            ),
            QueryParameter(name: "from", kind: .time, note: "Then or later."),
            QueryParameter(name: "to", kind: .time, note: "Before then."),
            QueryParameter(name: "request_id", kind: .text, note: "One request's events."),
            .filter(.audit),
        ] + QueryParameter.page

    /// The filter of the query, with the people whom it names.
    static func filter(
        _ exchange: Exchange,
        by caller: TenantCaller
    ) async throws -> AuditFilter {
        guard let reading = try exchange.filter(.audit) else { return try filter(exchange.query) }
        let people = try await exchange.people(of: reading, by: caller)
        return try AuditFilter(reading, exchange.filterClock, people: people)
    }

    /// The same for the platform's own trail, where people are named by their ids.
    static func filter(_ exchange: Exchange, by caller: Caller) throws -> AuditFilter {
        guard let reading = try exchange.filter(.audit) else { return try filter(exchange.query) }
        return try AuditFilter(reading, exchange.filterClock, people: ["me": caller.user])
    }

    private static func filter(_ query: Query) throws(DomainError) -> AuditFilter {
        AuditFilter(
            actor: try query.id("actor"),
            action: query.text("action"),
            resourceType: query.text("resource_type"),
            resourceID: query.text("resource_id"),
            outcome: try query.choice("outcome"),
            from: try query.time("from"),
            to: try query.time("to"),
            requestID: query.text("request_id")
        )
    }
}
