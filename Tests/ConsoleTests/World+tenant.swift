import Domain

@testable import Console

extension World {
    static let artifacts: [Artifact] = {
        let names = ["Zakat guide 2026", "Ramadan campaign"] + hostileNames
        return names.enumerated().map { index, name in
            Artifact(
                id: id(200 + index),
                name: name,
                description: index == 0
                    ? "How zakat is counted.\n\n1. Gold and silver\n2. Cash and savings\n"
                        + "3. Trade goods\n\nفصل في زكاة المال"
                    : "Text of number \(index).",
                tags: index == 0 ? ["zakat", "guide"] : ["campaign"],
                metadata: .object(["language": .string(index == 0 ? "en" : "ar")]),
                createdBy: omar.id,
                createdAt: ago(Int64(index) * 900 + 600),
                updatedBy: index.isMultiple(of: 2) ? omar.id : huda.id,
                updatedAt: ago(Int64(index) * 700),
                version: Int64(7 - index % 5),
                deletedAt: nil
            )
        }
    }()

    static let revisions: [ArtifactRevision] = {
        var text = Changes()
        text.note(
            "description",
            from: .string("How zakat is counted.\n\n1. Gold"),
            to: .string("How zakat is counted.\n\n1. Gold and silver\n2. Cash and savings")
        )
        text.note(
            "tags",
            from: .array([.string("zakat")]),
            to: .array([.string("zakat"), .string("guide")])
        )
        var name = Changes()
        name.note("name", from: .string("Zakat"), to: .string("Zakat guide 2026"))
        return [
            ArtifactRevision(
                version: 7,
                actor: omar.id,
                action: .updated,
                changes: text,
                at: ago(10)
            ),
            ArtifactRevision(
                version: 6,
                actor: huda.id,
                action: .updated,
                changes: name,
                at: ago(400)
            ),
            ArtifactRevision(
                version: 5,
                actor: omar.id,
                action: .restored,
                changes: Changes(),
                at: ago(900)
            ),
            ArtifactRevision(
                version: 4,
                actor: omar.id,
                action: .deleted,
                changes: Changes(),
                at: ago(1_900)
            ),
        ]
    }()

    static func event(_ seq: Int64) -> AuditEvent {
        let actions = [
            ("artifact.updated", "artifact"), ("member.role_changed", "member"),
            ("auth.login", "session"), ("artifact.deleted", "artifact"),
        ]
        let (action, type) = actions[Int(seq) % actions.count]
        let isDenied = seq % 5 == 0
        return AuditEvent(
            id: id(300 + Int(seq)),
            tenant: tenant.id,
            seq: seq,
            createdAt: ago(200 - seq),
            actor: AuditActor(
                kind: seq % 3 == 0 ? .support : .user,
                id: seq % 3 == 0 ? ada.id : omar.id,
                actingID: nil,
                session: id(90),
                supportSession: seq % 3 == 0 ? id(80) : nil
            ),
            entry: AuditEntry(
                action: action,
                operation: action.hasSuffix("deleted") ? .delete : .update,
                resourceType: type,
                resourceID: type == "artifact" ? artifacts[0].id.description : "omar",
                outcome: isDenied ? .denied : .success,
                requestID: "req-\(seq)",
                changes: #"{"name":["Zakat","Zakat guide 2026"],"tags":[["a"],["a","b"]]}"#
            ),
            links: AuditLinks(
                piiCommit: nil,
                payloadHash: [UInt8](repeating: 0xAB, count: 32),
                previousHash: [UInt8](repeating: 0x01, count: 32),
                hash: [UInt8](repeating: UInt8(seq), count: 32)
            )
        )
    }

    static let highlights: PlatformHighlights = {
        let told = [
            ("tenant.suspended", "tenant", tenant.id.description),
            ("support.opened", "support_session", (id(80) as SupportSessionID).description),
            ("user.disabled", "user", huda.id.description),
        ]
        let events = told.enumerated().map { index, entry in
            var event = event(Int64(40 - index))
            (event.entry.action, event.entry.resourceType, event.entry.resourceID) = entry
            event.entry.changes = "{}"
            event.actor.kind = .support
            event.actor.id = ada.id
            event.createdAt = ago(Int64(index * index * 900 + 2))
            return event
        }
        return PlatformHighlights(
            tenants: tenants.filter { $0.figures != nil }.sorted {
                ($0.figures?.aiCostNano ?? 0) > ($1.figures?.aiCostNano ?? 0)
            },
            events: events,
            people: [ada.id: ada, huda.id: huda],
            tenantNames: [tenant.id: tenant.name]
        )
    }()

    static let events = (1...40).reversed().map { event(Int64($0)) }

    static let budgets = [
        Budget(
            id: id(400),
            scope: .tenant,
            scopeID: "",
            metric: .tokens,
            period: .month,
            limits: BudgetLimits(soft: 4_000_000, hard: 5_000_000, overageAllowance: 0),
            enabled: true,
            use: BudgetUse(periodStart: ago(2_000), used: 4_212_345, held: 120_000)
        ),
        Budget(
            id: id(401),
            scope: .user,
            scopeID: omar.id.description,
            metric: .cost,
            period: .day,
            limits: BudgetLimits(soft: nil, hard: 20_000_000_000, overageAllowance: 0),
            enabled: true,
            use: BudgetUse(periodStart: ago(614), used: 20_500_000_000, held: 0)
        ),
        Budget(
            id: id(402),
            scope: .purpose,
            scopeID: "chat",
            metric: .requests,
            period: .day,
            limits: BudgetLimits(soft: 800, hard: 1_000, overageAllowance: 0),
            enabled: false,
            use: BudgetUse(periodStart: ago(614), used: 12, held: 0)
        ),
        Budget(
            id: id(403),
            scope: .apiKey,
            scopeID: keys[1].id.description,
            metric: .tokens,
            period: .month,
            limits: BudgetLimits(soft: nil, hard: 2_000_000, overageAllowance: 0),
            enabled: true,
            use: BudgetUse(periodStart: ago(614), used: 640_000, held: 12_000)
        ),
    ]

    static func usage(_ grouping: UsageGrouping) -> [UsageSum] {
        func sum(_ key: String, _ weight: Int64) -> UsageSum {
            UsageSum(
                key: key,
                requests: weight * 3,
                tokensIn: weight * 9_000,
                tokensOut: weight * 3_000,
                costNano: weight * 120_000_000
            )
        }
        switch grouping {
        case .day:
            let today = now.date.daysSinceEpoch
            return (0..<30).map { day in
                let date = CivilDate(daysSinceEpoch: today - day).start.rfc3339
                return sum(String(date.prefix(10)), Int64(day * 7 % 23) + (day == 3 ? 0 : 1))
            }
        case .model: return [sum("small", 40), sum("large", 90), sum(hostileNames[0], 2)]
        case .purpose: return [sum("chat", 70), sum("content", 60)]
        case .member:
            return [sum(omar.id.description, 90), sum(huda.id.description, 42)]
        case .key: return [sum("", 100), sum(id(501, of: APIKey.self).description, 32)]
        }
    }

    static let overview = PlatformOverview(
        activeTenants: 38,
        suspendedTenants: 2,
        members: 600,
        artifacts: 12_480,
        today: AISpend(tokens: 1_204_400, costNano: 12_340_000_000),
        yesterday: AISpend(tokens: 1_100_200, costNano: 11_900_000_000),
        refreshedAt: ago(3),
        health: health
    )
}
