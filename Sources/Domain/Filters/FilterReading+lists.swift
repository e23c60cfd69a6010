extension AuditFilter {
    /// What a filter says of the audit trail; `people` are those whom it names.
    package init(
        _ reading: FilterReading,
        _ clock: FilterClock,
        people: [String: UserID] = [:]
    ) throws(DomainError) {
        self.init(
            from: reading.instant("since", clock),
            to: reading.instant("before", clock),
            requestID: reading.value("request")?.text
        )
        actors = try reading.people("actor", people)
        actions = try reading.among("action").map { (value) throws(DomainError) in
            value.text.hasSuffix("*") && !value.isQuoted
                ? AuditAction.beginning(String(value.text.dropLast())) : AuditAction(value.text)
        }
        resources = try reading.among("resource").map { (value) throws(DomainError) in
            AuditResource(value.text)
        }
        outcomes = try reading.choices("outcome")
        kinds = try reading.choices("kind")
        operations = try reading.choices("op")
        if let past = reading.lastInstant("asof", clock) { to = min(past, to ?? past) }
    }
}

extension MemberFilter {
    package init(_ reading: FilterReading, _ clock: FilterClock) throws(DomainError) {
        self.init(search: reading.words)
        roles = try reading.among("role").map { (value) throws(DomainError) in
            try RoleName(value.text)
        }
        statuses = try reading.choices("status")
        joinedFrom = reading.instant("since", clock)
        joinedTo = reading.instant("before", clock)
    }
}

extension TenantFilter {
    package init(
        _ reading: FilterReading,
        _ clock: FilterClock,
        order: Order = .newest,
        isReversed: Bool = false
    ) throws(DomainError) {
        self.init(search: reading.words, order: order, isReversed: isReversed)
        statuses = try reading.choices("status")
        plans = try reading.choices("plan")
        createdFrom = reading.instant("since", clock)
        createdTo = reading.instant("before", clock)
    }
}

extension AccountFilter {
    package init(_ reading: FilterReading, _ clock: FilterClock) throws(DomainError) {
        self.init(search: reading.words)
        statuses = try reading.choices("status")
        createdFrom = reading.instant("since", clock)
        createdTo = reading.instant("before", clock)
    }
}

extension ArtifactFilter {
    /// - Throws: A validation error for a search among deleted artifacts, which have none.
    package init(
        _ reading: FilterReading,
        _ clock: FilterClock,
        people: [String: UserID] = [:],
        order: ArtifactOrder = .newest,
        isReversed: Bool = false
    ) throws(DomainError) {
        let deleted = reading.isYes("deleted") ?? false
        if deleted, let word = reading.text.words.first {
            throw .filter(
                "Deleted artifacts cannot be searched by words.",
                at: word.column,
                hint: "Write deleted:yes with tag:, author:, since: or before:."
            )
        }
        try self.init(
            query: reading.words,
            tags: reading.values("tag").map(\.text),
            createdFrom: reading.instant("since", clock),
            createdTo: reading.instant("before", clock),
            author: try reading.people("author", people).sole,
            deleted: deleted,
            order: order,
            isReversed: isReversed
        )
    }
}

extension AICallFilter {
    package init(
        _ reading: FilterReading,
        _ clock: FilterClock,
        people: [String: UserID] = [:]
    ) throws(DomainError) {
        self.init(from: reading.instant("since", clock), to: reading.instant("before", clock))
        states = try reading.choices("state")
        models = try reading.texts("model")
        users = try reading.people("member", people)
        channels = try reading.choices("channel")
        purposes = try reading.texts("purpose")
    }
}

extension FilterReading {
    /// The state that invitations are to be in.
    package var invitationStatus: InvitationStatus? {
        value("status").flatMap { InvitationStatus(rawValue: $0.text.lowercased()) }
    }

    /// Whether roles that ended are listed too.
    package var endedToo: Bool { isYes("ended") ?? false }

    /// Whether support sessions run; nil for all.
    package var isLive: Bool? { isYes("live") }
}
