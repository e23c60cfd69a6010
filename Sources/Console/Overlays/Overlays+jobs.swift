import Domain
import Terminal

extension DialogOverlay {
    static func retry(_ job: Job) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Try \(job.named) again", limit: 70),
                lines: [
                    job.kind == .mail
                        ? "Has 1 mail handed over at once instead of at its next try."
                        : "Has 1 copy made after all, with five more tries.",
                    job.kind == .mail
                        ? "A mail that was handed over cannot be undone."
                        : "Undone by: cancel, until it is made.",
                ],
                verb: "Try again"
            ),
            intent: .job(.retry(job))
        )
    }

    static func cancel(_ job: Job) -> DialogOverlay {
        DialogOverlay(
            dialog: Dialog(
                title: SafeText("Cancel \(job.named)", limit: 70),
                lines: [
                    job.kind == .mail
                        ? "Takes 1 mail off its way and forgets what it says."
                        : "Takes 1 copy from its worker; the person gets no file.",
                    job.kind == .mail
                        ? "It cannot be undone: whoever it was for asks for it again."
                        : "Undone by: trying it again.",
                ],
                verb: "Cancel it",
                isDangerous: true,
                demand: .init(needsReason: true)
            ),
            intent: .job(.cancel(job))
        )
    }
}

extension FormOverlay {
    /// The value that stands for every alert.
    private static let all = "all"

    static func seeAlert(_ alerts: [PlatformAlert]) -> FormOverlay {
        var choices = alerts.enumerated().map { index, alert in
            FormField.Choice("\(index)", title: SafeText(alert.sentence, limit: 60))
        }
        if alerts.count > 1 { choices.insert(FormField.Choice(all, title: "all of them"), at: 0) }
        return FormOverlay(
            title: "Acknowledge",
            plan: [
                "Notes on the overview that you saw to it. It is quiet until it gets worse; what "
                    + "is measured by the minute comes back after an hour.",
                "It cannot be undone.",
            ],
            form: Form([choice("alert", "Alert", of: choices)]),
            intent: .job(.seeAlert(alerts))
        )
    }

    static func seen(_ values: FormValues, _ alerts: [PlatformAlert]) throws(DomainError) -> Order {
        let wanted = values["alert"]
        let seen = wanted == all ? alerts : Int(wanted).map { [alerts[$0]] } ?? []
        guard !seen.isEmpty else { throw .invalid("alert", "must be chosen") }
        return .ask(.platform(.jobs(.acknowledge(seen.map(\.id)))))
    }
}

/// What is filled in about jobs and alerts.
enum JobEntry: Entry {
    case seeAlert([PlatformAlert])

    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .seeAlert(let alerts): try FormOverlay.seen(values, alerts)
        }
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        guard case .jobs(let answer) = answer else { return console.reload(isExplicit: true) }
        return console.takeDone(answer)
    }
}

/// What is asked before a job is tried again or cancelled.
enum JobQuestion: Question {
    case retry(Job)
    case cancel(Job)

    var tenant: TenantRef? { nil }

    func ask(reason: String) -> Ask? {
        switch self {
        case .retry(let job): .platform(.jobs(.retry(job.id)))
        case .cancel(let job): .platform(.jobs(.cancel(job.id, reason: reason)))
        }
    }

    func done(_ answer: ConsoleAnswer, in console: inout Console) -> [Effect] {
        guard case .jobs(let answer) = answer else { return console.reload(isExplicit: true) }
        return console.takeDone(answer)
    }
}
