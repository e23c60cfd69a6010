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
    private(set) var trail = DemoTrail()

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
        open()
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
        var visits = DemoRandom(seed: 0x5EED_3000 &+ UInt64(index))
        return (0..<min(plan.seats(index), people.count)).map { place in
            let ago = Duration.seconds(visits.below(30 * 24 * 60) * 60)
            return DemoMembership(
                user: people[(first + place) % people.count].id,
                role: place < roles.count
                    ? roles[place] : random.pick([.member, .member, .viewer]),
                status: place > 3 && random.chance(4) ? .suspended : .active,
                joinedAt: joinedAt,
                lastSeenAt: visits.chance(10)
                    ? nil : max(joinedAt, plan.end.advanced(by: .zero - ago))
            )
        }
    }

    private mutating func open() {
        let founder = row.members[0].user
        let founded = DemoTrail.Step("tenant.provisioned", .create, "tenant", row.id)
        trail.tell(founded, at: row.createdAt, by: founder, &random)
        for member in row.members.dropFirst() {
            let added = DemoTrail.Step("member.added", .create, "member", member.user)
                .changing("role", to: .string(member.role.rawValue))
            trail.tell(added, at: row.createdAt, by: founder, &random)
        }
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
        let created = DemoTrail.Step("artifact.created", .create, "artifact", artifact.id)
            .changing("name", to: .string(artifact.name))
        artifacts.append(artifact)
        revisions.append(DemoRevision(artifact, .created, created.changes.canonical))
        trail.tell(created, at: moment, by: author, of: artifact, &random)
    }

    private mutating func update(
        at moment: Instant,
        _ artifacts: inout [Artifact],
        _ revisions: inout [DemoRevision]
    ) {
        let place = random.below(artifacts.count)
        let author = random.pick(authors)
        let sentence = random.pick(DemoWords.englishSentences)
        let before = artifacts[place].description
        artifacts[place].description = sentence
        artifacts[place].version += 1
        artifacts[place].updatedAt = moment
        artifacts[place].updatedBy = author
        let artifact = artifacts[place]
        let updated = DemoTrail.Step("artifact.updated", .update, "artifact", artifact.id)
            .changing("description", from: .string(before), to: .string(sentence))
        revisions.append(DemoRevision(artifact, .updated, updated.changes.canonical))
        trail.tell(updated, at: moment, by: author, of: artifact, &random)
    }
}

extension DemoRevision {
    /// The version that an artifact has now.
    fileprivate init(_ artifact: Artifact, _ action: ArtifactRevision.Action, _ changes: String) {
        self.init(
            artifact: artifact.id,
            version: artifact.version,
            actor: artifact.updatedBy,
            action: action,
            changes: changes,
            at: artifact.updatedAt
        )
    }
}
