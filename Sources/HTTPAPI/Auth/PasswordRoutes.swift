import Domain
import HTTPTypes
import Operations

/// Passwords that are forgotten or changed.
enum PasswordRoutes {
    static let all: [Route] = [forgot, reset, change]

    static let address = BodyShape("MailAddress", [.required("email", .text, "The address.")])

    private static let forgot = Route(
        .post,
        "/api/v1/auth/password/forgot",
        .init(
            operation: "auth.forgot_password",
            summary: "Ask for a link that replaces the password; the answer is always the same",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(body: address),
        output: .init(status: .accepted, errors: [.validationError, .rateLimited])
    ) { exchange in
        try await RequestPasswordReset(exchange.environment)(
            email: exchange.body.requiredText("email"),
            client: exchange.client,
            requestID: exchange.context.requestID
        )
        return .empty
    }

    private static let reset = Route(
        .post,
        "/api/v1/auth/password/reset",
        .init(
            operation: "auth.reset_password",
            summary: "Replace the password by that link; all sessions end",
            tag: "Auth"
        ),
        access: .everyone,
        input: .init(
            body: BodyShape(
                "PasswordReset",
                [
                    .required("token", .secret, "Of the link."),
                    .required("password", .secret, "12 characters at least, 1024 bytes at most."),
                ]
            )
        ),
        output: .init(
            status: .noContent,
            errors: [.linkExpired, .passwordPolicy, .tooManyRequests]
        )
    ) { exchange in
        let device = try await ResetPassword(exchange.environment)(
            token: exchange.body.requiredText("token"),
            password: Array(exchange.body.requiredText("password").utf8),
            requestID: exchange.context.requestID
        )
        return Answer.empty.keeping(deviceToken: device)
    }

    private static let change = Route(
        .post,
        "/api/v1/auth/password/change",
        .init(
            operation: "auth.change_password",
            summary: "Change one's own password; all other sessions end",
            tag: "Auth"
        ),
        access: .person,
        input: .init(
            body: BodyShape(
                "PasswordChange",
                [
                    .required("current_password", .secret, "The password until now."),
                    .required(
                        "new_password",
                        .secret,
                        "12 characters at least, 1024 bytes at most."
                    ),
                ]
            )
        ),
        output: .init(
            status: .noContent,
            errors: [.validationError, .passwordPolicy, .rateLimited, .tooManyRequests]
        )
    ) { exchange in
        try await ChangePassword(exchange.environment)(
            current: Array(exchange.body.requiredText("current_password").utf8),
            new: Array(exchange.body.requiredText("new_password").utf8),
            client: exchange.client,
            by: exchange.caller()
        )
        return .empty
    }
}
