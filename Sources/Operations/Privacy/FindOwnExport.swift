package import Domain
import Storage

/// The caller's own request, while it is being made and when it is ready.
package struct FindOwnExport: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found`, for another person's as well.
    package func callAsFunction(
        _ id: DataRequestID,
        by caller: Caller
    ) async throws -> DataRequest {
        let fetched = try await environment.database.fetch(
            .person(caller),
            DataRequestStore.find(id, in: nil)
        )
        guard let request = try fetched.rows.first.map(DataRequestStore.request),
            request.subject == caller.user
        else { throw DomainError.notFound("export", id.description) }
        return request
    }
}

/// Anybody's request about everything, for operators.
package struct FindExport: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - id: which one.
    ///   - caller: needs `platform.users.manage`.
    /// - Returns: The request as it stands.
    /// - Throws: `not_found`, for a workspace's as well.
    package func callAsFunction(
        _ id: DataRequestID,
        by caller: Caller
    ) async throws -> DataRequest {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformUsersManage),
            DataRequestStore.find(id, in: nil)
        )
        guard let request = try fetched.rows.first.map(DataRequestStore.request) else {
            throw DomainError.notFound("export", id.description)
        }
        return request
    }
}

/// One page of the copies of everything about one person, newest first, for operators.
package struct ListExports: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - subject: whose data.
    ///   - page: which part.
    ///   - caller: needs `platform.users.manage`.
    /// - Returns: The person's own requests and those of operators.
    /// - Throws: `permission_denied`, `cursor_invalid`.
    package func callAsFunction(
        of subject: UserID,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<DataRequest> {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformUsersManage),
            try DataRequestStore.page(of: subject, page)
        )
        return Page(
            surplus: try fetched.rows.map(DataRequestStore.request),
            request: page,
            position: \.position
        )
    }
}
