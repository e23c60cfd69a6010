internal import CoreMetrics

/// Shows how the books of AI use stand.
public final class LedgerMetrics: Sendable {
    private let factory: any MetricsFactory

    /// Describes the metrics in a registry.
    ///
    /// - Parameter registry: Where they are kept and shown.
    public init(registry: PrometheusRegistry) {
        registry.describe("ai_calls_in_flight", help: "Calls to models that have not ended.")
        registry.describe("ai_calls_overdue", help: "Calls in flight whose time is over.")
        registry.describe("ai_alerts_waiting", help: "Budget alerts that nobody was told of yet.")
        registry.describe(
            "ai_excess_nano_usd",
            help: "Cost of this month that no hold covered, on the platform's account."
        )
        registry.describe("ai_ledger_differences", help: "Places where the books disagree.")
        registry.describe(
            "ai_reconciliation_failures",
            help: "Reconciliations of the books that could not be made, since the start."
        )
        registry.describe(
            "ai_calls_forgotten",
            help: "Calls to models that had become too old to be kept, since the start."
        )
        registry.describe(
            "ai_calls_restored",
            help: "Calls that the database had lost and that were written down again, "
                + "since the start."
        )
        registry.describe(
            "ai_circuit_breakers_open",
            help: "Lines to providers that are left alone after their failures, by provider."
        )
        registry.describe("ai_calls_ended", help: "Calls to models by how they ended.")
        registry.describe("ai_calls_refused", help: "Calls that got no hold, by why.")
        registry.describe(
            "ai_provider_failures",
            help: "Tries at providers that failed, by provider and reason."
        )
        registry.describe("ai_tokens", help: "Tokens of calls that ended, read and written.")
        registry.describe("ai_charge_nano_usd", help: "What tenants were charged for calls.")
        factory = registry
    }

    /// Counts calls that have ended.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - state: How, as `settled` or `released`.
    public func ended(_ count: Int, _ state: String) {
        add(count, to: "ai_calls_ended", [("state", state)])
    }

    /// Counts calls that got no hold.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - code: Why, as the code of the error.
    public func refused(_ count: Int, _ code: String) {
        add(count, to: "ai_calls_refused", [("code", code)])
    }

    /// Counts tries at a provider that failed.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - provider: Its id.
    ///   - reason: Why, as a word.
    public func failed(_ count: Int, at provider: String, _ reason: String) {
        add(count, to: "ai_provider_failures", [("provider", provider), ("reason", reason)])
    }

    /// Counts what calls that ended took.
    ///
    /// - Parameters:
    ///   - read: Tokens of input.
    ///   - written: Tokens of output.
    ///   - chargeNano: What tenants were charged, in nano-USD.
    public func took(read: Int64, written: Int64, chargeNano: Int64) {
        add(Int(read), to: "ai_tokens", [("direction", "read")])
        add(Int(written), to: "ai_tokens", [("direction", "written")])
        add(Int(chargeNano), to: "ai_charge_nano_usd")
    }

    /// Shows what runs and what waits.
    ///
    /// - Parameters:
    ///   - inFlight: Calls that have not ended.
    ///   - overdue: Those of them whose time is over.
    ///   - alerts: Alerts that nobody was told of.
    ///   - excessNano: What tenants were spared this month, in nano-USD.
    public func standing(inFlight: Int64, overdue: Int64, alerts: Int64, excessNano: Int64) {
        show("ai_calls_in_flight", inFlight)
        show("ai_calls_overdue", overdue)
        show("ai_alerts_waiting", alerts)
        show("ai_excess_nano_usd", excessNano)
    }

    /// Shows what the last reconciliation found.
    ///
    /// - Parameter count: How many differences.
    public func differences(_ count: Int) {
        show("ai_ledger_differences", Int64(count))
    }

    /// Counts a reconciliation that could not be made.
    public func reconciliationFailed() {
        add(1, to: "ai_reconciliation_failures")
    }

    /// Counts calls that were too old to be kept.
    ///
    /// - Parameter count: How many were forgotten now.
    public func forgotten(_ count: Int) {
        add(count, to: "ai_calls_forgotten")
    }

    /// Counts calls that the database had lost and that were written down again.
    ///
    /// - Parameter count: How many there were now.
    public func restored(_ count: Int) {
        add(count, to: "ai_calls_restored")
    }

    /// Shows how many lines to providers are closed to calls now.
    ///
    /// - Parameter lines: By provider, those without any included.
    public func closedLines(_ lines: [String: Int]) {
        for (provider, count) in lines {
            factory.makeMeter(
                label: "ai_circuit_breakers_open",
                dimensions: [("provider", provider)]
            ).set(Int64(count))
        }
    }

    private func add(
        _ count: Int,
        to label: String,
        _ dimensions: [(String, String)] = []
    ) {
        guard count > 0 else { return }
        factory.makeCounter(label: label, dimensions: dimensions).increment(by: Int64(count))
    }

    private func show(_ label: String, _ value: Int64) {
        factory.makeMeter(label: label, dimensions: []).set(value)
    }
}
