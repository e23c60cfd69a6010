package import Domain
import Storage

/// Finds where changes are announced, for who may look at them.
///
/// A bell says that something changed and nothing more; what changed is asked through the use case
/// of the screen, which asks for its own permission.
package struct FindBells: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter caller: A member, or an operator in a support session.
    /// - Returns: The bell of the tenant's ledger, and with `ai.usage.read` that of its calls to
    ///   models.
    /// - Throws: `DomainError`, when the caller is no member or the database cannot.
    package func callAsFunction(inTenant caller: TenantCaller) async throws -> [FeedBell] {
        try await find(.tenant, .tenant(caller, .workspaceRead)) + (try await calls(caller))
    }

    private func calls(_ caller: TenantCaller) async throws -> [FeedBell] {
        do {
            return try await find(.calls, .tenant(caller, .aiUsageRead))
        } catch let error as DomainError where error.kind == .forbidden {
            return []
        }
    }

    private func find(_ topic: FeedTopic, _ access: Access) async throws -> [FeedBell] {
        try await environment.database.fetch(access, FeedStore.find(topic)).rows
            .map(FeedStore.bell)
    }

    /// - Parameter caller: An operator.
    /// - Returns: The platform's bell.
    /// - Throws: `DomainError`, when the caller is no operator or the database cannot.
    package func callAsFunction(onPlatform caller: Caller) async throws -> [FeedBell] {
        try await find(.platform, .platform(caller, .platformTenantsRead))
    }

    /// - Parameter caller: Anybody who is signed in.
    /// - Returns: The bell of the caller's own sessions.
    /// - Throws: `DomainError`, when the session has ended or the database cannot.
    package func callAsFunction(ofPerson caller: Caller) async throws -> [FeedBell] {
        try await find(.person, .person(caller))
    }
}
