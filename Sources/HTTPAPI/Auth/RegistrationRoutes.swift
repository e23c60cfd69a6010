import Domain
import HTTPTypes
import Operations

/// Coming in by the public door, and proving one's mail address.
///
/// The answers are the same for everybody: the mail tells the owner of the address.
enum RegistrationRoutes {
    static let all: [Route] = [register, verify, resend]

    private static let register = Route(
        .post,
        "/api/v1/auth/register",
        .init(
            operation: "auth.register",
            summary: "Register; the mail tells how it goes on, the answer is always the same",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            body: BodyShape(
                "Registration",
                [
                    .required("email", .text, "The mail address."),
                    .required("password", .secret, "12 characters at least, 1024 bytes at most."),
                    .required("name", .text, "1 to 200 characters."),
                    .optional("language", language, "Of mails; English unless told."),
                ]
            )
        ),
        output: .init(
            status: .accepted,
            errors: [.passwordPolicy, .validationError, .rateLimited, .tooManyRequests]
        )
    ) { exchange in
        try await RegisterPerson(exchange.environment)(
            email: exchange.body.requiredText("email"),
            name: exchange.body.requiredText("name"),
            password: Array(exchange.body.requiredText("password").utf8),
            language: exchange.body.choice("language") ?? .english,
            client: exchange.client,
            requestID: exchange.context.requestID
        )
        return .empty
    }

    private static let verify = Route(
        .post,
        "/api/v1/auth/verify-email",
        .init(
            operation: "auth.verify_email",
            summary: "Prove a mail address by the link that was sent to it",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            body: BodyShape("Verification", [.required("token", .secret, "Of the link.")])
        ),
        output: .init(status: .noContent, errors: [.linkExpired])
    ) { exchange in
        try await VerifyEmail(exchange.environment)(
            token: exchange.body.requiredText("token"),
            requestID: exchange.context.requestID
        )
        return .empty
    }

    private static let resend = Route(
        .post,
        "/api/v1/auth/verify-email/resend",
        .init(
            operation: "auth.resend_verification",
            summary: "Send that link once more; the answer is always the same",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(body: PasswordRoutes.address),
        output: .init(status: .accepted, errors: [.validationError, .rateLimited])
    ) { exchange in
        try await ResendVerification(exchange.environment)(
            email: exchange.body.requiredText("email"),
            client: exchange.client,
            requestID: exchange.context.requestID
        )
        return .empty
    }

    private static let language = BodyField.Kind.choice(Mail.Language.allCases.map(\.rawValue))
}
