import Domain
import Storage
import Synchronization

/// Who made the keys that were presented lately, and which of them were used.
///
/// Bounded: when full, it starts over, because a miss costs one query.
final class KnownKeys: Sendable {
    private struct Name: Hashable {
        let tenant: TenantID
        let proof: APIKeyProof
    }

    private struct Entry {
        let maker: APIKeyMaker
        let until: Instant
        var notedUntil: Instant
        /// Until when the guard is not asked again whether a key that is over its limit is good.
        var goodUntil: Instant
    }

    private struct Contents {
        var entries: [Name: Entry] = [:]
        var uses: [APIKeyUse] = []
        /// How often something was forgotten: what was read before that is not kept.
        var changes = 0
    }

    private static let life = Duration.seconds(60)
    private static let goodLife = Duration.seconds(1)

    private let limit: Int
    private let contents = Mutex(Contents())

    init(limit: Int = 10_000) {
        self.limit = limit
    }

    func find(_ proof: APIKeyProof, in tenant: TenantID, now: Instant) -> APIKeyMaker? {
        contents.withLock { contents in
            let entry = contents.entries[Name(tenant: tenant, proof: proof)]
            guard let entry, entry.until > now else { return nil }
            return entry.maker
        }
    }

    /// To be asked before a maker is looked up, and told to `keep`.
    var changes: Int { contents.withLock { $0.changes } }

    /// Keeps what was looked up, unless a key changed since `changes` was asked.
    func keep(
        _ maker: APIKeyMaker,
        for proof: APIKeyProof,
        in tenant: TenantID,
        since changes: Int,
        now: Instant
    ) {
        contents.withLock { contents in
            guard contents.changes == changes else { return }
            if contents.entries.count >= limit {
                contents.entries.removeAll(keepingCapacity: true)
            }
            let name = Name(tenant: tenant, proof: proof)
            let noted = contents.entries[name]?.notedUntil ?? now
            contents.entries[name] = Entry(
                maker: maker,
                until: now.advanced(by: Self.life),
                notedUntil: noted,
                goodUntil: now
            )
        }
    }

    /// Forgets a key that was changed here, whatever its secret.
    func forget(_ key: APIKeyID, in tenant: TenantID) {
        contents.withLock { contents in
            contents.changes += 1
            contents.entries = contents.entries.filter { name, _ in
                name.tenant != tenant || name.proof.id != key
            }
        }
    }

    /// Whether the guard found the key good a moment ago.
    func isGood(_ proof: APIKeyProof, in tenant: TenantID, now: Instant) -> Bool {
        contents.withLock { contents in
            let entry = contents.entries[Name(tenant: tenant, proof: proof)]
            return entry.map { $0.goodUntil > now } ?? false
        }
    }

    func noteGood(_ proof: APIKeyProof, in tenant: TenantID, now: Instant) {
        contents.withLock { contents in
            contents.entries[Name(tenant: tenant, proof: proof)]?.goodUntil =
                now.advanced(by: Self.goodLife)
        }
    }

    /// Notes that a key was let in; once a minute for each.
    func note(_ proof: APIKeyProof, in tenant: TenantID, now: Instant) {
        contents.withLock { contents in
            let name = Name(tenant: tenant, proof: proof)
            guard let entry = contents.entries[name], entry.notedUntil <= now,
                contents.uses.count < limit
            else { return }
            contents.entries[name]?.notedUntil = now.advanced(by: Self.life)
            contents.uses.append(APIKeyUse(tenant: tenant, key: proof.id, at: now))
        }
    }

    /// The uses that were noted and not yet written.
    func takeUses() -> [APIKeyUse] {
        contents.withLock { contents in
            defer { contents.uses = [] }
            return contents.uses
        }
    }

    func giveBack(_ uses: [APIKeyUse]) {
        contents.withLock { contents in
            guard contents.uses.count + uses.count <= limit else { return }
            contents.uses += uses
        }
    }

    var count: Int { contents.withLock { $0.entries.count } }
}
