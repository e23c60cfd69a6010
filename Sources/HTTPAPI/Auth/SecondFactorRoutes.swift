import Domain
import HTTPTypes
import Operations

/// The second factor: setting it up, showing a code, taking it away.
enum SecondFactorRoutes {
    static let all: [Route] = [
        verify, enrolAtSignIn, confirmAtSignIn, status, enrol, confirm, renew, disable,
    ]

    private static let base = "/api/v1/auth/mfa"
    private static let token = BodyField.required(
        "mfa_token",
        .secret,
        "What the sign-in has answered with."
    )
    private static let code = BodyField.required(
        "code",
        .text,
        "Six digits of the app, or a recovery code."
    )

    private static let verify = Route(
        .post,
        "\(base)/verify",
        .init(
            operation: "auth.mfa.verify",
            summary: "Show a code, and get the session that the password was not enough for",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(body: BodyShape("SecondFactorCode", [token, code])),
        output: .init(
            schema: .named("Session"),
            errors: [.mfaInvalid, .rateLimited, .tenantAccessDenied, .tenantSuspended]
        )
    ) { exchange in
        let signedIn = try await VerifySecondFactor(exchange.environment)(
            token: exchange.body.requiredText("mfa_token"),
            code: exchange.body.requiredText("code"),
            client: exchange.client,
            requestID: exchange.context.requestID
        )
        return AuthJSON.answer(signedIn, exchange)
    }

    private static let enrolAtSignIn = Route(
        .post,
        "\(base)/enrol",
        .init(
            operation: "auth.mfa.enrol",
            summary: "Begin the second factor that an operator must have to come in",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(body: BodyShape("SecondFactorToken", [token])),
        output: .init(
            schema: .named("SecondFactorEnrolment"),
            errors: [.mfaInvalid, .mfaConflict]
        )
    ) { exchange in
        let enrolment = try await EnrolSecondFactor(exchange.environment)(
            token: exchange.body.requiredText("mfa_token"),
            requestID: exchange.context.requestID
        )
        return .json(json(enrolment))
    }

    private static let confirmAtSignIn = Route(
        .post,
        "\(base)/enrol/confirm",
        .init(
            operation: "auth.mfa.enrol.confirm",
            summary: "Prove the app with a first code, and get the session",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(body: BodyShape("SecondFactorProof", [token, code])),
        output: .init(
            schema: .named("SecondFactorSession"),
            errors: [.mfaInvalid, .mfaConflict, .rateLimited]
        )
    ) { exchange in
        let (signedIn, codes) = try await ConfirmSecondFactor(exchange.environment)(
            token: exchange.body.requiredText("mfa_token"),
            code: exchange.body.requiredText("code"),
            client: exchange.client,
            requestID: exchange.context.requestID
        )
        var answer = AuthJSON.answer(signedIn, exchange)
        if case .json(let session) = answer.content {
            answer.content = .json(["session": session, "recovery_codes": list(codes)])
        }
        return answer
    }

    private static let status = Route(
        .get,
        "\(base)/totp",
        .init(operation: "auth.mfa.read", summary: "Have I a second factor?", tag: "Auth"),
        access: .person,
        output: .init(schema: .named("SecondFactor"))
    ) { exchange in
        let status = try await ShowSecondFactor(exchange.environment)(by: exchange.caller())
        return .json([
            "enabled": .bool(status != nil),
            "confirmed_at": JSON(status?.confirmedAt),
            "recovery_codes_left": .integer(status?.recoveryCodesLeft ?? 0),
        ])
    }

    private static let enrol = Route(
        .post,
        "\(base)/totp",
        .init(operation: "auth.mfa.begin", summary: "Begin a second factor", tag: "Auth"),
        access: .person,
        input: .init(body: BodyShape("SecondFactorBeginning", FreshProof.fields)),
        output: .init(
            schema: .named("SecondFactorEnrolment"),
            errors: [.mfaConflict] + FreshProof.refusals
        )
    ) { exchange in
        let enrolment = try await EnrolSecondFactor(exchange.environment)(
            proof: exchange.freshProof,
            by: exchange.caller()
        )
        return .json(json(enrolment))
    }

    private static let confirm = Route(
        .post,
        "\(base)/totp/confirm",
        .init(
            operation: "auth.mfa.confirm",
            summary: "Prove the app with a first code; recovery codes are shown once",
            tag: "Auth"
        ),
        access: .person,
        input: .init(body: BodyShape("FirstCode", [code])),
        output: .init(
            schema: .named("RecoveryCodes"),
            errors: [.mfaInvalid, .mfaConflict, .rateLimited]
        )
    ) { exchange in
        let codes = try await ConfirmSecondFactor(exchange.environment)(
            code: exchange.body.requiredText("code"),
            by: exchange.caller()
        )
        return .json(["recovery_codes": list(codes)])
    }

    private static let renew = Route(
        .post,
        "\(base)/recovery-codes",
        .init(
            operation: "auth.mfa.renew",
            summary: "New recovery codes in place of all old ones, for a code",
            tag: "Auth"
        ),
        access: .person,
        input: .init(body: BodyShape("RenewalCode", [code])),
        output: .init(
            schema: .named("RecoveryCodes"),
            errors: [.mfaInvalid, .mfaConflict, .rateLimited]
        )
    ) { exchange in
        let codes = try await RenewRecoveryCodes(exchange.environment)(
            code: exchange.body.requiredText("code"),
            by: exchange.caller()
        )
        return .json(["recovery_codes": list(codes)])
    }

    private static let disable = Route(
        .delete,
        "\(base)/totp",
        .init(
            operation: "auth.mfa.disable",
            summary: "Take the second factor away, for a code",
            tag: "Auth"
        ),
        access: .person,
        input: .init(body: BodyShape("RemovalCode", [code])),
        output: .init(
            status: .noContent,
            errors: [.mfaInvalid, .mfaConflict, .rateLimited]
        )
    ) { exchange in
        try await DisableSecondFactor(exchange.environment)(
            code: exchange.body.requiredText("code"),
            by: exchange.caller()
        )
        return .empty
    }

    private static func json(_ enrolment: SecondFactorEnrolment) -> JSON {
        ["secret": .string(enrolment.secret), "uri": .string(enrolment.uri)]
    }

    private static func list(_ codes: [String]) -> JSON {
        .array(codes.map { .string($0) })
    }
}
