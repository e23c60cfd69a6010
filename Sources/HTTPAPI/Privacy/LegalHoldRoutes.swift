import Domain
import HTTPTypes
import Operations

/// What forbids to erase people of a workspace.
enum LegalHoldRoutes {
    static let all: [Route] = [list, place, release]

    private static let base = "/api/v1/legal-holds"

    private static let list = Route(
        .get,
        base,
        .init(operation: "legal_hold.list", summary: "Legal holds, newest first", tag: "Privacy"),
        access: .workspace(.retentionManage),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "LegalHold"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListLegalHolds(exchange.environment)(
            page: exchange.pageRequest(of: "legal-holds", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "legal-holds",
            scope: caller.tenant,
            as: PrivacyJSON.hold
        )
    }

    private static let place = Route(
        .post,
        base,
        .init(
            operation: "legal_hold.place",
            summary: "Forbid to erase one person, or everybody of the workspace",
            tag: "Privacy"
        ),
        access: .workspace(.retentionManage),
        input: .init(
            body: BodyShape(
                "NewLegalHold",
                [
                    .required("reason", .text, "3 to 500 characters."),
                    .optional("subject_id", .text, "Whom; everybody when not given."),
                ]
            )
        ),
        output: .created(
            "LegalHold",
            errors: WorkspaceRoutes.refused + [.notFound, .validationError]
        )
    ) { exchange in
        let subject = try exchange.body.text("subject_id").map { text throws(DomainError) in
            guard let id = UserID(text) else {
                throw .invalid("subject_id", "must be the id of a member")
            }
            return id
        }
        let hold = try await PlaceLegalHold(exchange.environment)(
            on: subject,
            reason: exchange.body.requiredText("reason"),
            by: exchange.tenantCaller()
        )
        return .json(PrivacyJSON.hold(hold))
    }

    private static let release = Route(
        .delete,
        "\(base)/{id}",
        .init(
            operation: "legal_hold.release",
            summary: "Take a hold off; its line stays",
            tag: "Privacy"
        ),
        access: .workspace(.retentionManage),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [.notFound, .invalidTransition]
        )
    ) { exchange in
        try await ReleaseLegalHold(exchange.environment)(
            exchange.pathID("id", noun: "legal hold"),
            by: exchange.tenantCaller()
        )
        return .empty
    }
}
