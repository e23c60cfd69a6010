import Domain
import Fixtures
import Postgres
import Storage

@testable import Operations

extension Fixture {
    /// A key that acts for `maker`.
    func makeKey(
        _ scopes: [String] = ["artifact.read"],
        expiresAt: Instant? = nil,
        by maker: TenantCaller
    ) async throws -> IssuedAPIKey {
        try await CreateAPIKey(environment)(
            name: "Key",
            scopes: scopes,
            expiresAt: expiresAt,
            by: maker
        )
    }

    /// Presents a key's text as a door does.
    func present(_ text: String) async throws -> TenantCaller {
        try await ReadAPIKey(environment)(text).caller(requestID: "key")
    }

    /// With which code a caller is refused; nil when let in.
    func refusal(_ caller: TenantCaller, _ permission: Permission) async throws -> DomainError.Code?
    {
        do {
            _ = try await environment.database.fetch(.tenant(caller, permission), "SELECT 1")
            return nil
        } catch let error as DomainError {
            return error.code
        }
    }
}
