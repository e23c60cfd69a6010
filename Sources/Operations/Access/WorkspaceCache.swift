import Domain
import Synchronization

/// The ids behind slugs that were asked for before.
///
/// A slug never moves to another tenant, so an entry cannot go stale; whether the caller may enter
/// is for the guard to say. When full, it starts over: a miss costs one round trip.
final class WorkspaceCache: Sendable {
    private let limit: Int
    private let entries = Mutex<[String: TenantID]>([:])

    init(limit: Int = 10_000) {
        self.limit = limit
    }

    func find(_ slug: String) -> TenantID? {
        entries.withLock { $0[slug] }
    }

    func keep(_ tenant: TenantID, for slug: String) {
        entries.withLock { entries in
            if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            entries[slug] = tenant
        }
    }

    var count: Int { entries.withLock { $0.count } }
}
