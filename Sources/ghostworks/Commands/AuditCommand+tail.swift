import ArgumentParser
import Domain
import Foundation
import Operations
import Terminal

extension AuditCommand {
    /// `audit tail`.
    struct Tail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tail",
            abstract: "Show the last events, and each new one when it comes.",
            discussion: """
                One line an event, until ctrl-c. An operator's support session ends after ten \
                minutes; `support open` and --support-session follow for longer.
                """
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var wanted: AuditFilterOptions
        @Flag(help: "The platform's own trail, for operators.") var platform = false
        @Option(help: "lines, or jsonl: one JSON object a line.") var format = TailFormat.lines
        @Option(help: ArgumentHelp("How many of the last events first.", valueName: "number"))
        var limit = 10
        @Flag(help: "End behind the last events, without waiting for more.") var once = false

        func validate() throws {
            guard PageRequest.limits.contains(limit) else {
                throw ValidationError("--limit must be 1 to \(PageRequest.limits.upperBound).")
            }
        }

        func run() async throws {
            _ = try wanted.reading()
            if platform {
                try tenant.refuseForPlatform()
                let settings = try await global.settings()
                try await ShellSession.with(settings) { session in
                    let filter = try await wanted.filter(of: session, settings)
                    try await follow(TrailFeed(session), filter, in: settings.view.timeZone)
                }
                return
            }
            try await TenantWork(global: global, tenant: tenant).read { place in
                let filter = try await wanted.filter(in: place)
                try await follow(TrailFeed(place), filter, in: place.settings.view.timeZone)
            }
        }

        private func follow(
            _ feed: TrailFeed,
            _ filter: AuditFilter,
            in zone: TimeZone
        ) async throws {
            let interruption = Interruption()
            // The end first: what comes in between is in the page, or behind this end.
            let end = try await feed.wait(0)
            let newest = try await feed.page(filter, PageRequest(limit: limit)).items
            try await show(newest.reversed(), feed, zone)
            var seq = max(end, newest.first?.seq ?? 0)
            while !once, !interruption.isRaised {
                let head = try await feed.wait(seq)
                while seq < head, !interruption.isRaised {
                    let events = try await feed.read(filter, seq, head)
                    try await show(events, feed, zone)
                    guard events.count == ReadAuditEvents.partSize, let last = events.last else {
                        seq = head
                        break
                    }
                    seq = last.seq
                }
            }
        }

        private func show(_ events: [AuditEvent], _ feed: TrailFeed, _ zone: TimeZone) async throws
        {
            guard !events.isEmpty else { return }
            if format == .jsonl {
                for event in events { StandardStream.output.write(AuditLine.text(event, .jsonl)) }
                return
            }
            let people = try await feed.name(Set(events.compactMap(\.actor.id)))
            for event in events {
                StandardStream.output.line(NamedEvent(event, people).line(in: zone))
            }
        }
    }
}

/// How followed events are written.
enum TailFormat: String, CaseIterable, ExpressibleByArgument {
    case lines
    case jsonl
}

/// One trail as somebody follows it: a tenant's or the platform's.
struct TrailFeed {
    let page: (AuditFilter, PageRequest) async throws -> Page<AuditEvent>
    /// The number of the last event, once it is above another, or a moment later.
    let wait: (Int64) async throws -> Int64
    let read: (AuditFilter, _ after: Int64, _ through: Int64) async throws -> [AuditEvent]
    let name: (Set<UserID>) async throws -> [UserID: User]

    /// Short, so that ctrl-c is heard soon.
    private static let pauses = AwaitAuditEvents.Pauses(
        first: .seconds(1),
        last: .seconds(1),
        looks: 2
    )

    init(_ place: TenantWork.Place) {
        let (environment, caller) = (place.environment, place.caller)
        page = { try await ListAuditEvents(environment)($0, page: $1, by: caller) }
        let news = AwaitAuditEvents(environment, pauses: Self.pauses)
        wait = { try await news(after: $0, by: caller) }
        read = {
            try await ReadAuditEvents(environment)($0, after: $1, through: $2, by: caller)
        }
        name = { try await NamePeople(environment)($0, by: caller) }
    }

    init(_ session: ShellSession) {
        let (environment, caller) = (session.environment, session.caller)
        page = { try await ListPlatformAuditEvents(environment)($0, page: $1, by: caller) }
        let news = AwaitAuditEvents(environment, pauses: Self.pauses)
        wait = { try await news(after: $0, by: caller) }
        read = {
            try await ReadAuditEvents(environment)($0, after: $1, through: $2, by: caller)
        }
        name = { try await NameOperators(environment)($0, by: caller) }
    }
}

extension NamedEvent {
    /// When, number, outcome, who, what, to what; whatever came from outside is drawn harmless.
    fileprivate func line(in zone: TimeZone) -> String {
        let entry = event.entry
        let words = [
            event.createdAt.shown(in: zone), "#\(event.seq)", entry.outcome.rawValue,
            actorName ?? event.actor.kind.rawValue, entry.action,
            [entry.resourceType, entry.resourceID].compactMap(\.self).joined(separator: " "),
        ]
        return SafeText(words.joined(separator: "  ")).string
    }
}
