import Domain
import Terminal

/// One job: what it is, how far it is, why it failed and what can be done with it.
struct JobScreen: ConsoleScreen {
    static let kind = ScreenKind.job
    private(set) var job: Job
    private(set) var failure: DomainError?

    init(_ job: Job) {
        self.job = job
    }

    var title: String { "Job \(job.id.description.prefix(8))…" }

    func asks(isRefresh: Bool, _ context: ScreenContext) -> [SlotAsk] {
        [SlotAsk(.detail, .platform(.jobs(.find(job.id))))]
    }

    mutating func take(
        _ answer: ConsoleAnswer,
        for slot: Slot,
        _ context: ScreenContext
    ) -> [SlotAsk] {
        guard case .jobs(.job(let job)) = answer else { return [] }
        self.job = job
        failure = nil
        return []
    }

    mutating func fail(_ error: DomainError, for slot: Slot) { failure = error }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        if let job = answer.changedJob, job.id == self.job.id { self.job = job }
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let rect = rect.inset(columns: 1)
        var y = 0
        for (label, value, role) in facts(context.screen) {
            context.drawPair(
                label,
                value,
                into: &frame,
                in: rect.row(y),
                labelWidth: 18,
                role: role
            )
            y += 1
        }
        y += 1
        for (sentence, role) in sentences(context) {
            for line in frame.say(SafeText(sentence, limit: 400)).wrapped(to: rect.width) {
                frame.write(line, in: rect.row(y), style: context.styles[role])
                y += 1
            }
        }
        if context.isFocused { frame.cursor = Point(x: rect.x, y: rect.y) }
    }

    private func facts(_ context: ScreenContext) -> [(SafeText, SafeText, Terminal.Role)] {
        func time(_ instant: Instant?) -> SafeText {
            SafeText(instant.map(context.zone.second) ?? "–")
        }
        return [
            ("job", SafeText(job.id.description), .text),
            ("kind", SafeText(job.kind.rawValue), .text),
            ("what", SafeText(job.what, limit: 100), .text),
            ("state", job.stateRole.sign + SafeText(job.stateText), job.stateRole),
            ("tenant", SafeText(job.tenantSlug ?? "–", limit: 63), .text),
            ("subject", SafeText(job.subject?.description ?? "–"), .text),
            ("asked", time(job.createdAt), .text),
            ("tries", SafeText(Format.count(Int64(job.attempts))), .text),
            ("next try", time(job.nextAt), .text),
            ("ended", time(job.endedAt), .text),
            ("last error", SafeText(job.failure ?? "–", limit: 300), job.failureRole),
        ]
    }

    /// What can be done with it, or why nothing can.
    private func sentences(_ context: DrawContext) -> [(String, Terminal.Role)] {
        if let failure { return [(failure.description, .error)] }
        var lines: [(String, Terminal.Role)] = []
        if let obstacle = job.retryObstacle {
            lines.append((obstacle.description, .muted))
        } else {
            lines.append(("\(context.key("retryjob")) has it tried again.", .text))
        }
        if job.cancelObstacle == nil {
            lines.append(("\(context.key("canceljob")) cancels it.", .text))
        }
        return lines
    }
}
