package import Domain
import Storage

/// Lays a provider's own export of usage beside the usage log of all tenants.
package struct CompareUsage: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// An export tells of at most so many days.
    package static let mostDays = 400

    /// The days of the export are compared, from its first to its last, in UTC; the provider's
    /// account must be used by nobody else.
    ///
    /// - Parameters:
    ///   - export: What the provider counted.
    ///   - provider: The id of the provider in the catalogue.
    ///   - caller: Needs `platform.ai.manage`.
    /// - Returns: Every difference, by day, model and kind; empty when they agree.
    /// - Throws: Not found, a validation error for an export of too many days; `DomainError`, when
    ///   the caller may not or the database cannot.
    package func callAsFunction(
        _ export: UsageExport,
        of provider: String,
        by caller: Caller
    ) async throws -> [UsageDifference] {
        let providers = try await environment.database.fetch(
            .platform(caller, .platformAiManage),
            CatalogueStore.providers
        ).rows.map(CatalogueStore.provider)
        guard providers.contains(where: { $0.id == provider }) else {
            throw DomainError.notFound("provider", Validation.quotable(provider))
        }
        let days = export.sums.keys.map(\.day)
        guard let first = days.min(), let last = days.max() else { return [] }
        guard last.daysSinceEpoch - first.daysSinceEpoch < Self.mostDays else {
            throw DomainError.invalid("export", "must tell of \(Self.mostDays) days at most")
        }
        let logged = try await environment.database.system(reason: .aiGateway) { scope in
            let statement = LedgerUpkeep.usage(of: provider, from: first, through: last)
            return try LedgerUpkeep.usage(try scope.query(statement), of: provider)
        }
        return UsageDifference.all(logged: logged, exported: export.sums)
    }
}
