/// Something about the platform that somebody should look at.
package struct PlatformAlert: Hashable, Sendable {
    package var id: ID
    /// How bad it is, in a unit of its kind: what is worse than when somebody saw to it is new.
    ///
    /// Of what was given up it is the time of the last one.
    package var level: Int64
    package var sentence: String
    /// Who saw to it, while that counts.
    package var mark: Mark?

    package struct ID: Hashable, Sendable {
        package var kind: Kind
        /// Which of several of the kind: a process by its host and start; empty where there is one.
        package var subject: String

        package init(_ kind: Kind, _ subject: String = "") {
            self.kind = kind
            self.subject = subject
        }
    }

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A process has not reported.
        case silent
        case failing
        case slow
        /// Requests wait for connections.
        case waiting
        /// Mails were given up.
        case mails
        /// Copies of data were given up.
        case copies

        /// For how long an acknowledgement counts; nil for as long as it does not get worse.
        var quiet: Duration? {
            switch self {
            case .silent, .mails, .copies: nil
            case .failing, .slow, .waiting: .seconds(3_600)
            }
        }
    }

    /// That somebody saw to it.
    package struct Mark: Hashable, Sendable {
        package var id: ID
        package var level: Int64
        package var by: String
        package var at: Instant

        package init(id: ID, level: Int64, by: String, at: Instant) {
            self.id = id
            self.level = level
            self.by = by
            self.at = at
        }
    }

    package init(_ id: ID, level: Int64, _ sentence: String) {
        self.id = id
        self.level = level
        self.sentence = sentence
    }

    /// The same with the mark that counts at a moment.
    func marked(_ marks: [Mark], at now: Instant) -> PlatformAlert {
        var alert = self
        alert.mark = marks.first { mark in
            guard mark.id == id, mark.level >= level else { return false }
            return id.kind.quiet.map { mark.at.duration(to: now) < $0 } ?? true
        }
        return alert
    }
}

extension PlatformOverview {
    /// What somebody should look at, the gravest first, with what somebody has seen to at the end.
    package var alerts: [PlatformAlert] {
        let all = (health?.warnings ?? []) + givenUp
        let now = health?.at ?? Instant(microseconds: 0)
        let marked = all.map { $0.marked(alertMarks, at: now) }
        return marked.filter { $0.mark == nil } + marked.filter { $0.mark != nil }
    }

    private var givenUp: [PlatformAlert] {
        var alerts: [PlatformAlert] = []
        if let failed = mails?.failed, failed > 0 {
            let sentence = failed == 1 ? "1 mail was given up." : "\(failed) mails were given up."
            let last = mails?.lastFailure?.microseconds ?? 0
            alerts.append(PlatformAlert(.init(.mails), level: last, sentence))
        }
        if let failed = copies?.failed, failed > 0 {
            let sentence =
                failed == 1
                ? "1 copy of data was given up." : "\(failed) copies of data were given up."
            let last = copies?.lastFailure?.microseconds ?? 0
            alerts.append(PlatformAlert(.init(.copies), level: last, sentence))
        }
        return alerts
    }
}
