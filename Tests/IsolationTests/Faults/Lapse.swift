import Domain
import Fixtures
import Operations
import Postgres
import Storage
import Testing

/// Something that happened to a member, and how the guard answers afterwards.
struct Lapse: Sendable, CustomTestStringConvertible {
    let statement: String
    let state: String
    let code: DomainError.Code
    var testDescription: String { statement }

    init(_ statement: String, _ state: String, _ code: DomainError.Code) {
        self.statement = statement
        self.state = state
        self.code = code
    }

    /// All ways in which a right that a member had ends.
    static let all = [
        Lapse("UPDATE sessions SET revoked_at = now()", "GW401", .sessionRevoked),
        Lapse("UPDATE sessions SET expires_at = now()", "GW401", .sessionRevoked),
        Lapse("UPDATE users SET status = 'disabled'", "GW401", .sessionRevoked),
        Lapse("UPDATE users SET status = 'erased'", "GW401", .sessionRevoked),
        Lapse("UPDATE memberships SET status = 'suspended'", "GW403", .tenantAccessDenied),
        Lapse("UPDATE memberships SET status = 'removed'", "GW403", .tenantAccessDenied),
        Lapse("UPDATE memberships SET role_key = 'guest'", "GW403", .permissionDenied),
        Lapse("UPDATE tenants SET status = 'suspended'", "GW403", .tenantSuspended),
        Lapse("UPDATE tenants SET status = 'deleted'", "GW403", .tenantAccessDenied),
        Lapse("DELETE FROM memberships", "GW403", .tenantAccessDenied),
        Lapse("DELETE FROM role_permissions", "GW403", .permissionDenied),
    ]
}

extension Fixture {
    /// The code of the refusal; nil when the caller is let in.
    func code(
        _ caller: TenantCaller,
        _ permission: Permission
    ) async throws -> DomainError.Code? {
        do {
            let fetched = try await environment.database.fetch(
                .tenant(caller, permission),
                "SELECT app.tenant_id() AS tenant"
            )
            #expect(try fetched.rows.first?.decode("tenant", as: TenantID.self) == caller.tenant)
            return nil
        } catch let error as DomainError {
            return error.code
        }
    }

    /// A tenant, and an operator in a reading support session there.
    func visit(
        role: PlatformRole
    ) async throws -> (root: Caller, visitor: TenantCaller) {
        let root = try await makeOperator()
        let acme = try await makeTenant(by: root)
        let staff = try await makeOperator("staff@ghostworks.test", role: role)
        let session = try await OpenSupportSession(environment)(
            tenant: acme.id,
            reason: "because",
            ticket: nil,
            mode: .readOnly,
            minutes: 30,
            by: staff
        )
        return (root, session.caller(staff))
    }
}
