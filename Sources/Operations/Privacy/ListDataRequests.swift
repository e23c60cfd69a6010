package import Domain
import Storage

/// One page of a workspace's requests, newest first; a member sees their own.
package struct ListDataRequests: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        page: PageRequest,
        by caller: TenantCaller
    ) async throws -> Page<DataRequest> {
        try await environment.database.read(.tenant(caller, .privacyExport)) { scope in
            let isOwn = try scope.authorization().grant == .own
            let rows = try scope.query(
                try DataRequestStore.page(
                    in: caller.tenant,
                    of: isOwn ? caller.caller.user : nil,
                    page
                )
            )
            return Page(
                surplus: try rows.map(DataRequestStore.request),
                request: page,
                position: \.position
            )
        }
    }
}

/// One of a workspace's requests.
package struct FindDataRequest: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, for another member's as well when the caller sees only their own.
    package func callAsFunction(
        _ id: DataRequestID,
        by caller: TenantCaller
    ) async throws -> DataRequest {
        let fetched = try await environment.database.fetch(
            .tenant(caller, .privacyExport),
            DataRequestStore.find(id, in: caller.tenant)
        )
        guard let request = try fetched.rows.first.map(DataRequestStore.request),
            fetched.authorization?.grant == .all || request.subject == caller.caller.user
        else { throw DomainError.notFound("data request", id.description) }
        return request
    }
}
