import Domain
import HTTPTypes
import Operations

/// What members and workspaces ask about the data of one member.
enum DataRequestRoutes {
    static let all: [Route] = [
        ask(.export, .privacyExport, "export", "Ask for a copy of what is there about a member"),
        ask(
            .erase,
            .privacyErase,
            "erasure",
            "Have a member forgotten; a member's own request waits for an owner"
        ),
        list, find, approve, download,
    ]

    private static let base = "/api/v1/data-requests"

    private static func ask(
        _ kind: DataRequest.Kind,
        _ permission: Permission,
        _ word: String,
        _ summary: String
    ) -> Route {
        Route(
            .post,
            "/api/v1/workspaces/{w}/members/{u}/\(word)",
            .init(operation: "member.\(word)", summary: summary, tag: "Privacy"),
            access: .workspace(permission),
            output: .init(
                status: .accepted,
                schema: .named("DataRequest"),
                errors: WorkspaceRoutes.refused + [
                    .notFound, .rateLimited, .legalHold, .soleOwner,
                ]
            )
        ) { exchange in
            let request = try await RequestData(exchange.environment)(
                kind,
                of: exchange.pathID("u", noun: "member"),
                by: exchange.tenantCaller()
            )
            return .json(PrivacyJSON.request(request))
        }
    }

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "data_request.list",
            summary: "Requests about people's data, newest first; members see their own",
            tag: "Privacy"
        ),
        access: .workspace(.privacyExport),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "DataRequest"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListDataRequests(exchange.environment)(
            page: exchange.pageRequest(of: "data-requests", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: "data-requests",
            scope: caller.tenant,
            as: PrivacyJSON.request
        )
    }

    private static let find = Route(
        .get,
        "\(base)/{id}",
        .init(operation: "data_request.read", summary: "A request", tag: "Privacy"),
        access: .workspace(.privacyExport),
        output: .init(
            schema: .named("DataRequest"),
            errors: WorkspaceRoutes.refused + [.notFound]
        )
    ) { exchange in
        let request = try await FindDataRequest(exchange.environment)(
            exchange.pathID("id", noun: "data request"),
            by: exchange.tenantCaller()
        )
        return .json(PrivacyJSON.request(request))
    }

    private static let approve = Route(
        .post,
        "\(base)/{id}/approve",
        .init(
            operation: "data_request.approve",
            summary: "Carry out the erasure that a member asked for",
            tag: "Privacy"
        ),
        access: .workspace(.privacyErase),
        output: .init(
            schema: .named("DataRequest"),
            errors: WorkspaceRoutes.refused + [
                .notFound, .invalidTransition, .legalHold, .soleOwner,
            ]
        )
    ) { exchange in
        let request = try await ApproveDataRequest(exchange.environment)(
            exchange.pathID("id", noun: "data request"),
            by: exchange.tenantCaller()
        )
        return .json(PrivacyJSON.request(request))
    }

    private static let download = Route(
        .get,
        "\(base)/{id}/download",
        .init(
            operation: "data_request.download",
            summary: "The copy: a tar archive of NDJSON files and their manifest",
            tag: "Privacy"
        ),
        access: .workspace(.privacyExport),
        output: .init(
            schema: .file,
            mediaType: Exchange.exportType,
            errors: WorkspaceRoutes.refused + [.notFound, .invalidTransition, .unavailable]
        )
    ) { exchange in
        let (request, file) = try await OpenExport(exchange.environment)(
            exchange.pathID("id", noun: "data request"),
            by: exchange.tenantCaller()
        )
        return try await exchange.file(of: request, file)
    }
}
