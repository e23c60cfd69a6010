import Domain
import HTTPTypes
import Operations

/// The people of the platform, for operators who manage them.
enum PlatformUserRoutes {
    static let all: [Route] = [list, find, update, disable, enable, revokeSessions, sessions]

    private static let base = "/api/v1/admin/users"
    private static let item = "\(base)/{id}"
    private static let refused: [DomainError.Code] = [.permissionDenied]

    private static let list = Route(
        .get,
        base,
        .init(operation: "user.list", summary: "People, the newest first", tag: "Platform"),
        access: .platform(.platformUsersManage),
        input: .init(
            query: [
                QueryParameter(name: "search", kind: .text, note: "Part of a name or address."),
                QueryParameter(
                    name: "status",
                    kind: .choice(AccountStatus.allCases.map(\.rawValue)),
                    note: "Only this status."
                ),
                .filter(.users),
            ] + QueryParameter.page
        ),
        output: .init(schema: .page(of: "Account"), errors: refused + [.cursorInvalid])
    ) { exchange in
        let filter = try filter(exchange)
        let page = try await ListUsers(exchange.environment)(
            filter,
            page: exchange.pageRequest(of: "users"),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: "users", as: PlatformUserJSON.account)
    }

    private static func filter(_ exchange: Exchange) throws(DomainError) -> AccountFilter {
        if let reading = try exchange.filter(.users) {
            return try AccountFilter(reading, exchange.filterClock)
        }
        return AccountFilter(
            search: exchange.query.text("search"),
            status: try exchange.query.choice("status")
        )
    }

    private static let find = Route(
        .get,
        item,
        .init(operation: "user.read", summary: "A person with their places", tag: "Platform"),
        access: .platform(.platformUsersManage),
        output: .init(schema: .named("AccountDetail"), errors: refused + [.notFound])
    ) { exchange in
        let detail = try await FindUser(exchange.environment)(
            userID(exchange),
            by: exchange.caller()
        )
        return .json(PlatformUserJSON.detail(detail), version: detail.account.version)
    }

    private static let update = Route(
        .patch,
        item,
        .init(operation: "user.update", summary: "Change name or language", tag: "Platform"),
        access: .platform(.platformUsersManage),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape(
                "AccountChange",
                [
                    .optional("name", .text, "1 to 200 characters."),
                    .optional("locale", .choice(AccountEdit.locales), "The language of mails."),
                ]
            )
        ),
        output: .init(
            schema: .named("Account"),
            errors: refused + [.notFound, .versionConflict, .validationError]
        )
    ) { exchange in
        let account = try await UpdateUser(exchange.environment)(
            userID(exchange),
            AccountEdit(name: exchange.body.text("name"), locale: exchange.body.text("locale")),
            version: exchange.expectedVersion(),
            by: exchange.caller()
        )
        return .json(PlatformUserJSON.account(account), version: account.version)
    }

    private static let disable = Route(
        .post,
        "\(item)/disable",
        .init(operation: "user.disable", summary: "Shut a person out at once", tag: "Platform"),
        access: .platform(.platformUsersManage),
        input: .init(body: why),
        output: .init(
            schema: .named("Account"),
            errors: refused + [
                .notFound, .soleOwner, .lastSuperAdmin, .invalidTransition, .validationError,
            ]
        )
    ) { exchange in
        let account = try await DisableUser(exchange.environment)(
            userID(exchange),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(PlatformUserJSON.account(account), version: account.version)
    }

    private static let enable = Route(
        .post,
        "\(item)/enable",
        .init(operation: "user.enable", summary: "Let a person sign in again", tag: "Platform"),
        access: .platform(.platformUsersManage),
        input: .init(body: why),
        output: .init(
            schema: .named("Account"),
            errors: refused + [.notFound, .invalidTransition, .validationError]
        )
    ) { exchange in
        let account = try await EnableUser(exchange.environment)(
            userID(exchange),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(PlatformUserJSON.account(account), version: account.version)
    }

    private static let revokeSessions = Route(
        .post,
        "\(item)/revoke-sessions",
        .init(
            operation: "user.sessions.revoke",
            summary: "End all sessions of a person",
            tag: "Platform"
        ),
        access: .platform(.platformUsersManage),
        input: .init(body: why),
        output: .init(
            schema: .object([("revoked", .integer)]),
            errors: refused + [.notFound, .validationError]
        )
    ) { exchange in
        let count = try await RevokeUserSessions(exchange.environment)(
            userID(exchange),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(["revoked": .integer(Int64(count))])
    }

    private static let sessions = Route(
        .get,
        "\(item)/sessions",
        .init(
            operation: "user.sessions.list",
            summary: "A person's sessions, the newest first",
            tag: "Platform"
        ),
        access: .platform(.platformUsersManage),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "AccountSession"),
            errors: refused + [.notFound, .cursorInvalid]
        )
    ) { exchange in
        let user = try userID(exchange)
        let name = "users/\(user)/sessions"
        let page = try await ListUserSessions(exchange.environment)(
            of: user,
            page: exchange.pageRequest(of: name),
            by: exchange.caller()
        )
        return try exchange.answer(page, of: name, as: PlatformUserJSON.session)
    }

    private static let why = BodyShape(
        "Reason",
        [.required("reason", .text, "3 to 500 characters.")]
    )

    private static func userID(_ exchange: Exchange) throws(DomainError) -> UserID {
        try exchange.pathID("id", noun: "person")
    }
}
