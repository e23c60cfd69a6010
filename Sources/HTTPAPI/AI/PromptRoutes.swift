import Domain
import HTTPTypes
import Operations

/// A workspace's prompts: versions that are only added, labels that move.
enum PromptRoutes {
    static let all: [Route] = [list, create, find, versions, addVersion, label, render]

    private static let base = "/api/v1/ai/prompts"
    private static let one = "\(base)/{prompt}"

    private static let list = Route(
        .get,
        base,
        .init(operation: "ai.prompt.list", summary: "Prompts by name", tag: "AI"),
        access: .workspace(.aiPromptRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "Prompt"),
            errors: WorkspaceRoutes.refused + [.cursorInvalid]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let page = try await ListPrompts(exchange.environment)(
            page: exchange.pageRequest(of: "ai-prompts", scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(page, of: "ai-prompts", scope: caller.tenant, as: json)
    }

    private static let create = Route(
        .post,
        base,
        .init(operation: "ai.prompt.create", summary: "Keep a prompt at version 1", tag: "AI"),
        access: .workspace(.aiPromptManage),
        input: .init(
            body: BodyShape(
                "NewPrompt",
                [
                    .required("name", .text, "1 to 100 characters, unlike any other prompt's."),
                    .optional("description", .text, "At most 500 characters."),
                    .optional(
                        "shareable",
                        .boolean,
                        "Whether the whole workspace may share cached answers to it; false."
                    ),
                ] + textFields
            )
        ),
        output: .created(
            "Prompt",
            errors: WorkspaceRoutes.refused + [.nameTaken, .validationError]
        )
    ) { exchange in
        let body = exchange.body
        let new = try NewPrompt(
            name: body.requiredText("name"),
            description: body.text("description") ?? "",
            shareable: body.boolean("shareable") ?? false,
            system: body.text("system") ?? "",
            user: body.text("user") ?? ""
        )
        let prompt = try await CreatePrompt(exchange.environment)(new, by: exchange.tenantCaller())
        return .json(json(prompt), version: prompt.version)
    }

    private static let find = Route(
        .get,
        one,
        .init(operation: "ai.prompt.read", summary: "A prompt and its labels", tag: "AI"),
        access: .workspace(.aiPromptRead),
        output: .init(schema: .named("Prompt"), errors: WorkspaceRoutes.refused + [.notFound])
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let prompt = try await ListPrompts(exchange.environment)(id(exchange), by: caller)
        return .json(json(prompt), version: prompt.version)
    }

    private static let versions = Route(
        .get,
        "\(one)/versions",
        .init(
            operation: "ai.prompt.versions",
            summary: "The versions of a prompt, the newest first",
            tag: "AI"
        ),
        access: .workspace(.aiPromptRead),
        input: .init(query: QueryParameter.page),
        output: .init(
            schema: .page(of: "PromptVersion"),
            errors: WorkspaceRoutes.refused + [.notFound, .cursorInvalid]
        )
    ) { exchange in
        let prompt = try id(exchange)
        let caller = try await exchange.tenantCaller()
        let list = "ai-prompt-versions-\(prompt)"
        let page = try await ListPromptVersions(exchange.environment)(
            of: prompt,
            page: exchange.pageRequest(of: list, scope: caller.tenant),
            by: caller
        )
        return try exchange.answer(page, of: list, scope: caller.tenant, as: version)
    }

    private static let addVersion = Route(
        .post,
        "\(one)/versions",
        .init(
            operation: "ai.prompt.add_version",
            summary: "Add a version; those before it stay as they are",
            tag: "AI"
        ),
        access: .workspace(.aiPromptManage),
        input: .init(
            body: BodyShape(
                "NewPromptVersion",
                [.optional("version", .integer, "The number it is expected to get.")] + textFields
            )
        ),
        output: .created(
            "PromptVersion",
            errors: WorkspaceRoutes.refused + [.notFound, .versionExists, .validationError]
        )
    ) { exchange in
        let body = exchange.body
        let caller = try await exchange.tenantCaller()
        let added = try await AddPromptVersion(exchange.environment)(
            PromptText(system: body.text("system") ?? "", user: body.text("user") ?? ""),
            number: body.integer("version").map { Int($0) },
            to: id(exchange),
            by: caller
        )
        return .json(version(added))
    }
}

extension PromptRoutes {
    private static let label = Route(
        .put,
        "\(one)/labels/{label}",
        .init(
            operation: "ai.prompt.label",
            summary: "Point a label at a version, such as production at 3",
            tag: "AI"
        ),
        access: .workspace(.aiPromptManage),
        input: .init(
            headers: [.ifMatchOptional],
            body: BodyShape("PromptLabelChange", [.required("version", .integer, "Which.")])
        ),
        output: .init(
            schema: .named("PromptLabel"),
            errors: WorkspaceRoutes.refused + [.notFound, .versionConflict, .validationError]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let label = try await LabelPrompt(exchange.environment)(
            exchange.pathValue("label"),
            at: Int(exchange.body.integer("version") ?? 0),
            of: id(exchange),
            expected: exchange.expectedVersion(),
            by: caller
        )
        return .json(labelJSON(label), version: label.labelVersion)
    }

    private static let render = Route(
        .post,
        "\(one)/render",
        .init(
            operation: "ai.prompt.render",
            summary: "Fill a version with values, as a call would send it",
            tag: "AI"
        ),
        access: .workspace(.aiPromptRead),
        input: .init(
            body: BodyShape(
                "PromptRendering",
                [
                    .optional("version", .text, "A number, a label or latest, which is usual."),
                    .optional("variables", .object, "A text for each variable of the version."),
                ]
            )
        ),
        output: .init(
            schema: .named("RenderedPrompt"),
            errors: WorkspaceRoutes.refused + [.notFound, .validationError]
        )
    ) { exchange in
        let caller = try await exchange.tenantCaller()
        let rendered = try await RenderPrompt(exchange.environment)(
            id(exchange),
            PromptChoice(exchange.body.text("version") ?? "latest"),
            values: PromptValues.read(exchange.body["variables"], at: "variables"),
            by: caller
        )
        return .json([
            "version": .integer(Int64(rendered.version.number)),
            "system": .string(rendered.text.system), "user": .string(rendered.text.user),
        ])
    }

    private static let textFields: [BodyField] = [
        .optional("system", .text, "The system template; {{name}} stands for a value."),
        .optional("user", .text, "The template of the first message."),
    ]

    private static func id(_ exchange: Exchange) throws(DomainError) -> PromptID {
        try exchange.pathID("prompt", noun: "prompt", of: AIPrompt.self)
    }

    @Sendable private static func json(_ prompt: TenantPrompt) -> JSON {
        [
            "id": JSON(prompt.id), "name": .string(prompt.name),
            "description": .string(prompt.description), "shareable": .bool(prompt.shareable),
            "latest": .integer(Int64(prompt.latest)),
            "labels": .array(prompt.labels.map(labelJSON)), "created_by": JSON(prompt.createdBy),
            "created_at": JSON(prompt.createdAt), "version": .integer(prompt.version),
        ]
    }

    private static func labelJSON(_ label: PromptLabel) -> JSON {
        [
            "label": .string(label.label), "version": .integer(Int64(label.version)),
            "label_version": .integer(label.labelVersion),
        ]
    }

    @Sendable private static func version(_ version: PromptVersion) -> JSON {
        [
            "version": .integer(Int64(version.number)),
            "system": .string(version.text.system.source),
            "user": .string(version.text.user.source),
            "variables": .array(version.text.variables.map { .string($0) }),
            "created_by": JSON(version.createdBy), "created_at": JSON(version.createdAt),
        ]
    }
}

/// The values for the holes of a prompt.
enum PromptValues {
    /// Values are texts: nothing else has one way to be written.
    static func read(
        _ value: JSONValue?,
        at field: String
    ) throws(DomainError) -> [String: String] {
        guard case .object(let members)? = value else { return [:] }
        var values: [String: String] = [:]
        for (name, value) in members {
            guard case .string(let text) = value else {
                throw .invalid("\(field).\(Validation.quotable(name))", "must be a text")
            }
            values[name] = text
        }
        return values
    }
}
