package import Domain
import Sealing
import Storage

/// One page of the tries to sign in with an address that did not succeed, the last minute first.
///
/// Whoever may read the platform's trail may see them: support staff too.
package struct ListSignInAttempts: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `not_found` for a person who does not exist; an address that nobody has may have
    ///   been tried all the same.
    package func callAsFunction(
        of subject: SignInSubject,
        page: PageRequest,
        by caller: Caller
    ) async throws -> Page<SignInAttempts> {
        let access = Access.platform(caller, .platformAuditRead)
        return try await environment.database.read(access) { scope in
            let address: String
            switch subject {
            case .address(let email): address = email.normalized
            case .user(let user):
                guard let known = try UserStore.address(of: user, in: scope) else {
                    throw DomainError.notFound("person", user.description)
                }
                address = known
            }
            let rows = try scope.query(
                SignInAttemptStore.page(emailHash: Digest.sha256(address), page)
            )
            return Page(
                surplus: try rows.map(SignInAttemptStore.attempts),
                request: page,
                position: \.position
            )
        }
    }
}
