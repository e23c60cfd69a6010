import Domain
import Storage

/// A try that was let in and did not succeed.
///
/// It is counted, recorded, and told to the owner of the account where that is due. Whoever tried
/// learns nothing of it.
struct SignInFailure {
    let environment: Environment
    let admission: SignInAdmission
    /// The person behind the address, if there is one.
    let known: Credentials?
    /// Whether the password was right all the same.
    let matches: Bool

    private var reason: SignInAttempts.Reason {
        guard let known else { return .unknownAddress }
        if admission.isLocked { return .locked }
        guard known.isActive else { return .disabled }
        guard known.passwordHash != nil else { return .noPassword }
        return matches ? .unverified : .wrongPassword
    }

    func record(_ entry: AuditEntry) async throws {
        let requestID = admission.attempt.requestID
        try await environment.database.system(
            reason: .signIn,
            user: known?.user,
            requestID: requestID
        ) { scope in
            // Whoever registered an address must not see by the time whether it was taken.
            let verification = try VerificationMail(environment).statements(
                for: known,
                at: admission.attempt.address,
                isAsked: matches,
                in: scope
            )
            _ = try scope.last(
                verification + [
                    try lockNotice(),
                    SignInThrottle.count(admission.attempt, reason),
                    scope.recordPlatform(entry),
                ]
            )
        }
    }

    /// For an address that nobody has the mail is made and thrown away.
    private func lockNotice() throws -> Statement {
        let until = admission.beginsLock
        return try Outbox(environment).queue(
            Mail(
                .lockNotice,
                to: admission.attempt.address,
                in: known?.language ?? .english,
                values: ["name": known?.name ?? "", "until": until?.rfc3339 ?? ""]
            ),
            wanted: until != nil && known?.isActive == true
        )
    }
}

/// The mail with the link that proves an address, at most one every few minutes.
struct VerificationMail {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// Nothing is sent to somebody whose address is proved, who has no password, or is nobody; it
    /// costs the same.
    func statements(
        for person: Credentials?,
        at address: EmailAddress,
        isAsked: Bool = true,
        in scope: Scope
    ) throws -> [Statement] {
        let mayHave = person.map { $0.isActive && !$0.isVerified && $0.passwordHash != nil }
        return try LinkMail(environment, .verify).statements(
            to: mayHave == true ? person : nil,
            at: address,
            isAsked: isAsked,
            in: scope
        )
    }
}
