import ArgumentParser
import Domain

// How values of the domain are typed on a command line.

extension Plan: ExpressibleByArgument {}
extension TenantStatus: ExpressibleByArgument {}
extension TenantFilter.Order: ExpressibleByArgument {}
extension Resource: ExpressibleByArgument {}
extension MemberStatus: ExpressibleByArgument {}
extension UsageGrouping: ExpressibleByArgument {}
extension AuditEntry.Outcome: ExpressibleByArgument {}

extension PlatformRole: ExpressibleByArgument {}
extension AccountStatus: ExpressibleByArgument {}

extension InvitationStatus: ExpressibleByArgument {}
extension MemberGrant.Kind: ExpressibleByArgument {}
extension Mail.Language: ExpressibleByArgument {}

extension RoleName: ExpressibleByArgument {
    /// A key or another system's name for it, or the id or name of one of the tenant's roles.
    package init?(argument: String) {
        guard let name = try? RoleName(argument) else { return nil }
        self = name
    }

    package var defaultValueDescription: String { text }
}

extension Identifier: ExpressibleByArgument {
    /// The hyphenated form.
    package init?(argument: String) {
        self.init(argument)
    }
}

/// The orders of a list of artifacts, by the words people use.
enum ArtifactSorting: String, CaseIterable, ExpressibleByArgument {
    case newest
    case updated
    case name

    var order: ArtifactOrder {
        switch self {
        case .newest: .newest
        case .updated: .recentlyUpdated
        case .name: .name
        }
    }
}

/// How long something lasts: `90m`, `8h`, `30d`.
struct TimeSpan: ExpressibleByArgument, Sendable {
    let duration: Duration

    init?(argument: String) {
        let seconds: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400]
        guard let unit = argument.last.flatMap({ seconds[$0] }),
            let amount = Int64(argument.dropLast()), (1...100_000).contains(amount)
        else { return nil }
        duration = .seconds(amount * unit)
    }
}

/// A point in time: a date, RFC 3339, or how long ago (`90m`, `24h`, `7d`).
struct Moment: ExpressibleByArgument, Sendable {
    let instant: Instant

    init?(argument: String) {
        if let instant = Instant(rfc3339: argument) {
            self.instant = instant
            return
        }
        let seconds: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400]
        guard let unit = argument.last.flatMap({ seconds[$0] }),
            let amount = Int64(argument.dropLast()), (0...100_000).contains(amount)
        else { return nil }
        instant = SystemTime.now.advanced(by: .seconds(-amount * unit))
    }

    static let help = "a date, RFC 3339, or how long ago (90m, 24h, 7d)"
}

/// A point in time that is to come: a date, RFC 3339, or from now on (`90m`, `24h`, `7d`).
struct Deadline: ExpressibleByArgument, Sendable {
    let instant: Instant

    init?(argument: String) {
        if let instant = Instant(rfc3339: argument) {
            self.instant = instant
            return
        }
        guard let span = Span(argument: argument) else { return nil }
        instant = SystemTime.now.advanced(by: span.duration)
    }

    static let help = "a date, RFC 3339, or how long from now (90m, 24h, 7d)"
}

/// A length of time: `90m`, `24h`, `7d`.
struct Span: ExpressibleByArgument, Sendable {
    let duration: Duration

    init?(argument: String) {
        let seconds: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400]
        guard let unit = argument.last.flatMap({ seconds[$0] }),
            let amount = Int64(argument.dropLast()), (0...100_000).contains(amount)
        else { return nil }
        duration = .seconds(amount * unit)
    }

    static let help = "90m, 24h, 7d"
}
