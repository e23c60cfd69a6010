import Domain
import Terminal

extension TenantScreen {
    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        guard let detail else {
            context.drawInstead(
                into: &frame,
                in: rect.inset(columns: 1),
                failure: failure,
                isLoaded: false,
                emptyText: ""
            )
            return
        }
        let facts = drawFacts(facts(detail, context), into: &frame, in: rect, context)
        let quotaRows = detail.quotas.count + 1
        var below = rect.y + facts + 1
        if rect.width >= 100 {
            let half = rect.width / 2
            let right = Rect(
                x: rect.x + half,
                y: rect.y,
                width: rect.width - half,
                height: quotaRows
            )
            drawQuotas(detail.quotas, into: &frame, in: right.intersection(rect), context)
            below = rect.y + max(facts, quotaRows) + 1
        } else {
            let place = Rect(x: rect.x, y: below, width: rect.width, height: quotaRows)
            drawQuotas(detail.quotas, into: &frame, in: place.intersection(rect), context)
            below += quotaRows + 1
        }
        let rest = Rect(x: rect.x, y: below, width: rect.width, height: rect.maxY - below)
        drawRecent(into: &frame, in: rest, context)
    }

    /// Draws the facts and returns the rows they take; a narrow screen has them in two columns,
    /// because the quotas go below them.
    private func drawFacts(
        _ facts: [Fact],
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) -> Int {
        let columns = (60..<100).contains(rect.width) ? 2 : 1
        let rows = (facts.count + columns - 1) / columns
        let width = rect.width >= 60 ? rect.width / 2 : rect.width
        for (index, fact) in facts.enumerated() {
            let row = Rect(
                x: rect.x + index / rows * width,
                y: rect.y + index % rows,
                width: width - 2,
                height: 1
            )
            context.drawPair(
                fact.label,
                fact.value,
                into: &frame,
                in: row.intersection(rect),
                role: fact.role
            )
        }
        return rows
    }

    private typealias Fact = (label: SafeText, value: SafeText, role: Terminal.Role)

    private func facts(_ detail: TenantDetail, _ context: DrawContext) -> [Fact] {
        let tenant = detail.tenant
        var facts: [Fact] = [
            ("name", SafeText(tenant.name), .title),
            ("slug", SafeText(tenant.slug), .text),
            ("status", SafeText(tenant.status.rawValue), tenant.status.role),
            ("plan", SafeText(tenant.plan.rawValue), .text),
            ("created", SafeText(context.screen.zone.minute(tenant.createdAt)), .text),
        ]
        if let closing = tenant.closing { facts.append(fact(closing, context.screen.zone)) }
        if let figures = detail.figures {
            let ai = "\(Format.count(figures.aiTokens)) tokens, \(Format.money(figures.aiCostNano))"
            facts += [
                ("members", SafeText(Format.count(figures.members)), .text),
                ("artifacts", SafeText(Format.count(figures.artifacts)), .text),
                ("AI, month", SafeText("\(ai)"), .text),
                ("storage", SafeText(Format.bytes(figures.storageBytes)), .text),
            ]
            let age = figures.refreshedAt.duration(to: context.screen.now)
            facts.append(("counted", SafeText("\(Format.age(age))"), .muted))
        }
        if !detail.owners.isEmpty {
            let names = detail.owners.prefix(3).map(\.name).joined(separator: ", ")
            let rest = detail.owners.count > 3 ? " and \(detail.owners.count - 3) more" : ""
            facts.append(("owners", SafeText(names + rest, limit: 200), .text))
        }
        if case .bool(true)? = tenant.settings["support"]?["write_consent"] {
            facts.append(("consent", "support may write", .warning))
        }
        return facts
    }

    /// What becomes of a closed tenant's data.
    private func fact(_ closing: TenantClosing, _ zone: Zone) -> Fact {
        if let time = closing.purgedAt {
            return ("data", SafeText("deleted since \(zone.minute(time))"), .muted)
        }
        if closing.purgeBeganAt != nil { return ("data", "is being deleted", .danger) }
        guard let time = closing.purgeAt else { return ("data", "stays", .text) }
        return ("data", SafeText("goes on \(zone.minute(time))"), .warning)
    }

    private func drawQuotas(
        _ quotas: [Quota],
        into frame: inout Frame,
        in rect: Rect,
        _ context: DrawContext
    ) {
        frame.write("QUOTAS", in: rect.row(0), style: context.styles[.header])
        for (index, quota) in quotas.enumerated() {
            let row = rect.row(index + 1)
            guard !row.isEmpty else { continue }
            let resource = quota.resource
            let amounts = "\(resource.amount(quota.used)) of \(resource.amount(quota.hard))"
            let parts = row.columns(.fixed(11), .flexible(minimum: 12), .fixed(18), gap: 1)
            frame.write(
                frame.say(SafeText(resource.title)),
                in: parts[0],
                style: context.styles[.muted]
            )
            Bar(used: quota.used, held: quota.reserved, soft: quota.soft, hard: quota.hard)
                .draw(into: &frame, in: parts[1], styles: context.styles)
            frame.write(
                frame.say(SafeText(amounts)),
                in: parts[2],
                style: context.styles[.text],
                alignment: .trailing
            )
        }
    }

    /// Why the last events are not shown.
    private func whyUnseen(_ context: DrawContext) -> String {
        if place.isClosed {
            return "This tenant is closed: nobody gets in. \(context.key("support")) opens a "
                + "support session, which reads its audit trail."
        }
        return place.membership == nil
            ? "\(context.key("support")) opens a support session; members, artifacts, AI use and "
                + "the audit trail are visible only inside one."
            : "Your role does not read the audit trail."
    }

    private func drawRecent(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        guard rect.height >= 3 else { return }
        frame.write("LAST EVENTS", in: rect.row(0), style: context.styles[.title])
        let body = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
        guard mayRead(context.screen) else {
            context.drawInstead(
                into: &frame,
                in: body.inset(columns: 1, rows: 0),
                failure: nil,
                isLoaded: true,
                emptyText: whyUnseen(context)
            )
            return
        }
        guard recent.isLoaded, recent.failure == nil else {
            context.drawInstead(
                into: &frame,
                in: body.inset(columns: 1, rows: 0),
                failure: recent.failure,
                isLoaded: false,
                emptyText: ""
            )
            return
        }
        recent.table.draw(
            into: &frame,
            in: body,
            styles: context.styles,
            isFocused: context.isFocused
        )
    }
}
