import Domain
import Storage

/// What the demonstration consists of at one scale: fixed counts, a fixed seed, times up to now.
struct DemoPlan: Sendable {
    static let superAdminEmail = "ada@ghostworks.example"
    static let supportEmail = "sam@ghostworks.example"
    static let ownerEmail = "omar@acme-charity.example"
    /// Only in the embedded cluster, whose socket is closed to other people.
    static let password = "demo-ghostworks"

    let scale: Int
    let start: Instant
    let end: Instant

    /// So many days of history.
    static let days: Int64 = 60

    init(scale: Int, now: Instant) {
        self.scale = scale
        end = now
        start = Instant(microseconds: now.microseconds - Self.days * 86_400_000_000)
    }

    var tenantCount: Int { 40 * scale }
    var personCount: Int { 600 * scale }
    var artifactCount: Int { 12_000 * scale }
    var auditCount: Int { 20_000 * scale }

    /// The plan of the tenant at `index`: the first is an enterprise that holds 30 % of all.
    func plan(_ index: Int) -> Plan {
        switch index % 40 {
        case 0, 7, 16, 25, 33: .enterprise
        case 1, 2, 4, 5, 8, 10, 11, 13, 14, 17, 19, 20, 22, 23, 26, 28, 29, 31, 34, 37: .pro
        default: .free
        }
    }

    /// Suspended in the end, for a reason.
    func isSuspended(_ index: Int) -> Bool {
        [9, 21, 36].contains(index % 40)
    }

    /// The first tenant is as old as the platform, the others came within the first three weeks.
    func founded(_ index: Int, _ random: inout DemoRandom) -> Instant {
        let minutes = index == 0 ? 0 : random.below(21 * 24 * 60)
        return Instant(microseconds: start.microseconds + Int64(minutes) * 60_000_000)
    }

    func seats(_ index: Int) -> Int {
        switch plan(index) {
        case .free: 2 + index % 4
        case .pro: 9 + index % 13
        case .enterprise: 40 + index % 25
        }
    }

    /// How many artifacts the tenant holds: 30 % for the first, the rest in shares that fall, and
    /// what rounding leaves over for the second.
    func artifacts(_ index: Int) -> Int {
        let first = artifactCount * 3 / 10
        guard index > 0 else { return first }
        let weights = (1..<tenantCount).reduce(0) { $0 + Self.weight($1) }
        let share = { (artifactCount - first) * Self.weight($0) / weights }
        guard index == 1 else { return share(index) }
        return artifactCount - first - (2..<tenantCount).reduce(0) { $0 + share($1) }
    }

    private static func weight(_ index: Int) -> Int {
        60 - index % 40
    }

    /// The updates beside the other events of the tenant, so that the trails together have their
    /// planned length; what rounding leaves over goes to the first tenant.
    func updates(_ index: Int) -> Int {
        let others = (0..<tenantCount).reduce(0) { $0 + seats($1) + (isSuspended($1) ? 1 : 0) }
        let updates = auditCount - artifactCount - others
        let share = { updates * artifacts($0) / artifactCount }
        guard index == 0 else { return share(index) }
        return updates - (1..<tenantCount).reduce(0) { $0 + share($1) }
    }

    /// How often and how much a tenant uses AI: calls a day, and the tokens of the largest.
    func use(_ index: Int) -> (callsADay: Int, largest: Int) {
        let isHeavy = index % 5 == 2
        return switch plan(index) {
        case .free: (1, isHeavy ? 4_000 : 1_200)
        case .pro: (4, isHeavy ? 48_000 : 9_000)
        case .enterprise: (14, isHeavy ? 190_000 : 40_000)
        }
    }
}
