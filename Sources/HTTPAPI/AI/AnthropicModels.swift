import Domain
import Operations

/// Models in the form of Anthropic's lists.
enum AnthropicModels {
    static let query: [QueryParameter] = [
        QueryParameter(
            name: "limit",
            kind: .integer,
            note: "How many models, 1 to 1000; 20 unless told."
        ),
        QueryParameter(name: "after_id", kind: .text, note: "The model before the first one."),
        QueryParameter(name: "before_id", kind: .text, note: "The model behind the last one."),
        QueryParameter(
            name: "lifecycle[]",
            kind: .texts,
            note: "Of the stages active, deprecated and retired, those that are wanted; all models "
                + "here are active."
        ),
    ]

    private static let limits = 1...1_000

    /// A page of all models, by id.
    ///
    /// - Throws: A validation error for a limit out of bounds and a place that is none.
    static func page(_ models: [AIModel], _ query: Query) throws(DomainError) -> JSON {
        let limit = try query.integer("limit") ?? 20
        guard limits.contains(limit) else { throw .invalid("limit", "must be 1 to 1000") }
        let stages = query.texts("lifecycle[]")
        let listed = stages.isEmpty || stages.contains("active") ? models[...] : []
        let (page, hasMore) = try cut(listed, limit, query)
        return [
            "data": .array(page.map(model)), "has_more": .bool(hasMore),
            "first_id": JSON(page.first?.id), "last_id": JSON(page.last?.id),
        ]
    }

    private static func cut(
        _ models: ArraySlice<AIModel>,
        _ limit: Int,
        _ query: Query
    ) throws(DomainError) -> (ArraySlice<AIModel>, hasMore: Bool) {
        switch (query.text("after_id"), query.text("before_id")) {
        case (nil, nil): return (models.prefix(limit), models.count > limit)
        case (let id?, nil):
            let rest = models[(try place(of: id, "after_id", in: models) + 1)...]
            return (rest.prefix(limit), rest.count > limit)
        case (nil, let id?):
            let rest = models[..<(try place(of: id, "before_id", in: models))]
            return (rest.suffix(limit), rest.count > limit)
        case (_?, _?): throw .invalid("before_id", "cannot be given together with after_id")
        }
    }

    private static func place(
        of id: String,
        _ field: String,
        in models: ArraySlice<AIModel>
    ) throws(DomainError) -> Int {
        guard let place = models.firstIndex(where: { $0.id == id }) else {
            throw .invalid(field, "names no model of the list")
        }
        return place
    }

    static func model(_ model: AIModel) -> JSON {
        [
            "type": "model", "id": .string(model.id), "display_name": .string(model.name),
            "created_at": JSON(model.madeAt),
            "lifecycle": "active", "max_input_tokens": .integer(model.contextTokens),
            "max_tokens": .integer(model.maxOutputTokens),
        ]
    }
}
