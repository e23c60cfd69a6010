import Domain
import Terminal

/// A form over the screen: what sending it will do, the fields, and what it is for.
struct FormOverlay: Hashable, Sendable {
    let title: SafeText
    /// Rows affected, who is affected, what can be undone.
    let plan: [SafeText]
    var form: Form
    let intent: Intent

    enum Intent: Hashable, Sendable {
        case provision(key: String)
        case plan(TenantRef)
        case quota(TenantRef)
        case support(TenantRef, then: Destination)
        case addMember(TenantRef)
        case role(TenantRef, Member)
        case newKey(TenantRef)
        case editKey(TenantRef, APIKey)
        case rotateKey(TenantRef, APIKey)
        case invite(TenantRef)
        case give(TenantRef, Member)
        case newRole(TenantRef)
        case editRole(TenantRef, TenantRole)
        case elevation
        case account(Account)
        case grant
        case rename(TenantRef)
        case giveConsent(TenantRef)
        case editBudget(TenantRef, Budget)
        case hold(TenantRef)
        case copyOf(Account)
        case export(stem: String, at: Instant)
        case keepFilter(String)
        case keptFilters([String: String])
        case newBudget(TenantRef)
        /// The next price of a model.
        case price(model: String)
    }

    /// What a filled-in form asks for.
    enum Order: Hashable, Sendable {
        case ask(Ask)
        case elevate(minutes: Int, reason: String)
        /// Asks once more, before anything is sent.
        case confirm(DialogOverlay)
        case export(String, ExportFormat)
        case filter(FilterOrder)
    }

    /// Shows why it could not be done: at the fields that are named, and above them.
    mutating func show(_ error: DomainError, requestID: String?) {
        var fields: [String: SafeText] = [:]
        if case .invalid(let problems) = error.kind {
            // The owner's name follows from the mail address when it is left out.
            for problem in problems
            where problem.field != "owner_name" || form.values["owner_name"]?.nonBlank != nil {
                fields[problem.field] = SafeText(problem.problem)
            }
        }
        let known = Set(form.fields.map(\.id))
        let suffix = requestID.map { " (\($0))" } ?? ""
        let isNamed = !fields.isEmpty && Set(fields.keys).isSubset(of: known)
        form.show(errors: fields, overall: isNamed ? nil : SafeText("\(error)\(suffix)"))
    }

    /// What the values ask for.
    ///
    /// - Throws: A validation error that names every wrong field.
    func order(now: Instant) throws(DomainError) -> Order {
        if let order = try peopleOrder(form.values, now: now) { return order }
        let values = FormValues(form)
        switch intent {
        case .provision(let key): return try Self.provision(values, key: key)
        case .plan(let tenant):
            guard let plan = Plan(rawValue: values["plan"]) else {
                throw .invalid("plan", "must be chosen")
            }
            return .ask(.platform(.changePlan(tenant.id, plan)))
        case .quota(let tenant): return try Self.quota(values, tenant: tenant)
        case .support(let tenant, _): return try Self.support(values, tenant: tenant)
        case .addMember(let tenant): return try Self.addMember(values, tenant: tenant)
        case .role(let tenant, let member):
            let change = MemberRequest.change(
                member.user,
                role: try RoleName(values["role"]),
                status: nil,
                version: member.version
            )
            return .ask(.tenant(.members(change), tenant))
        case .editBudget(let tenant, let budget):
            return try Self.editBudget(values, budget, in: tenant)
        case .newBudget(let tenant): return try Self.newBudget(values, in: tenant)
        case .price(let model): return try Self.price(values, model: model)
        case .newKey(let tenant): return try Self.newKey(values, in: tenant)
        case .editKey(let tenant, let key): return try Self.editKey(values, key, in: tenant)
        case .rotateKey(let tenant, let key): return Self.rotateKey(values, key, in: tenant)
        case .invite(let tenant):
            let new = try NewInvitation(
                email: values["email"].trimmed,
                role: values["role"],
                language: values["language"]
            )
            return .ask(.tenant(.invitations(.invite(new)), tenant))
        case .give(let tenant, let member):
            let give = try Self.give(values["artifact"], may: values["may"], to: member)
            return .ask(.tenant(.grants(give), tenant))
        case .newRole(let tenant):
            return .ask(.tenant(.roles(.create(try Self.role(values))), tenant))
        case .editRole(let tenant, let role):
            let draft = try Self.role(values)
            let edit = RoleEdit(
                name: draft.name,
                rank: draft.rank,
                permissions: draft.permissions
            )
            let request = RoleRequest.edit(RoleName(role.role), edit, version: role.version)
            return .ask(.tenant(.roles(request), tenant))
        case .elevation:
            let (minutes, reason) = try values.minutesAndReason(atMost: 60)
            return .elevate(minutes: minutes, reason: reason)
        case .hold(let tenant): return try Self.hold(values, in: tenant)
        case .copyOf(let account): return try Self.copy(values, of: account)
        case .export(let stem, let time): return try Self.export(values, stem: stem, at: time)
        case .keepFilter(let text): return try Self.keep(values, text)
        case .keptFilters(let filters): return try Self.useKept(values, filters)
        case .account, .grant, .rename, .giveConsent:
            throw .invalid("form", "asks for nothing")
        }
    }

    private static func provision(
        _ values: FormValues,
        key: String
    ) throws(DomainError) -> Order {
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
    ) throws(DomainError) -> Order {
        guard let resource = Resource(rawValue: values["resource"]) else {
            throw .invalid("resource", "must be chosen")
        }
        let hard = try values.amount("hard")
        let soft = values["soft"].nonBlank == nil ? nil : try values.amount("soft")
        if let soft, soft > hard { throw .invalid("soft", "must not be above the hard limit") }
        return .ask(.platform(.changeQuota(tenant.id, resource, soft: soft, hard: hard)))
    }

    private static func support(
        _ values: FormValues,
        tenant: TenantRef
    ) throws(DomainError) -> Order {
        let (minutes, reason) = try values.minutesAndReason(atMost: SupportRequest.longestMinutes)
        let request = try SupportRequest(
            reason: reason,
            ticket: values["ticket"].nonBlank,
            mode: AccessMode(rawValue: values["mode"]) ?? .readOnly,
            minutes: minutes,
            consentToken: values["consent_token"].nonBlank
        )
        return .ask(.platform(.openSupport(tenant.id, request)))
    }

    private static func addMember(
        _ values: FormValues,
        tenant: TenantRef
    ) throws(DomainError) -> Order {
        let email = try EmailAddress(values["email"].trimmed)
        let role = try RoleName(values["role"])
        let add = MemberRequest.add(
            email: email.description,
            role: role,
            name: values["name"].nonBlank
        )
        return .ask(.tenant(.members(add), tenant))
    }
}

extension FormOverlay {
    private static func role(_ values: FormValues) throws(DomainError) -> RoleDraft {
        guard let rank = Int(values["rank"].trimmed) else {
            throw .invalid("rank", "must be 1 to 79")
        }
        let names = values["permissions"].split { $0 == "," || $0.isWhitespace }.map(String.init)
        return try RoleDraft(
            name: values["name"],
            rank: rank,
            permissions: PermissionSet(names: names)
        )
    }
}

/// The values of a form, read with the rules of their fields.
struct FormValues {
    private let values: [String: String]

    init(_ form: Form) { values = form.values }

    subscript(id: String) -> String { values[id] ?? "" }

    /// A whole number that may be written with separators.
    func amount(_ id: String) throws(DomainError) -> Int64 {
        let digits = self[id].trimmed.filter { $0 != "," && $0 != "_" && $0 != " " }
        guard let number = Int64(digits), number >= 0 else {
            throw .invalid(id, "must be a whole number of 0 or more")
        }
        return number
    }

    func minutesAndReason(atMost limit: Int) throws(DomainError) -> (Int, String) {
        var problems = FieldProblems()
        let reason = problems.collect { () throws(DomainError) in
            try Validation.text(self["reason"], field: "reason", length: 3...500)
        }
        let minutes = problems.collect { () throws(DomainError) in
            guard let minutes = Int(self["minutes"].trimmed), (1...limit).contains(minutes) else {
                throw .invalid("minutes", "must be 1 to \(limit)")
            }
            return minutes
        }
        guard let reason, let minutes else { throw .invalid(problems.list) }
        return (minutes, reason)
    }
}
