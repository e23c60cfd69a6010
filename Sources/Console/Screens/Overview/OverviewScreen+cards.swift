import Domain
import Terminal

extension OverviewScreen {
    /// The cards, in the order of their topics.
    func cards(_ overview: PlatformOverview, _ context: DrawContext) -> [OverviewCard] {
        [
            tenants(overview, context), spend(overview), people(overview),
            service(overview.health, context), connections(overview.health),
            queue(overview, context),
        ]
    }

    private func value(
        _ label: SafeText,
        _ text: String,
        _ role: Terminal.Role = .text,
        trend: [Double] = []
    ) -> OverviewCard.Line {
        .value(label, "\(text)", role, trend: trend)
    }

    private func tenants(
        _ overview: PlatformOverview,
        _ context: DrawContext
    ) -> OverviewCard {
        let suspended = overview.suspendedTenants
        let counted = overview.refreshedAt.map { refreshed in
            Format.age(refreshed.duration(to: context.screen.now))
        }
        return OverviewCard(
            topic: .tenants,
            title: "Tenants",
            lines: [
                value("active", Format.count(overview.activeTenants), .good),
                value(
                    "suspended",
                    Format.count(suspended),
                    suspended > 0 ? .warning : .text
                ),
                value("counted", counted ?? "never; F counts", .muted),
            ]
        )
    }

    private func spend(_ overview: PlatformOverview) -> OverviewCard {
        let (today, before) = (overview.today, overview.yesterday)
        return OverviewCard(
            topic: .spend,
            title: "AI spend",
            lines: [
                value("tokens", change(today.tokens, before.tokens) { Format.count($0) }),
                .bar("today", Double(today.costNano), SafeText(Format.fineMoney(today.costNano))),
                .bar(
                    "yesterday",
                    Double(before.costNano),
                    SafeText(Format.fineMoney(before.costNano))
                ),
            ]
        )
    }

    private func people(_ overview: PlatformOverview) -> OverviewCard {
        OverviewCard(
            topic: .people,
            title: "People and documents",
            lines: [
                value("members", Format.count(overview.members)),
                value("artifacts", Format.count(overview.artifacts)),
            ]
        )
    }

    /// What the serving processes measured; without one there is nothing to measure.
    private func service(_ health: PlatformHealth?, _ context: DrawContext) -> OverviewCard {
        guard let health, let measured = health.measuredAt else {
            return OverviewCard(
                topic: .service,
                title: "API, last minute",
                lines: [value("served by", "no process", .muted)]
            )
        }
        let age = Format.elapsedSeconds(measured.duration(to: context.screen.now))
        let isSlow = health.slowest.map { $0 > .seconds(1) } ?? false
        return OverviewCard(
            topic: .service,
            title: "API, last minute",
            lines: [
                value("requests", Format.count(health.requests)),
                value(
                    "failed",
                    failed(health),
                    health.errors > 0 ? .warning : .text,
                    trend: history.map(\.failed)
                ),
                value("p50 / p99", pace(health), isSlow ? .warning : .text, trend: paces),
                value(
                    "measured",
                    "\(age) ago, \(Format.plural(health.present.count, "process"))",
                    .muted
                ),
            ]
        )
    }

    private func connections(_ health: PlatformHealth?) -> OverviewCard {
        guard let health, health.measuredAt != nil else {
            return OverviewCard(
                topic: .connections,
                title: "Database connections",
                lines: [value("measured by", "no process", .muted)]
            )
        }
        let pool = health.pool
        return OverviewCard(
            topic: .connections,
            title: "Database connections",
            lines: [
                value("in use", "\(pool.inUse) of \(pool.size)"),
                value(
                    "waiting",
                    Format.count(pool.waiting),
                    pool.waiting > 0 ? .warning : .text
                ),
                value("in vain", "\(Format.count(pool.timeouts)) since the start", .muted),
            ]
        )
    }

    /// What waits for workers, and what they gave up.
    private func queue(_ overview: PlatformOverview, _ context: DrawContext) -> OverviewCard {
        guard let mails = overview.mails else {
            return OverviewCard(topic: .queue, title: "Jobs", lines: [])
        }
        let oldest = [mails.oldest, overview.copies?.oldest].compactMap(\.self).min()
        let age = oldest.map { $0.duration(to: context.screen.now) }
        let isLate = age.map { $0 > .seconds(600) } ?? false
        return OverviewCard(
            topic: .queue,
            title: "Jobs",
            lines: [
                depth("mails", waiting: mails.waiting, failed: mails.failed),
                depth(
                    "copies",
                    waiting: overview.copies?.waiting ?? 0,
                    failed: overview.copies?.failed ?? 0
                ),
                value("oldest", age.map(Format.age) ?? "–", isLate ? .warning : .text),
            ]
        )
    }

    private func depth(_ label: SafeText, waiting: Int64, failed: Int64) -> OverviewCard.Line {
        let waits = "\(Format.count(waiting)) wait"
        guard failed > 0 else { return value(label, waits) }
        return value(label, "\(waits), \(Format.count(failed)) failed", .warning)
    }

    private func failed(_ health: PlatformHealth) -> String {
        guard health.requests > 0 else { return Format.count(health.errors) }
        let tenths = health.errors * 1_000 / health.requests
        return "\(Format.count(health.errors)) (\(tenths / 10).\(tenths % 10) %)"
    }

    private func pace(_ health: PlatformHealth) -> String {
        func text(_ duration: Duration?) -> String { duration.map(Format.precise) ?? "–" }
        return "\(text(health.median)) / \(text(health.slowest))"
    }

    /// Today's amount and how it stands against the whole of yesterday.
    private func change(_ today: Int64, _ before: Int64, _ text: (Int64) -> String) -> String {
        guard before > 0 else { return text(today) }
        let change = Int((Double(today) / Double(before) * 100).rounded()) - 100
        return "\(text(today)) (\(change < 0 ? "" : "+")\(change)%)"
    }
}
