/// Something that a worker does or did: a mail on its way, a copy of data, an erasure.
package struct Job: Hashable, Sendable {
    package var id: JobID
    package var kind: Kind
    package var state: State
    /// Which text a mail has; empty for anything else.
    package var name: String
    /// The tenant it is about; nil for the platform's own and for what is about a whole person.
    package var tenant: TenantID?
    package var tenantSlug: String?
    /// Whose data it is about.
    package var subject: UserID?
    /// The domain that a mail goes to: the rest of the address is nobody's business here.
    package var destination: String?
    package var attempts: Int
    /// How many of its steps are done; nil for what has none.
    package var progress: DataRequest.Progress?
    package var createdAt: Instant
    /// When it is tried next; nil for at once, or never again.
    package var nextAt: Instant?
    package var endedAt: Instant?
    /// Why the last try failed.
    package var failure: String?

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case mail
        /// A copy of somebody's data.
        case copy
        case erasure
    }

    package enum State: String, CaseIterable, Hashable, Sendable {
        case waiting
        case running
        case done
        case failed
        case cancelled
    }

    package init(
        id: JobID,
        kind: Kind,
        state: State,
        name: String,
        tenant: TenantID?,
        tenantSlug: String?,
        subject: UserID?,
        destination: String?,
        attempts: Int,
        progress: DataRequest.Progress?,
        createdAt: Instant,
        nextAt: Instant?,
        endedAt: Instant?,
        failure: String?
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.name = name
        self.tenant = tenant
        self.tenantSlug = tenantSlug
        self.subject = subject
        self.destination = destination
        self.attempts = attempts
        self.progress = progress
        self.createdAt = createdAt
        self.nextAt = nextAt
        self.endedAt = endedAt
        self.failure = failure
    }

    package var position: PagePosition {
        PagePosition(["\(createdAt.microseconds)", id.description])
    }
}

package typealias JobID = Identifier<Job>

extension Job {
    /// Why it cannot be tried again now; nil when it can.
    ///
    /// A mail that waits for its next try is tried at once, a copy that was given up or cancelled is
    /// made after all.
    package var retryObstacle: DomainError? {
        switch (kind, state) {
        case (.mail, .waiting), (.copy, .failed), (.copy, .cancelled): nil
        case (.mail, .failed), (.mail, .cancelled):
            .job(
                "What the mail said is forgotten.",
                hint: "Whoever it was for asks for it again."
            )
        case (.erasure, _):
            .job("An erasure is decided in its workspace.", hint: "Its owners approve it there.")
        case (_, .running): .job("The job is being done right now.")
        case (.copy, .waiting): .job("The job waits for a worker already.")
        case (_, .done): .job("The job is done.")
        }
    }

    /// Why it cannot be cancelled now; nil when it can.
    package var cancelObstacle: DomainError? {
        switch (kind, state) {
        case (.mail, .waiting), (.copy, .waiting), (.copy, .running): nil
        case (.mail, .running): .job("The mail is being handed over right now.")
        case (.erasure, _):
            .job("An erasure is decided in its workspace.", hint: "Its owners approve it there.")
        case (_, .done): .job("The job is done.")
        case (_, .failed): .job("The job was given up before.")
        case (_, .cancelled): .job("The job was cancelled before.")
        }
    }
}

extension DomainError {
    /// A job that is in no state for what is wanted of it.
    fileprivate static func job(_ sentence: String, hint: String? = nil) -> DomainError {
        DomainError(.conflict, .invalidTransition, sentence, hint: hint)
    }
}

/// Which jobs are listed.
package struct JobFilter: Hashable, Sendable {
    package var kinds = Among<Job.Kind>()
    package var states = Among<Job.State>()
    /// The slug of a tenant.
    package var tenant: String?
    package var from: Instant?
    package var to: Instant?

    package init() {}
}

extension JobFilter {
    package init(_ reading: FilterReading, _ clock: FilterClock) throws(DomainError) {
        kinds = try reading.choices("kind")
        states = try reading.choices("state")
        tenant = reading.value("tenant")?.text.lowercased()
        from = reading.instant("since", clock)
        to = reading.instant("before", clock)
    }
}
