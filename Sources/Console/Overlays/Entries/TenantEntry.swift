import Domain

/// What operators fill in to make or change a tenant from outside.
enum TenantEntry: Entry {
    case provision(key: String)
    case plan(TenantRef, current: Plan?)
    case quota(TenantRef, [Quota])
    case rename(TenantRef)

    var tenant: TenantRef? { nil }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now _: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .provision(let key): return try Self.provision(values, key: key)
        case .plan(let tenant, _):
            guard let plan = Plan(rawValue: values["plan"]) else {
                throw .invalid("plan", "must be chosen")
            }
            return .ask(.platform(.changePlan(tenant.id, plan)))
        case .quota(let tenant, _): return try Self.quota(values, tenant: tenant)
        case .rename(let tenant):
            let name = try Validation.text(values["name"], field: "name", length: 1...100)
            return .ask(.platform(.rename(tenant.id, name)))
        }
    }

    private static func provision(
        _ values: FormValues,
        key: String
    ) throws(DomainError) -> FormOverlay.Order {
        let new = try NewTenant(
            slug: values["slug"],
            name: values["name"],
            plan: values["plan"],
            ownerEmail: values["owner_email"],
            ownerName: values["owner_name"].nonBlank
        )
        return .ask(.platform(.provision(new, idempotencyKey: key)))
    }

    private static func quota(
        _ values: FormValues,
        tenant: TenantRef
    ) throws(DomainError) -> FormOverlay.Order {
        var problems = FieldProblems()
        let resource = problems.collect { () throws(DomainError) in
            guard let resource = Resource(rawValue: values["resource"]) else {
                throw .invalid("resource", "must be chosen")
            }
            return resource
        }
        let hard = problems.collect { () throws(DomainError) in try values.amount("hard") }
        let soft = problems.collect { () throws(DomainError) -> Int64? in
            guard values["soft"].nonBlank != nil else { return nil }
            let soft = try values.amount("soft")
            if let hard, soft > hard {
                throw .invalid("soft", "must not be above the hard limit")
            }
            return soft
        }
        guard let resource, let hard, let soft else { throw .invalid(problems.list) }
        return .ask(.platform(.changeQuota(tenant.id, resource, soft: soft, hard: hard)))
    }

    func done(
        _ answer: ConsoleAnswer,
        _ values: FormValues,
        in console: inout Console
    ) -> [Effect] {
        switch (self, answer) {
        case (.provision, .tenant(let tenant)):
            console.toast("Provisioned \(tenant.name) (\(tenant.slug)).", .success)
            return console.reload(isExplicit: true)
        case (.plan(let tenant, _), .tenantDetail(let detail)):
            let sentence = "The plan is \(detail.tenant.plan.rawValue) now: \(tenant.name)."
            console.tell(sentence, takeBack(values), in: tenant)
        case (.quota(let tenant, _), _):
            let sentence = "The quota of \(tenant.name) was changed."
            console.tell(sentence, takeBack(values), in: tenant)
        case (.rename(let old), .tenant(let tenant)):
            console.tell("It is called \(tenant.name) now.", takeBack(values), in: old)
        default: return console.reload(isExplicit: true)
        }
        return console.settleAfterWrite(answer)
    }

    private func takeBack(_ values: FormValues) -> TakeBack? {
        switch self {
        case .provision: return nil
        case .plan(let tenant, let current):
            return current.map { plan in
                TakeBack(
                    "Put \(tenant.name) back on \(plan.rawValue)",
                    .platform(.changePlan(tenant.id, plan))
                )
            }
        case .quota(let tenant, let quotas):
            return quotas.first { $0.resource.rawValue == values["resource"] }.map { old in
                TakeBack(
                    "Set the old quota of \(tenant.name)",
                    .platform(
                        .changeQuota(tenant.id, old.resource, soft: old.soft, hard: old.hard)
                    )
                )
            }
        case .rename(let tenant):
            return TakeBack(
                "Call it \(tenant.name) again",
                .platform(.rename(tenant.id, tenant.name))
            )
        }
    }
}
