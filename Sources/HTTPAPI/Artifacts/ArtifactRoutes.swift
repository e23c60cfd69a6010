import Domain
import HTTPTypes
import Operations

/// The documents of a workspace.
enum ArtifactRoutes {
    static let all: [Route] = [
        list("/api/v1/artifacts", "artifact.list", "Artifacts in an order"),
        list("/api/v1/artifacts/search", "artifact.search", "Artifacts that contain words"),
        tags, create, find, update, delete, restore, history,
    ]

    private static let item = "/api/v1/artifacts/{id}"

    private static let refused = WorkspaceRoutes.refused

    private static let create = Route(
        .post,
        "/api/v1/artifacts",
        .init(operation: "artifact.create", summary: "Make an artifact", tag: "Artifacts"),
        access: .workspace(.artifactCreate),
        input: .init(headers: [.idempotencyKey], body: ArtifactJSON.draft),
        output: .created(
            "Artifact",
            errors: refused + [.validationError, .idempotencyKeyReused, .planLimitReached]
        )
    ) { exchange in
        let artifact = try await CreateArtifact(exchange.environment)(
            ArtifactJSON.draft(exchange.body),
            idempotencyKey: exchange.idempotencyKey()?.text,
            by: exchange.tenantCaller()
        )
        var answer = ArtifactJSON.answer(artifact)
        answer.headers[.location] = "/api/v1/artifacts/\(artifact.id)"
        return answer
    }

    private static let find = Route(
        .get,
        item,
        .init(operation: "artifact.read", summary: "An artifact", tag: "Artifacts"),
        access: .workspace(.artifactRead),
        output: .init(schema: .named("Artifact"), errors: refused + [.notFound])
    ) { exchange in
        try await ArtifactJSON.answer(
            FindArtifact(exchange.environment)(artifactID(exchange), by: exchange.tenantCaller())
        )
    }

    private static let update = Route(
        .patch,
        item,
        .init(operation: "artifact.update", summary: "Change an artifact", tag: "Artifacts"),
        access: .workspace(.artifactUpdate),
        input: .init(headers: [.ifMatch], body: ArtifactJSON.edit),
        output: .init(
            schema: .named("Artifact"),
            errors: refused + [
                .notFound, .versionConflict, .versionRequired, .validationError, .planLimitReached,
            ]
        ),
        handler: updateArtifact
    )

    private static let delete = Route(
        .delete,
        item,
        .init(operation: "artifact.delete", summary: "Delete an artifact", tag: "Artifacts"),
        access: .workspace(.artifactDelete),
        input: .init(headers: [.ifMatch]),
        output: .init(
            status: .noContent,
            errors: refused + [.notFound, .versionConflict, .versionRequired]
        )
    ) { exchange in
        try await DeleteArtifact(exchange.environment)(
            artifactID(exchange),
            version: exchange.requiredMatch(),
            by: exchange.tenantCaller()
        )
        return .empty
    }

    private static let restore = Route(
        .post,
        "\(item)/restore",
        .init(
            operation: "artifact.restore",
            summary: "Bring a deleted artifact back",
            tag: "Artifacts"
        ),
        access: .workspace(.artifactRestore),
        output: .init(
            schema: .named("Artifact"),
            errors: refused + [.notFound, .invalidTransition, .planLimitReached]
        )
    ) { exchange in
        try await ArtifactJSON.answer(
            RestoreArtifact(exchange.environment)(
                artifactID(exchange),
                by: exchange.tenantCaller()
            )
        )
    }

    private static let history = Route(
        .get,
        "\(item)/history",
        .init(
            operation: "artifact.history",
            summary: "The versions of an artifact, newest first",
            tag: "Artifacts"
        ),
        access: .workspace(.artifactRead),
        input: .init(query: QueryParameter.page),
        output: .init(schema: .page(of: "ArtifactRevision"), errors: refused + [.notFound]),
        handler: listRevisions
    )

    private static let tags = Route(
        .get,
        "/api/v1/artifacts/tags",
        .init(operation: "artifact.tags", summary: "The tags in use", tag: "Artifacts"),
        access: .workspace(.artifactRead),
        input: .init(
            query: [QueryParameter(name: "prefix", kind: .text, note: "How the tags begin.")]
        ),
        output: .init(schema: .page(of: "Tag"), errors: refused)
    ) { exchange in
        let tags = try await ListTags(exchange.environment)(
            prefix: exchange.query.text("prefix"),
            by: exchange.tenantCaller()
        )
        return .list(tags.map { ["tag": .string($0.tag), "count": .integer(Int64($0.count))] })
    }

    private static func artifactID(_ exchange: Exchange) throws(DomainError) -> ArtifactID {
        try exchange.pathID("id", noun: "artifact")
    }

    @Sendable private static func updateArtifact(_ exchange: Exchange) async throws -> Answer {
        let expected = try exchange.requiredMatch()
        let body = exchange.body
        guard !body.isEmpty else {
            throw DomainError.invalid("body", "must have a field to change")
        }
        let edit = ArtifactEdit(
            name: body.text("name"),
            description: body.text("description"),
            tags: body.texts("tags"),
            metadata: body["metadata"]
        )
        let id = try artifactID(exchange)
        let caller = try await exchange.tenantCaller()
        var version = expected
        if version == nil {
            version = try await FindArtifact(exchange.environment)(id, by: caller).version
        }
        return try await ArtifactJSON.answer(
            UpdateArtifact(exchange.environment)(id, edit, version: version ?? 0, by: caller)
        )
    }

    @Sendable private static func listRevisions(_ exchange: Exchange) async throws -> Answer {
        let id = try artifactID(exchange)
        let caller = try await exchange.tenantCaller()
        let name = "artifacts/\(id)/history"
        let page = try await ListRevisions(exchange.environment)(
            id,
            page: exchange.pageRequest(of: name, scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            page,
            of: name,
            scope: caller.tenant,
            as: ArtifactJSON.revision
        )
    }
}

extension ArtifactRoutes {
    private static let filters: [QueryParameter] =
        [
            QueryParameter(name: "q", kind: .text, note: "Words; the last one may be a beginning."),
            QueryParameter(name: "tags", kind: .texts, note: "All of these tags."),
            QueryParameter(name: "created_after", kind: .time, note: "Made then or later."),
            QueryParameter(name: "created_before", kind: .time, note: "Made before then."),
            QueryParameter(name: "created_by", kind: .id, note: "Made by this person."),
            QueryParameter(name: "deleted", kind: .boolean, note: "The deleted ones instead."),
            QueryParameter(
                name: "sort",
                kind: .choice(FieldSort<ArtifactOrder>.allCases.map(\.rawValue)),
                note: "The order, a minus puts the greatest first; the newest first unless told. "
                    + "Not beside q, which ranks."
            ),
            .filter(.artifacts),
        ] + QueryParameter.page

    /// The list and the search are one thing under two names.
    private static func list(_ path: String, _ operation: String, _ summary: String) -> Route {
        Route(
            .get,
            path,
            .init(operation: operation, summary: summary, tag: "Artifacts"),
            access: .workspace(.artifactRead),
            input: .init(query: filters),
            output: .init(
                schema: .page(of: "Artifact", adding: [("ranked", .boolean)]),
                errors: WorkspaceRoutes.refused + [.cursorInvalid, .queryTooComplex]
            ),
            handler: listArtifacts
        )
    }

    private static func filter(
        _ exchange: Exchange,
        by caller: TenantCaller
    ) async throws -> ArtifactFilter {
        let query = exchange.query
        let sort: FieldSort<ArtifactOrder>? = try query.choice("sort")
        let order = sort?.order
        let isReversed = sort?.isReversed ?? false
        if let reading = try exchange.filter(.artifacts) {
            guard order == nil || reading.words == nil else {
                throw DomainError.invalid("sort", "must not stand beside words, which rank")
            }
            let people = try await exchange.people(of: reading, by: caller)
            let clock = exchange.filterClock
            return try ArtifactFilter(
                reading,
                clock,
                people: people,
                order: order ?? .newest,
                isReversed: isReversed
            )
        }
        if order != nil, query.text("q")?.contains(where: { !$0.isWhitespace }) == true {
            throw DomainError.invalid("sort", "must not stand beside q, which orders by relevance")
        }
        return try ArtifactFilter(
            query: query.text("q"),
            tags: query.texts("tags"),
            createdFrom: query.time("created_after"),
            createdTo: query.time("created_before"),
            author: query.id("created_by"),
            deleted: query.boolean("deleted") ?? false,
            order: order ?? .newest,
            isReversed: isReversed
        )
    }

    @Sendable private static func listArtifacts(_ exchange: Exchange) async throws -> Answer {
        let caller = try await exchange.tenantCaller()
        let filter = try await filter(exchange, by: caller)
        let found = try await ListArtifacts(exchange.environment)(
            filter,
            page: exchange.pageRequest(of: "artifacts", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(
            found.page,
            of: "artifacts",
            scope: caller.tenant,
            adding: [("ranked", .bool(found.ranked))],
            as: ArtifactJSON.artifact
        )
    }
}
