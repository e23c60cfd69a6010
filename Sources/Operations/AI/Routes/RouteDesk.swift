import Domain
import Storage

/// The routes that a change is about, and the line that it leaves in the trail.
struct RouteDesk {
    let scope: Scope

    /// The route, locked, when it is at the version that the caller saw; nil where there is none.
    func lock(_ name: String, version: Int64?) throws -> ModelRoute? {
        let rows = try scope.query(RouteStore.lock(name, in: scope.tenant))
        let route = try rows.first.map(RouteStore.route)
        guard let version, version != route?.version else { return route }
        throw DomainError(
            .precondition,
            .versionConflict,
            route.map { "The route is at version \($0.version), not \(version)." }
                ?? "There is no such route, and so no version \(version) of it.",
            hint: "Look at it again before you change it."
        )
    }

    /// Every target is a model that calls may name, and has a price where a budget limits cost.
    func requireTargets(_ targets: [String]) throws {
        let models = try scope.query(CatalogueStore.models(named: targets))
            .map(CatalogueStore.model)
        let usable = Set(models.filter { $0.status == .active }.map(\.id))
        if let unknown = targets.first(where: { !usable.contains($0) }) {
            let name = Validation.quotable(unknown)
            throw DomainError.invalid("targets", "names \"\(name)\", which is no active model")
        }
        guard let unpriced = models.first(where: { $0.price == nil }) else { return }
        let limits = RouteStore.costBudget(over: targets, in: try scope.tenant)
        guard try scope.query(limits).first != nil else { return }
        throw DomainError(
            .invalid([FieldProblem("targets", "names \(unpriced.id), which has no price")]),
            .unpricedModel,
            "The model \"\(unpriced.id)\" has no price, and a budget limits what calls may cost.",
            hint: "Ask an operator for a price, or leave the model out."
        )
    }

    func record(
        _ action: String,
        _ operation: AuditEntry.Operation,
        _ name: String,
        from old: ModelRoutePlan?,
        to new: ModelRoutePlan?
    ) -> Statement {
        var changes = Changes()
        let (before, after) = (old.map(Self.fields) ?? [:], new.map(Self.fields) ?? [:])
        for field in Set(before.keys).union(after.keys) {
            changes.note(field, from: before[field] ?? .null, to: after[field] ?? .null)
        }
        let entry = AuditEntry(
            action: action,
            operation: operation,
            resourceType: "ai_route",
            resourceID: name,
            requestID: nil,
            changes: changes.canonical
        )
        let event = TenantEvent(
            action,
            data: .object(["name": .string(name)]),
            visibility: .admins
        )
        return scope.record(entry, event: event)
    }

    private static func fields(_ plan: ModelRoutePlan) -> [String: JSONValue] {
        [
            "targets": .array(plan.targets.map(JSONValue.string)),
            "channels": .array(plan.channels.map { .string($0.rawValue) }),
            "max_attempts": .integer(Int64(plan.retry.maxAttempts)),
            "allow_ambiguous_retry": .bool(plan.retry.allowsAmbiguous),
            "cache_scope": .string(plan.cache.scope.rawValue),
            "cache_seconds": .integer(Int64(plan.cache.seconds)),
            "cache_max_temperature_milli": .integer(Int64(plan.cache.maxTemperatureMilli)),
            "on_disconnect": .string(plan.onDisconnect.rawValue),
            "default_max_tokens": plan.defaultMaxTokens.map(JSONValue.integer) ?? .null,
        ]
    }
}
