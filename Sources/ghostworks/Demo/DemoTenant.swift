import Domain
import Storage

/// Makes one tenant of the demonstration: its members, then its history in chunks.
///
/// A chunk's updates touch only artifacts of the same chunk, so that rows can be inserted in their
/// final state while the trail still tells every step, in the order of time.
struct DemoTenant {
    let plan: DemoPlan
    let index: Int
    let row: DemoTenantRow
    var random: DemoRandom
    private let total: Int
    private let updateCount: Int
    /// Those who may write.
    let authors: [UserID]
    private(set) var audit: [DemoAudit] = []

    static let chunk = 1_000

    init(plan: DemoPlan, index: Int, people: [DemoPerson]) {
        self.plan = plan
        self.index = index
        random = DemoRandom(seed: 0x5EED_1000 &+ UInt64(index))
        total = plan.artifacts(index)
        updateCount = plan.updates(index)
        let name = Self.name(index)
        let founded = plan.founded(index, &random)
        let members = Self.members(
            plan: plan,
            index: index,
            people: people,
            joinedAt: founded,
            random: &random
        )
        row = DemoTenantRow(
            id: random.id(at: founded),
            slug: Self.slug(name),
            name: name,
            plan: plan.plan(index),
            createdAt: founded,
            members: members
        )
        authors = members.filter { member in
            member.status == .active && member.role.grants(.artifactCreate) == .all
        }.map(\.user)
        audit = opening()
    }

    private static func name(_ index: Int) -> String {
        let base = DemoWords.tenantNames[index % DemoWords.tenantNames.count]
        let round = index / DemoWords.tenantNames.count
        return round == 0 ? base : "\(base) \(round + 1)"
    }

    private static func slug(_ name: String) -> String {
        name.lowercased().replacing(" ", with: "-")
    }

    private static func members(
        plan: DemoPlan,
        index: Int,
        people: [DemoPerson],
        joinedAt: Instant,
        random: inout DemoRandom
    ) -> [DemoMembership] {
        let roles: [Role] = [.owner, .admin, .member, .brandCreator, .viewer, .member, .guest]
        // Neighbouring tenants share some people, as real ones do.
        let first = index == 0 ? 0 : (index * 13) % people.count
        return (0..<min(plan.seats(index), people.count)).map { place in
            DemoMembership(
                user: people[(first + place) % people.count].id,
                role: place < roles.count
                    ? roles[place] : random.pick([.member, .member, .viewer]),
                status: place > 3 && random.chance(4) ? .suspended : .active,
                joinedAt: joinedAt
            )
        }
    }

    private mutating func opening() -> [DemoAudit] {
        let founded = entry("tenant.provisioned", .create, "tenant", row.id.description)
        let joined = row.members.dropFirst().map { member in
            let changes = change("role", to: .string(member.role.rawValue))
            return entry("member.added", .create, "member", member.user.description, changes)
        }
        return ([founded] + joined).map { event(at: row.createdAt, by: row.members[0].user, $0) }
    }

    /// The artifacts of chunk `number`, with their versions; adds to the trail.
    mutating func history(chunk number: Int) -> (artifacts: [Artifact], revisions: [DemoRevision]) {
        let count = min(Self.chunk, total - number * Self.chunk)
        guard count > 0 else { return ([], []) }
        let span = plan.end.microseconds - row.createdAt.microseconds
        let from = row.createdAt.microseconds + span / Int64(total) * Int64(number * Self.chunk)
        let to = from + span / Int64(total) * Int64(count)
        let done = number * Self.chunk
        let updates = updateCount * (done + count) / total - updateCount * done / total
        let steps = count + updates
        let moments = random.moments(
            steps,
            from: Instant(microseconds: from),
            to: Instant(microseconds: to)
        )
        var artifacts: [Artifact] = []
        var revisions: [DemoRevision] = []
        for (step, moment) in moments.enumerated() {
            let due = (step + 1) * count / steps
            if artifacts.isEmpty || artifacts.count < due {
                create(at: moment, &artifacts, &revisions)
            } else {
                update(at: moment, &artifacts, &revisions)
            }
        }
        while artifacts.count < count {
            create(at: Instant(microseconds: to), &artifacts, &revisions)
        }
        return (artifacts, revisions)
    }

    private mutating func create(
        at moment: Instant,
        _ artifacts: inout [Artifact],
        _ revisions: inout [DemoRevision]
    ) {
        let author = random.pick(authors)
        let artifact = document(at: moment, by: author)
        let changes = change("name", to: .string(artifact.name))
        artifacts.append(artifact)
        revisions.append(
            DemoRevision(
                artifact: artifact.id,
                version: 1,
                actor: author,
                action: .created,
                changes: changes,
                at: moment
            )
        )
        let created = entry(
            "artifact.created",
            .create,
            "artifact",
            artifact.id.description,
            changes
        )
        audit.append(event(at: moment, by: author, created, artifact))
    }

    private mutating func update(
        at moment: Instant,
        _ artifacts: inout [Artifact],
        _ revisions: inout [DemoRevision]
    ) {
        let place = random.below(artifacts.count)
        let author = random.pick(authors)
        let sentence = random.pick(DemoWords.englishSentences)
        var noted = Changes()
        noted.note(
            "description",
            from: .string(artifacts[place].description),
            to: .string(sentence)
        )
        artifacts[place].description = sentence
        artifacts[place].version += 1
        artifacts[place].updatedAt = moment
        artifacts[place].updatedBy = author
        let artifact = artifacts[place]
        revisions.append(
            DemoRevision(
                artifact: artifact.id,
                version: artifact.version,
                actor: author,
                action: .updated,
                changes: noted.canonical,
                at: moment
            )
        )
        let updated = entry(
            "artifact.updated",
            .update,
            "artifact",
            artifact.id.description,
            noted.canonical
        )
        audit.append(event(at: moment, by: author, updated, artifact))
    }

    private mutating func document(at moment: Instant, by author: UserID) -> Artifact {
        let isArabic = random.chance(30)
        let topic = random.pick(isArabic ? DemoWords.arabicTopics : DemoWords.englishTopics)
        let place = random.pick(isArabic ? DemoWords.arabicPlaces : DemoWords.englishPlaces)
        let sentences = isArabic ? DemoWords.arabicSentences : DemoWords.englishSentences
        let year = moment.date.year - random.below(3)
        let text = (0..<random.within(1...3)).map { _ in random.pick(sentences) }
        return Artifact(
            id: random.id(at: moment),
            name: "\(topic.name) \(year) – \(place)",
            description: text.joined(separator: " "),
            tags: topic.tags,
            metadata: .object([
                "language": .string(isArabic ? "ar" : "en"),
                "words": .integer(Int64(random.within(120...4_000))),
            ]),
            createdBy: author,
            createdAt: moment,
            updatedBy: author,
            updatedAt: moment,
            version: 1,
            deletedAt: nil
        )
    }

    private func entry(
        _ action: String,
        _ operation: AuditEntry.Operation,
        _ type: String,
        _ id: String,
        _ changes: String = "{}"
    ) -> AuditEntry {
        AuditEntry(
            action: action,
            operation: operation,
            resourceType: type,
            resourceID: id,
            requestID: nil,
            changes: changes
        )
    }

    private mutating func event(
        at moment: Instant,
        by actor: UserID,
        _ entry: AuditEntry,
        _ artifact: Artifact? = nil
    ) -> DemoAudit {
        var data: [String: JSONValue] = ["id": .string(entry.resourceID ?? "")]
        if let artifact {
            data["name"] = .string(artifact.name)
            data["version"] = .integer(artifact.version)
        }
        return DemoAudit(
            id: random.id(at: moment),
            at: moment,
            actor: actor,
            entry: entry,
            event: JSONValue.object(data).canonical
        )
    }

    private func change(_ field: String, to new: JSONValue) -> String {
        var changes = Changes()
        changes.note(field, from: .null, to: new)
        return changes.canonical
    }
}
