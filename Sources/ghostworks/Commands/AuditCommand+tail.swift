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
                minutes; `support open` and --support-session follow for longer. JSON lines are \
                an export: they take audit.export, and the trail says so.
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
                    let trail = FollowTrail(session.environment, by: session.caller, for: use)
                    let names = NameOperators(session.environment)
                    try await follow(trail, filter, in: settings.view.timeZone) {
                        try await names($0, by: session.caller)
                    }
                }
                return
            }
            try await TenantWork(global: global, tenant: tenant).read { place in
                let filter = try await wanted.filter(in: place)
                let trail = FollowTrail(place.environment, by: place.caller, for: use)
                let names = NamePeople(place.environment)
                try await follow(trail, filter, in: place.settings.view.timeZone) {
                    try await names($0, by: place.caller)
                }
            }
        }

        private var use: TrailUse { format == .jsonl ? .export : .reading }

        private func follow(
            _ trail: FollowTrail,
            _ filter: AuditFilter,
            in zone: TimeZone,
            names: (Set<UserID>) async throws -> [UserID: User]
        ) async throws {
            let interruption = Interruption()
            let isOver = { once || interruption.isRaised }
            try await trail(filter, last: limit, until: isOver) {
                try await show($0, zone, names)
            }
        }

        private func show(
            _ events: [AuditEvent],
            _ zone: TimeZone,
            _ names: (Set<UserID>) async throws -> [UserID: User]
        ) async throws {
            guard !events.isEmpty else { return }
            if format == .jsonl {
                for event in events { StandardStream.output.write(AuditLine.text(event, .jsonl)) }
                return
            }
            let people = try await names(Set(events.compactMap(\.actor.id)))
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
