/// A tenant's way to a model: targets in order, and what happens when one fails.
package struct ModelRoute: Hashable, Sendable {
    package let name: String
    package let plan: ModelRoutePlan
    package let version: Int64
    package let updatedAt: Instant

    package init(name: String, plan: ModelRoutePlan, version: Int64, updatedAt: Instant) {
        self.name = name
        self.plan = plan
        self.version = version
        self.updatedAt = updatedAt
    }

    /// A name that fits a path and a log line.
    package static func checkedName(_ text: String) throws(DomainError) -> String {
        try CatalogueName.check(text, field: "name", more: "._-", length: 1...50)
    }
}

/// What a route does; checked.
package struct ModelRoutePlan: Hashable, Sendable {
    /// Ids of models, the first choice first.
    package let targets: [String]
    /// The doors at which calls may name the route; all of them when empty.
    package let channels: [AICall.Channel]
    package let retry: Retry
    package let cache: Cache
    package let onDisconnect: Disconnect
    /// The output of a call that names no `max_tokens`; the model's own limit when nil.
    package let defaultMaxTokens: Int64?

    /// How often a call is tried.
    package struct Retry: Hashable, Sendable {
        package var maxAttempts: Int
        /// Whether a call that may have been billed is tried again.
        package var allowsAmbiguous: Bool

        package init(maxAttempts: Int = 3, allowsAmbiguous: Bool = false) {
            self.maxAttempts = maxAttempts
            self.allowsAmbiguous = allowsAmbiguous
        }
    }

    /// Whether the same question gets the same answer again.
    package struct Cache: Hashable, Sendable {
        package var scope: Scope
        package var seconds: Int
        /// Warmer calls are not kept; thousandths.
        package var maxTemperatureMilli: Int

        package enum Scope: String, CaseIterable, Hashable, Sendable {
            case off
            case user
            case tenant
        }

        package init(scope: Scope = .off, seconds: Int = 0, maxTemperatureMilli: Int = 0) {
            self.scope = scope
            self.seconds = seconds
            self.maxTemperatureMilli = maxTemperatureMilli
        }
    }

    /// What becomes of a call whose client went away.
    package enum Disconnect: String, CaseIterable, Hashable, Sendable {
        case cancel
        case drain
    }

    /// Checks every field and names all that are wrong at once.
    package init(
        targets: [String],
        channels: [AICall.Channel] = [],
        retry: Retry = Retry(),
        cache: Cache = Cache(),
        onDisconnect: Disconnect = .cancel,
        defaultMaxTokens: Int64? = nil
    ) throws(DomainError) {
        var problems: [FieldProblem] = []
        if !(1...8).contains(targets.count) || Set(targets).count != targets.count {
            problems.append(FieldProblem("targets", "must name 1 to 8 models, each once"))
        }
        if Set(channels).count != channels.count {
            problems.append(FieldProblem("channels", "must name each channel once"))
        }
        if !(1...3).contains(retry.maxAttempts) {
            problems.append(FieldProblem("max_attempts", "must be 1 to 3"))
        }
        problems += Self.problems(of: cache)
        if let defaultMaxTokens, !(1...NewModel.largestContext).contains(defaultMaxTokens) {
            problems.append(
                FieldProblem("default_max_tokens", "must be 1 to \(NewModel.largestContext)")
            )
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.targets = targets
        self.channels = channels
        self.retry = retry
        self.cache = cache
        self.onDisconnect = onDisconnect
        self.defaultMaxTokens = defaultMaxTokens
    }

    private static func problems(of cache: Cache) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let seconds = cache.scope == .off ? 0...0 : 1...2_592_000
        if !seconds.contains(cache.seconds) {
            problems.append(
                FieldProblem(
                    "cache_seconds",
                    cache.scope == .off
                        ? "must be left out while the cache is off" : "must be 1 to 2592000"
                )
            )
        }
        if !(0...2_000).contains(cache.maxTemperatureMilli) {
            problems.append(FieldProblem("cache_max_temperature_milli", "must be 0 to 2000"))
        }
        return problems
    }
}
