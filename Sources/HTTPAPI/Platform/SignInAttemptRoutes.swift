import Domain
import HTTPTypes
import Operations

/// Failed tries to sign in, for support staff.
enum SignInAttemptRoutes {
    static let all: [Route] = [list]

    private static let list = Route(
        .get,
        "/api/v1/admin/users/{id}/sign-in-attempts",
        .init(
            operation: "user.sign_in_attempts",
            summary: "A person's failed sign-ins by minute and network, newest first",
            tag: "Platform"
        ),
        access: .platform(.platformAuditRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "SignInAttempts"),
            errors: [.permissionDenied, .notFound, .cursorInvalid]
        )
    ) { exchange in
        let user = try exchange.pathID("id", noun: "person", of: User.self)
        let list = "sign-in-attempts \(user)"
        let page = try await ListSignInAttempts(exchange.environment)(
            of: .user(user),
            page: exchange.pageRequest(of: list),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: list, as: json)
    }

    @Sendable private static func json(_ attempts: SignInAttempts) -> JSON {
        [
            "minute": JSON(attempts.minute), "network": .string(attempts.network),
            "count": .integer(Int64(attempts.count)),
            "last_reason": .string(attempts.lastReason.rawValue),
        ]
    }
}
