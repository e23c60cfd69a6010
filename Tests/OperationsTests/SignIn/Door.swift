import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// Sign-in as a client of one network meets it.
struct Door: Sendable {
    let fixture: Fixture
    var network = "192.0.2.1"
    var device: String?
    var kind = Session.Kind.api

    var client: ClientInfo {
        ClientInfo(userAgent: "tests", ip: kind == .api ? network : nil, device: device)
    }

    @discardableResult
    func signIn(_ email: String, _ password: String = Fixture.password) async throws -> SignedIn {
        try await SignIn(fixture.environment)(
            email: email,
            password: Array(password.utf8),
            kind: kind,
            workspace: nil,
            client: client,
            requestID: "r"
        )
    }

    /// How a try ends: nil for a success.
    func code(
        _ email: String,
        _ password: String = Fixture.password
    ) async throws
        -> DomainError.Code?
    {
        do {
            try await signIn(email, password)
            return nil
        } catch let error as DomainError {
            return error.code
        }
    }

    func register(
        _ email: String,
        password: String = Fixture.password,
        name: String = "Nora New",
        language: Mail.Language = .english
    ) async throws {
        try await RegisterPerson(fixture.environment)(
            email: email,
            name: name,
            password: Array(password.utf8),
            language: language,
            client: client,
            requestID: "r"
        )
    }

    func verify(_ token: String) async throws {
        try await VerifyEmail(fixture.environment)(token: token, requestID: "r")
    }

    func forgot(_ email: String) async throws {
        try await RequestPasswordReset(fixture.environment)(
            email: email,
            client: client,
            requestID: "r"
        )
    }

    @discardableResult
    func reset(_ token: String, _ password: String) async throws -> String {
        try await ResetPassword(fixture.environment)(
            token: token,
            password: Array(password.utf8),
            requestID: "r"
        )
    }

    func age(by seconds: Int) async throws {
        try await fixture.age(by: seconds)
    }

    /// Runs a body at the door of a platform with a signed-in operator.
    static func with(_ body: (Door, Caller) async throws -> Void) async throws {
        try await Fixture.with(clock: StoppedClock().clock) { fixture in
            let root = try await fixture.makeOperator()
            try await body(Door(fixture: fixture), root)
        }
    }
}
