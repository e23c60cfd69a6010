import Domain
import Storage

/// Whom an operator may bring into a tenant during a support session.
///
/// Neither themselves nor anybody with a role on the platform: they would stay when the session
/// and the consent are over.
struct SupportNewcomer {
    let scope: Scope

    /// - Throws: `permission_denied`; nothing outside of a support session.
    func check(_ address: EmailAddress) throws {
        guard scope.access.context.supportSession != nil else { return }
        guard try ConsentStore.mayBring(address, in: scope) else {
            throw DomainError.forbidden(
                .permissionDenied,
                "Nobody with a role on the platform can be brought in from a support session."
            )
        }
    }
}
