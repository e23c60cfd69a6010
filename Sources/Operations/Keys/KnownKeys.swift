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
    }

    private struct Contents {
        var entries: [Name: Entry] = [:]
        var uses: [APIKeyUse] = []
    }

    private static let life = Duration.seconds(60)

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

    func keep(_ maker: APIKeyMaker, for proof: APIKeyProof, in tenant: TenantID, now: Instant) {
        contents.withLock { contents in
            if contents.entries.count >= limit {
                contents.entries.removeAll(keepingCapacity: true)
            }
            let name = Name(tenant: tenant, proof: proof)
            let noted = contents.entries[name]?.notedUntil ?? now
            contents.entries[name] = Entry(
                maker: maker,
                until: now.advanced(by: Self.life),
                notedUntil: noted
            )
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
