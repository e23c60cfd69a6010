import Domain
import Fixtures
import Operations
import Testing

/// A tenant's owner with a second factor that is set up.
struct FactorSetup {
    let fixture: Fixture
    let clock: ShiftedClock
    let owner: Caller
    let app: Authenticator
    let recoveryCodes: [String]

    static func with(_ body: (FactorSetup) async throws -> Void) async throws {
        let clock = ShiftedClock()
        try await Fixture.with(clock: clock.clock) { fixture in
            let root = try await fixture.makeOperator()
            let owner = try await fixture.makeTenant(by: root).owner.caller
            let enrolment = try await EnrolSecondFactor(fixture.environment)(
                proof: Fixture.proof,
                by: owner
            )
            let app = Authenticator(enrolment.secret)
            let codes = try await ConfirmSecondFactor(fixture.environment)(
                code: app.code(at: clock.now),
                by: owner
            )
            try await body(
                FactorSetup(
                    fixture: fixture,
                    clock: clock,
                    owner: owner,
                    app: app,
                    recoveryCodes: codes
                )
            )
        }
    }

    var code: String { app.code(at: clock.now) }

    /// Six digits that are none of the codes of now.
    var wrongCode: String {
        let near = [-30, 0, 30].map { app.code(at: clock.now.advanced(by: .seconds($0))) }
        return ["000000", "111111", "222222", "333333"].first { !near.contains($0) } ?? ""
    }

    /// The next code, which was not used.
    func freshCode() -> String {
        clock.pass(30)
        return code
    }

    func verify(
        _ token: String,
        _ code: String,
        client: ClientInfo = ClientInfo(userAgent: "tests", ip: "127.0.0.1")
    ) async throws -> SignedIn {
        try await VerifySecondFactor(fixture.environment)(
            token: token,
            code: code,
            client: client,
            requestID: "verify"
        )
    }
}

extension Fixture {
    /// Signs in with the password; what else is wanted.
    func required(
        _ email: String = "owner@acme.test",
        kind: Session.Kind = .api,
        device: String? = nil
    ) async throws -> SecondFactorRequired {
        let error = await #expect(throws: SecondFactorRequired.self) {
            try await SignIn(environment)(
                email: email,
                password: Array(Self.password.utf8),
                kind: kind,
                workspace: nil,
                client: ClientInfo(userAgent: "tests", ip: "127.0.0.1", device: device),
                requestID: "sign-in"
            )
        }
        return try #require(error)
    }
}
