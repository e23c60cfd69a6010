package import Domain
import Storage

/// Asks for a copy of everything that the platform has about the caller; a worker makes it.
package struct RequestOwnExport: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The request, queued.
    /// - Throws: `rate_limited` while one is being made, and after five in a day.
    package func callAsFunction(by caller: Caller) async throws -> DataRequest {
        // The session is proven first: the platform's trail can only be written as the process.
        _ = try await ShowMe(environment)(by: caller)
        return try await environment.database.system(
            reason: .privacy,
            user: caller.user,
            requestID: caller.requestID
        ) { scope in
            let request = try DataRequestWork(scope: scope).insert(
                .export,
                of: caller.user,
                by: caller.user,
                in: nil,
                status: .queued
            )
            let entry = PrivacyTrail(scope: scope).request("privacy.export_requested", request)
            _ = try scope.last([scope.recordPlatform(entry)])
            return request
        }
    }
}

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

/// What several use cases do with a request.
struct DataRequestWork {
    let scope: Scope

    func insert(
        _ kind: DataRequest.Kind,
        of subject: UserID,
        by actor: UserID,
        in tenant: TenantID?,
        status: DataRequest.Status
    ) throws -> DataRequest {
        let id = scope.newID(DataRequest.self)
        let statement = DataRequestStore.insert(
            id,
            kind: kind,
            subject: subject,
            by: actor,
            in: tenant,
            status: status
        )
        guard try scope.change(statement) == 1 else {
            throw DomainError(
                .limited(retryAfter: .seconds(60)),
                .rateLimited,
                "Such a request is in hand already, or there were five today.",
                hint: "Look at the one there is, or ask tomorrow."
            )
        }
        return try find(id, in: tenant)
    }

    func find(_ id: DataRequestID, in tenant: TenantID?) throws -> DataRequest {
        let rows = try scope.query(DataRequestStore.find(id, in: tenant))
        guard let request = try rows.first.map(DataRequestStore.request) else {
            throw DomainError.notFound("data request", id.description)
        }
        return request
    }
}
