package import Domain
package import OpenID
package import Operations
import Postgres
package import Sealing
package import Storage
package import Support

/// A migrated database with everything that use cases need, and people made through them.
package struct Fixture: Sendable {
    package let environment: Environment
    package let migrated: MigratedDatabase

    /// The password of everybody who has one.
    package static let password = "correct horse battery staple"
    /// What anybody who has it shows once more.
    package static let proof = FreshProof(password: Array(password.utf8))
    package static let issuer = "https://ghostworks.test"
    package static let audience = "ghostworks-api"

    /// Low cost: the strength of a test's password hash protects nobody.
    private static let pepper = Result { try Pepper(id: "p1", secret: .random(count: 32)) }
    private static let hasher = Result { try hasher(cost: 4, threads: 2, waiting: 1_000) }
    private static let signingKey = Result { try SigningKey.generate() }

    /// A hasher for `with`, of another strength or with a waiting room of another size.
    package static func hasher(
        cost: Int,
        threads: Int,
        waiting: Int
    ) throws -> PasswordHasher {
        try PasswordHasher(
            pepper: pepper.get(),
            cost: cost,
            threads: threads,
            waiting: waiting
        )
    }

    /// Runs a body with a database of its own, on the shared server unless another is named.
    ///
    /// Refusals of sign-ins are not remembered unless `front` does: what ages in the table is old
    /// at once.
    package static func with(
        clock: SystemClock = .live,
        on cluster: TestCluster? = nil,
        issuers: Issuers = .none,
        policy: SignInPolicy = SignInPolicy(),
        passwords: PasswordHasher? = nil,
        front: SignInFront = SignInFront(memory: .zero),
        _ body: (Fixture) async throws -> Void
    ) async throws {
        let hasher = try passwords ?? hasher.get()
        let tokens = try await TokenIssuer(
            keys: [signingKey.get()],
            issuer: issuer,
            audience: audience,
            clock: clock
        )
        try await MigratedDatabase.with(clock: clock, on: cluster) { migrated in
            let environment = Environment(
                database: migrated.database,
                passwords: hasher,
                tokens: tokens,
                sealer: Sealer(keys: try KeyRing(current: .generate())),
                issuers: issuers,
                policy: policy,
                front: front
            )
            try await body(Fixture(environment: environment, migrated: migrated))
        }
    }

    /// A signed-in operator.
    package func makeOperator(
        _ email: String = "root@ghostworks.test",
        role: PlatformRole = .superAdmin
    ) async throws -> Caller {
        _ = try await CreateOperator(environment)(
            email: email,
            name: "Operator",
            password: Array(Self.password.utf8),
            role: role
        )
        return try await signIn(email, kind: .shell)
    }

    /// A tenant whose owner is `owner@SLUG.test` and has the password.
    package func makeTenant(
        _ slug: String = "acme",
        plan: Plan = .pro,
        by root: Caller
    ) async throws -> TestTenant {
        let email = "owner@\(slug).test"
        let new = try NewTenant(
            slug: slug,
            name: "Tenant \(slug)",
            plan: plan.rawValue,
            ownerEmail: email,
            ownerName: "Owner of \(slug)"
        )
        let tenant = try await ProvisionTenant(environment)(new, idempotencyKey: nil, by: root)
        let owner = try await person(email, in: tenant.id)
        return TestTenant(tenant: tenant, owner: owner)
    }

    /// Adds a member through the tenant's owner and signs the person in.
    package func makeMember(
        _ email: String,
        role: Role,
        in tenant: TestTenant
    ) async throws -> TenantCaller {
        _ = try await AddMember(environment)(
            email: email,
            role: role.rawValue,
            name: nil,
            by: tenant.owner
        )
        return try await person(email, in: tenant.tenant.id)
    }

    /// Gives a known person the password and signs in.
    package func person(_ email: String, in tenant: TenantID) async throws -> TenantCaller {
        try await SetPassword(environment)(email: email, password: Array(Self.password.utf8))
        return TenantCaller(caller: try await signIn(email, kind: .api), tenant: tenant)
    }

    package func signIn(_ email: String, kind: Session.Kind) async throws -> Caller {
        let signedIn = try await SignIn(environment)(
            email: email,
            password: Array(Self.password.utf8),
            kind: kind,
            workspace: nil,
            client: ClientInfo(userAgent: "tests", ip: "127.0.0.1"),
            requestID: "sign-in"
        )
        return Caller(
            user: signedIn.identity.user,
            session: signedIn.identity.session,
            requestID: "test"
        )
    }
}

/// A provisioned tenant and its owner.
package struct TestTenant: Sendable {
    package let tenant: Tenant
    package let owner: TenantCaller

    package var id: TenantID { tenant.id }
}

extension Fixture {
    /// Adds a member who never signs in.
    @discardableResult
    package func addMember(
        _ email: String,
        _ role: Role,
        by caller: TenantCaller
    ) async throws -> Member {
        try await AddMember(environment)(
            email: email,
            role: role.rawValue,
            name: nil,
            by: caller
        )
    }

    /// A password's hash of another cost than the fixture's own.
    package func hash(_ password: String, cost: Int) async throws -> String {
        let hasher = try PasswordHasher(pepper: Self.pepper.get(), cost: cost, threads: 1)
        return try await hasher.hash(Array(password.utf8))
    }
}
