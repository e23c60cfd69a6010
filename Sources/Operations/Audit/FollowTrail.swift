package import Domain

// DESIGN
//
// 1. The end of the trail is asked first, and both halves begin there: the last events are those up
//    to it, and following goes on behind it. Whatever is appended meanwhile, one event or a
//    thousand, is behind that end.
// 2. What is shown and what is followed come through the same filter.

/// The last events of a trail, and each new one when it comes.
package struct FollowTrail: Sendable {
    /// The newest events up to one.
    typealias Latest =
        @Sendable (_ filter: AuditFilter, _ request: PageRequest) async throws -> [AuditEvent]
    /// The number of the last event, once it is above another, or a moment later.
    typealias Wait = @Sendable (_ after: Int64) async throws -> Int64
    typealias Read =
        @Sendable (_ filter: AuditFilter, _ after: Int64, _ through: Int64) async throws ->
        [AuditEvent]

    var latest: Latest
    var wait: Wait
    var read: Read

    /// Under which the trail records what was taken.
    private static let name = "audit tail"
    /// Short, so that whoever stops it does not wait.
    private static let pauses = AwaitAuditEvents.Pauses(
        first: .seconds(1),
        last: .seconds(1),
        looks: 2
    )

    /// Follows the workspace's trail.
    ///
    /// - Parameters:
    ///   - environment: What it works with.
    ///   - caller: Needs `audit.read`, or `audit.export` where a program takes the events.
    ///   - use: What becomes of the events.
    package init(_ environment: Environment, by caller: TenantCaller, for use: TrailUse) {
        let list = ListTrail(environment, for: use, to: Self.name)
        let part = ReadAuditEvents(environment, for: use)
        let news = AwaitAuditEvents(environment, pauses: Self.pauses)
        latest = { try await list($0, page: $1, isFirst: true, by: caller).items }
        wait = { try await news(after: $0, by: caller) }
        read = { try await part($0, after: $1, through: $2, by: caller) }
    }

    /// Follows the platform's trail; `caller` is an operator with `platform.audit.read`.
    package init(_ environment: Environment, by caller: Caller, for use: TrailUse) {
        let list = ListTrail(environment, for: use, to: Self.name)
        let part = ReadAuditEvents(environment, for: use)
        let news = AwaitAuditEvents(environment, pauses: Self.pauses)
        latest = { try await list($0, page: $1, isFirst: true, by: caller).items }
        wait = { try await news(after: $0, by: caller) }
        read = { try await part($0, after: $1, through: $2, by: caller) }
    }

    /// Shows events, the older before the newer, until it is told to end.
    ///
    /// - Parameters:
    ///   - filter: Which.
    ///   - limit: How many of the last events first.
    ///   - isOver: Asked before each wait and each part.
    ///   - show: Takes the next events.
    /// - Throws: `DomainError`, and what `show` throws.
    package func callAsFunction(
        _ filter: AuditFilter,
        last limit: Int,
        until isOver: () -> Bool,
        show: ([AuditEvent]) async throws -> Void
    ) async throws {
        var seq = try await wait(0)
        let end = PagePosition([String(seq + 1)])
        try await show(
            try await latest(filter, PageRequest(limit: limit, after: end)).reversed()
        )
        while !isOver() {
            let head = try await wait(seq)
            while seq < head, !isOver() {
                let events = try await read(filter, seq, head)
                try await show(events)
                let isPart = events.count == ReadAuditEvents.partSize
                seq = isPart ? events[events.count - 1].seq : head
            }
        }
    }
}
