package import Domain
import Storage

/// Asks for a copy of everything that the platform has about a person; a worker makes it.
package struct RequestExport: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: The request, queued; the one in hand when there is one.
    /// - Throws: `rate_limited` after five in a day.
    package func callAsFunction(by caller: Caller) async throws -> DataRequest {
        // The session is proven first: the platform's trail can only be written as the process.
        _ = try await ShowMe(environment)(by: caller)
        return try await request(caller.user, reason: nil, by: caller)
    }

    /// The same about somebody else, who alone may download it over HTTP.
    ///
    /// - Parameters:
    ///   - subject: whose data.
    ///   - reason: why, 3 to 500 characters.
    ///   - caller: needs `platform.users.manage`.
    /// - Returns: The request, queued; the one in hand when there is one.
    /// - Throws: `not_found`, `validation_error`, `rate_limited`.
    package func callAsFunction(
        of subject: UserID,
        reason: String,
        by caller: Caller
    ) async throws -> DataRequest {
        let reason = try Validation.text(reason, field: "reason", length: 3...500)
        try await FindPerson(environment).check(subject, by: caller)
        return try await request(subject, reason: reason, by: caller)
    }

    private func request(
        _ subject: UserID,
        reason: String?,
        by caller: Caller
    ) async throws -> DataRequest {
        try await environment.database.system(
            reason: .privacy,
            user: caller.user,
            requestID: caller.requestID
        ) { scope in
            let (request, isNew) = try DataRequestWork(scope: scope).insert(
                .export,
                of: subject,
                by: caller.user,
                in: nil,
                status: .queued
            )
            guard isNew else { return request }
            let entry = PrivacyTrail(scope: scope).request(
                "privacy.export_requested",
                request,
                reason: reason
            )
            _ = try scope.last([scope.recordPlatform(entry)])
            return request
        }
    }
}
