package import Domain
import Storage

/// Lists the versions of prices, those of the future too, the newest first.
package struct ListPrices: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - model: Only this one's.
    ///   - request: How many, after which.
    ///   - caller: An operator who may manage models.
    /// - Returns: A page of versions.
    /// - Throws: `cursor_invalid`.
    package func callAsFunction(
        of model: String?,
        page request: PageRequest,
        by caller: Caller
    ) async throws -> Page<PriceVersion> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformAiManage),
            try CatalogueStore.prices(of: model, request)
        )
        let prices = try fetched.rows.map(CatalogueStore.price)
        return Page(surplus: prices, request: request) {
            PagePosition([String($0.price.effectiveFrom.microseconds), $0.price.model])
        }
    }
}
