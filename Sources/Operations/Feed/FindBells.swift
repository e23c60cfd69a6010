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
    /// - Returns: The bells of the tenant's ledger and of its calls to models.
    /// - Throws: `DomainError`, when the caller is no member or the database cannot.
    package func callAsFunction(inTenant caller: TenantCaller) async throws -> [FeedBell] {
        try await environment.database.read(.tenant(caller, .workspaceRead)) { scope in
            try scope.batch([FeedStore.find(.tenant), FeedStore.find(.calls)])
                .flatMap { try $0.map(FeedStore.bell) }
        }
    }

    /// - Parameter caller: An operator.
    /// - Returns: The platform's bell.
    /// - Throws: `DomainError`, when the caller is no operator or the database cannot.
    package func callAsFunction(onPlatform caller: Caller) async throws -> [FeedBell] {
        let access = Access.platform(caller, .platformTenantsRead)
        return try await environment.database.fetch(access, FeedStore.find(.platform)).rows
            .map(FeedStore.bell)
    }

    /// - Parameter caller: Anybody who is signed in.
    /// - Returns: The bell of the caller's own sessions.
    /// - Throws: `DomainError`, when the session has ended or the database cannot.
    package func callAsFunction(ofPerson caller: Caller) async throws -> [FeedBell] {
        try await environment.database.fetch(.person(caller), FeedStore.find(.person)).rows
            .map(FeedStore.bell)
    }
}
