import Domain
import FoundationEssentials
import Postgres
import Synchronization

// DESIGN
//
// What the guard said of a member, and the stamp of the session at that moment. A later read sends
// the stamp instead of the question: one row is looked at instead of five tables. Invariants:
//
// 1. The stamp is compared in the transaction of the read, so a right that was taken is gone with
//    the next request. Nothing here has a life of its own that could be too long.
// 2. Whatever takes a right changes the stamp in the same transaction, by triggers
//    (migration 0031, `app.restamp`). What gives one does not: refusals are not remembered.
// 3. Answers without a stamp are not remembered: support sessions, roles of a tenant's own making.

/// The answers of the guard that can be confirmed by a stamp.
final class AccessMemo: Sendable {
    /// What an answer was given for.
    struct Question: Hashable {
        let session: SessionID
        let user: UserID
        let tenant: TenantID
        let permission: Permission

        /// - Returns: Nil for an access that never has a stamp.
        init?(_ access: Access) {
            guard case .tenant(let session, let permission) = access.guard,
                access.context.kind == .tenant, access.context.supportSession == nil,
                let tenant = access.context.tenant, let user = access.context.user
            else { return nil }
            self.session = session
            self.user = user
            self.tenant = tenant
            self.permission = permission
        }
    }

    /// An answer, good as long as the session has this stamp.
    struct Answer {
        let stamp: UUID
        let authorization: Authorization

        /// Reads what `app.enter` gives.
        ///
        /// - Returns: Nil for an answer without a stamp before it.
        init?(_ rows: Rows?, _ authorization: Authorization) throws {
            guard let row = rows?.first,
                let stamp = try row.decode("access_stamp", as: UUID?.self)
            else { return nil }
            self.stamp = stamp
            self.authorization = authorization
        }

        /// Sets the context and compares the stamp, in one statement.
        func confirmation(context: String, of session: SessionID) -> SQL {
            """
            SELECT set_config('app.context', \(context), true),
                app.confirm_stamp(\(session), \(stamp))
            """
        }
    }

    /// About 2 MB; what is asked most is soon back when all are forgotten.
    private static let most = 16_384

    private let answers = Mutex<[Question: Answer]>([:])

    /// What is remembered of an access.
    subscript(question: Question) -> Answer? {
        get { answers.withLock { $0[question] } }
        set {
            answers.withLock { answers in
                if answers.count >= Self.most { answers.removeAll(keepingCapacity: true) }
                answers[question] = newValue
            }
        }
    }
}
