package import Domain
import Storage

/// Hands an export out that is ready; the trail says to whom.
package struct OpenExport: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// The caller's own.
    ///
    /// - Returns: The request and its file.
    /// - Throws: `not_found`, `invalid_transition` when there is no file yet, or none any more.
    package func callAsFunction(
        _ id: DataRequestID,
        by caller: Caller
    ) async throws -> (DataRequest, DataRequest.File) {
        let request = try await FindOwnExport(environment)(id, by: caller)
        let file = try Self.file(of: request)
        try await environment.database.system(
            reason: .privacy,
            user: caller.user,
            requestID: caller.requestID
        ) { scope in
            let entry = PrivacyTrail(scope: scope).request("privacy.export_downloaded", request)
            _ = try scope.last([scope.recordPlatform(entry)])
        }
        return (request, file)
    }

    /// The platform's about anybody, for an operator who hands it over.
    ///
    /// - Parameters:
    ///   - id: which one.
    ///   - caller: needs `platform.users.manage`.
    /// - Returns: The request and its file.
    /// - Throws: As above.
    package func callAsFunction(
        _ id: DataRequestID,
        byOperator caller: Caller
    ) async throws -> (DataRequest, DataRequest.File) {
        try await environment.database.write(
            .platform(caller, .platformUsersManage)
        ) { scope in
            let request = try DataRequestWork(scope: scope).find(id, in: nil)
            let file = try Self.file(of: request)
            let entry = PrivacyTrail(scope: scope).request("privacy.export_downloaded", request)
            _ = try scope.last([scope.recordPlatform(entry)])
            return (request, file)
        }
    }

    /// A workspace's.
    package func callAsFunction(
        _ id: DataRequestID,
        by caller: TenantCaller
    ) async throws -> (DataRequest, DataRequest.File) {
        let request = try await FindDataRequest(environment)(id, by: caller)
        let file = try Self.file(of: request)
        try await environment.database.write(.tenant(caller, .privacyExport)) { scope in
            let entry = PrivacyTrail(scope: scope).request("privacy.export_downloaded", request)
            _ = try scope.last([scope.record(entry)])
        }
        return (request, file)
    }

    private static func file(of request: DataRequest) throws -> DataRequest.File {
        guard request.status == .done, let file = request.file else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The request has no file: it is \(request.status.rawValue)."
            )
        }
        return file
    }
}
