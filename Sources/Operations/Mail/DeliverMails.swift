package import Delivery
package import Domain
import FoundationEssentials
import Sealing
import Storage

// DESIGN
//
// 1. A mail is claimed in one transaction, handed over outside of any, and settled in another. No
//    transaction is open while a mail server is waited for.
// 2. At least once: a process that ends between the handing over and the settling leaves the mail
//    claimed; when the lease ends it is sent again, with the same Message-ID.
// 3. A mail that cannot be opened, because its key is gone, is given up at once.

/// Sends what is due in the outbox.
package struct DeliverMails: Sendable {
    private let environment: Environment
    private let office: PostOffice
    private let policy: RetryPolicy

    /// So many mails are handed over at the same time.
    private static let batch = 8

    package init(
        _ environment: Environment,
        office: PostOffice,
        policy: RetryPolicy = .mail
    ) {
        self.environment = environment
        self.office = office
        self.policy = policy
    }

    /// Sends one batch.
    ///
    /// - Returns: What became of each; empty when nothing was due.
    package func callAsFunction() async throws -> [MailReport] {
        let claimed = try await environment.database.system(reason: .worker) { scope in
            try scope.last([OutboxStore.claim(limit: Self.batch)])[0].map(OutboxStore.claimed)
        }
        return try await withThrowingTaskGroup(of: MailReport.self) { group in
            for mail in claimed { group.addTask { try await deliver(mail) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// How many mails wait.
    package func backlog() async throws -> Int {
        try await environment.database.system(reason: .worker) { scope in
            try OutboxStore.waiting(in: scope)
        }
    }

    private func deliver(_ claimed: ClaimedMail) async throws -> MailReport {
        let failure: DeliveryFailure?
        do {
            try await office.send(
                try open(claimed),
                id: claimed.row.id.canonicalText,
                date: claimed.createdAt
            )
            failure = nil
        } catch let error as DeliveryFailure {
            failure = error
        } catch {
            failure = DeliveryFailure(.transient, "the way out failed")
        }
        let outcome = try await settle(claimed, failure)
        return MailReport(
            id: claimed.row.id.canonicalText,
            template: claimed.row.template,
            outcome: outcome,
            attempt: Int(claimed.attempt),
            reason: failure?.reason
        )
    }

    private func open(_ claimed: ClaimedMail) throws(DeliveryFailure) -> Mail {
        let row = claimed.row
        do {
            let secret = try environment.sealer.open(
                Sealed(parsing: row.payload),
                context: Outbox.place(row.id)
            )
            let values = try secret.withUnsafeBytes {
                try JSONDecoder().decode([String: String].self, from: Data($0))
            }
            guard let template = Mail.Template(rawValue: row.template),
                let language = Mail.Language(rawValue: row.language)
            else { throw DeliveryFailure(.permanent, "there is no such template") }
            return Mail(
                template,
                to: try EmailAddress(row.recipient),
                in: language,
                values: values
            )
        } catch let error as DeliveryFailure {
            throw error
        } catch {
            throw DeliveryFailure(.permanent, "the mail cannot be opened")
        }
    }

    private func settle(
        _ claimed: ClaimedMail,
        _ failure: DeliveryFailure?
    ) async throws -> MailOutcome {
        let attempt = Int(claimed.attempt)
        return try await environment.database.system(reason: .worker) { scope in
            guard let failure else {
                return try scope.change(OutboxStore.sent(claimed)) == 1 ? .sent : .superseded
            }
            let delay = policy.delay(after: attempt, chance: .random(in: 0...1))
            guard failure.kind == .transient, let delay else {
                return try Self.giveUp(claimed, failure, scope)
            }
            let statement = OutboxStore.deferred(claimed, by: delay, reason: failure.reason)
            return try scope.change(statement) == 1 ? .deferred : .superseded
        }
    }

    private static func giveUp(
        _ claimed: ClaimedMail,
        _ failure: DeliveryFailure,
        _ scope: Scope
    ) throws -> MailOutcome {
        let statement = OutboxStore.failed(claimed, reason: failure.reason)
        guard try scope.change(statement) == 1 else { return .superseded }
        var changes = Changes()
        changes.note("template", from: .null, to: .string(claimed.row.template))
        changes.note("reason", from: .null, to: .string(failure.reason))
        let entry = AuditEntry(
            action: "mail.failed",
            operation: .other,
            resourceType: "mail",
            resourceID: claimed.row.id.canonicalText,
            outcome: .failed,
            requestID: nil,
            changes: changes.canonical
        )
        _ = try scope.last([scope.recordPlatform(entry)])
        return .failed
    }
}

/// What became of one mail, for logs and metrics: not to whom, and not what it said.
package struct MailReport: Hashable, Sendable {
    package let id: String
    package let template: String
    package let outcome: MailOutcome
    package let attempt: Int
    package let reason: String?
}
