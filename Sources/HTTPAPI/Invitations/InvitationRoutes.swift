import Domain
import HTTPTypes
import Operations

/// The invitations of a workspace, as those who send them see them.
enum InvitationRoutes {
    static let all: [Route] = [list, invite, resend, revoke]

    private static let base = "/api/v1/workspaces/{w}/invitations"

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "invitation.list",
            summary: "The invitations, newest first",
            tag: "Invitations"
        ),
        access: .workspace(.memberInvite),
        input: .init(
            query: [
                QueryParameter(
                    name: "status",
                    kind: .choice(InvitationStatus.allCases.map(\.rawValue)),
                    note: "Only this status."
                ),
                .filter(.invitations),
            ] + QueryParameter.page
        ),
        output: .init(schema: .page(of: "Invitation"), errors: WorkspaceRoutes.refused)
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let reading = try exchange.filter(.invitations)
        let page = try await ListInvitations(exchange.environment)(
            reading?.invitationStatus ?? exchange.query.choice("status"),
            page: exchange.pageRequest(of: "invitations", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "invitations",
            scope: caller.tenant,
            as: InvitationJSON.invitation
        )
    }

    private static let invite = Route(
        .post,
        base,
        .init(
            operation: "invitation.create",
            summary: "Offer a mail address a place; the token travels by mail only",
            tag: "Invitations"
        ),
        access: .workspace(.memberInvite),
        input: .init(
            body: BodyShape(
                "NewInvitation",
                [
                    .required("email", .text, "The person's mail address."),
                    .required("role", .text, "The role: a key, an id or a name."),
                    .optional(
                        "language",
                        .choice(Mail.Language.allCases.map(\.rawValue)),
                        "The mail's language; en unless told."
                    ),
                ]
            )
        ),
        output: .created(
            "Invitation",
            errors: WorkspaceRoutes.refused + [
                .grantExceedsOwn, .alreadyMember, .invitationPending, .planLimitReached,
                .validationError, .rateLimited,
            ]
        )
    ) { exchange in
        let new = try NewInvitation(
            email: exchange.body.requiredText("email"),
            role: exchange.body.requiredText("role"),
            language: exchange.body.text("language")
        )
        let invitation = try await InviteMember(exchange.environment)(
            new,
            by: exchange.tenantCaller()
        )
        return .json(InvitationJSON.invitation(invitation), version: invitation.version)
    }

    private static let resend = Route(
        .post,
        "\(base)/{i}/resend",
        .init(
            operation: "invitation.resend",
            summary: "Send it again, with another token and another seven days",
            tag: "Invitations"
        ),
        access: .workspace(.memberInvite),
        output: .init(
            schema: .named("Invitation"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .notPending, .grantExceedsOwn, .rateLimited,
            ]
        )
    ) { exchange in
        let id = try exchange.pathID("i", noun: "invitation", of: Invitation.self)
        let invitation = try await ResendInvitation(exchange.environment)(
            id,
            by: exchange.tenantCaller()
        )
        return .json(InvitationJSON.invitation(invitation), version: invitation.version)
    }

    private static let revoke = Route(
        .delete,
        "\(base)/{i}",
        .init(
            operation: "invitation.revoke",
            summary: "Take an invitation back and free its seat",
            tag: "Invitations"
        ),
        access: .workspace(.memberInvite),
        output: .init(
            status: .noContent,
            errors: WorkspaceRoutes.refused + [.notFound, .notPending]
        )
    ) { exchange in
        let id = try exchange.pathID("i", noun: "invitation", of: Invitation.self)
        try await RevokeInvitation(exchange.environment)(id, by: exchange.tenantCaller())
        return .empty
    }
}

/// How invitations are written; their tokens never are.
enum InvitationJSON {
    @Sendable static func invitation(_ invitation: Invitation) -> JSON {
        [
            "id": JSON(invitation.id), "email": .string(invitation.email),
            "role": .string(invitation.role), "status": .string(invitation.status.rawValue),
            "invited_by": JSON(invitation.invitedBy), "created_at": JSON(invitation.createdAt),
            "sent_at": JSON(invitation.sentAt), "expires_at": JSON(invitation.expiresAt),
            "version": .integer(invitation.version),
        ]
    }

    static func received(_ invitation: ReceivedInvitation) -> JSON {
        [
            "id": JSON(invitation.id), "workspace_id": JSON(invitation.tenant),
            "workspace": .string(invitation.workspace), "slug": .string(invitation.slug),
            "role": .string(invitation.role), "inviter": .string(invitation.inviter),
            "email": JSON(invitation.email), "created_at": JSON(invitation.createdAt),
            "expires_at": JSON(invitation.expiresAt),
        ]
    }
}
