import Domain
import HTTPTypes
import Operations

/// Invitations, as those who get them see them.
enum InviteeRoutes {
    static let all: [Route] = [mine, open, accept, decline]

    private static let one = "/api/v1/invitations/{token}"

    private static let gone: [DomainError.Code] = [
        .notFound, .invitationExpired, .invitationRevoked, .invitationDeclined,
    ]

    private static let mine = Route(
        .get,
        "/api/v1/me/invitations",
        .init(
            operation: "me.invitations",
            summary: "What one's own mail address is invited to",
            tag: "Me"
        ),
        access: .person,
        output: .init(schema: .page(of: "ReceivedInvitation"))
    ) { exchange in
        let list = try await ListMyInvitations(exchange.environment)(by: exchange.caller())
        return .list(list.map(InvitationJSON.received))
    }

    private static let open = Route(
        .get,
        one,
        .init(
            operation: "invitation.open",
            summary: "What a token offers; nobody need be signed in",
            tag: "Invitations"
        ),
        access: .everyone,
        output: .init(schema: .named("ReceivedInvitation"), errors: gone)
    ) { exchange in
        let invitation = try await OpenInvitation(exchange.environment)(
            token: exchange.pathValue("token"),
            requestID: exchange.context.requestID
        )
        return .json(InvitationJSON.received(invitation))
    }

    private static let accept = Route(
        .post,
        "\(one)/accept",
        .init(
            operation: "invitation.accept",
            summary: "Take the place that is offered; doing so twice is harmless",
            tag: "Invitations"
        ),
        access: .person,
        output: .init(
            schema: .named("JoinedWorkspace"),
            errors: gone + [
                .emailMismatch, .grantExceedsOwn, .tenantSuspended, .alreadyMember,
            ]
        )
    ) { exchange in
        let joined = try await AcceptInvitation(exchange.environment)(
            token: exchange.pathValue("token"),
            by: exchange.caller()
        )
        return .json([
            "workspace_id": JSON(joined.tenant), "slug": .string(joined.slug),
            "name": .string(joined.workspace), "member": MemberRoutes.json(joined.member),
        ])
    }

    private static let decline = Route(
        .post,
        "\(one)/decline",
        .init(
            operation: "invitation.decline",
            summary: "Turn the place down; nobody need be signed in",
            tag: "Invitations"
        ),
        access: .everyone,
        output: .init(status: .noContent, errors: gone + [.notPending])
    ) { exchange in
        try await DeclineInvitation(exchange.environment)(
            token: exchange.pathValue("token"),
            requestID: exchange.context.requestID
        )
        return .empty
    }
}
