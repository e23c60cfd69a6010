import Operations
import Terminal

/// Asks for codes of the second factor, and sets one up where it is demanded.
struct SecondFactorQuestion: Sendable {
    private let environment: Operations.Environment

    init(_ environment: Operations.Environment) {
        self.environment = environment
    }

    /// Goes on with a sign-in for which the password was not enough.
    func answer(
        _ required: SecondFactorRequired,
        client: ClientInfo
    ) async throws -> SignedIn {
        guard required.needsEnrolment else {
            return try await VerifySecondFactor(environment)(
                token: required.token,
                code: try Self.ask(),
                client: client,
                requestID: RequestName.new()
            )
        }
        StandardStream.error.line("Operators need a second factor; set one up now.")
        let enrolment = try await EnrolSecondFactor(environment)(
            token: required.token,
            requestID: RequestName.new()
        )
        Self.show(enrolment)
        let (signedIn, codes) = try await ConfirmSecondFactor(environment)(
            token: required.token,
            code: try Self.ask(),
            client: client,
            requestID: RequestName.new()
        )
        Self.show(codes)
        return signedIn
    }

    /// A code, from the terminal or from the line after the password's.
    static func ask() throws -> String {
        StandardStream.error.write("Code: ")
        guard let line = readLine(), !line.isEmpty else {
            throw ExitMessage(
                "A code of your authenticator app is needed, or a recovery code.",
                code: ExitMessage.usage
            )
        }
        return line
    }

    static func show(_ enrolment: SecondFactorEnrolment) {
        StandardStream.error.line("Secret for your authenticator app: \(enrolment.secret)")
        StandardStream.error.line("As a link: \(SafeText(enrolment.uri).string)")
        StandardStream.error.line("Then type the code that the app shows.")
    }

    static func show(_ recoveryCodes: [String]) {
        StandardStream.output.line(
            "Recovery codes. Each lets you in once without the app; they are not shown again:"
        )
        for code in recoveryCodes { StandardStream.output.line("  \(code)") }
    }
}
