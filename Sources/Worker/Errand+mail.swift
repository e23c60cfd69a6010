import Domain
package import Operations

extension Errand {
    /// Sends what is due in the outbox.
    package static func mail(_ deliver: DeliverMails) -> Errand {
        Errand("mail", every: .seconds(1)) {
            let reports = try await deliver()
            var turn = Turn(
                outcomes: Dictionary(grouping: reports, by: \.outcome.rawValue).mapValues(\.count),
                notes: reports.map(note)
            )
            turn.waiting = try await deliver.backlog()
            return turn
        }
    }

    /// Forgets mails that are done with.
    package static func mailPruning(_ prune: PruneMails) -> Errand {
        Errand("mail_pruning", every: .seconds(3_600)) {
            try await prune()
            return Turn()
        }
    }

    private static func note(_ report: MailReport) -> Note {
        Note(
            "mail \(report.outcome.rawValue)",
            [
                "mail": report.id, "template": report.template,
                "attempt": "\(report.attempt)", "reason": report.reason ?? "",
            ].filter { !$0.value.isEmpty },
            isFailure: report.outcome != .sent
        )
    }
}
