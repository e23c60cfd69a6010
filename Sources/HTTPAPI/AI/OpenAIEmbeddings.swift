import Domain
import FoundationEssentials
import HTTPTypes
import Operations

/// Vectors in the form of OpenAI's interface.
enum OpenAIEmbeddings {
    static let route = Route(
        .post,
        "/api/v1/ai/openai/v1/embeddings",
        .init(
            operation: "ai.openai.embed",
            summary: "Vectors of texts, in the form of OpenAI's embeddings",
            tag: "AI"
        ),
        access: .workspace(.aiUse),
        input: .init(headers: [.idempotencyKey], body: shape),
        output: .init(
            schema: .named("OpenAIEmbeddings"),
            errors: ChatRoutes.errors,
            deadline: ChatRoutes.deadline,
            problems: .openAI
        )
    ) { exchange in
        let texts = try OpenAIEmbeddings.texts(exchange.body)
        let key = try exchange.idempotencyKey()
        let caller = try await exchange.tenantCaller()
        let embedded = try await exchange.whileClientStays {
            try await EmbedTexts(exchange.environment)(
                texts,
                model: try exchange.body.requiredText("model"),
                idempotencyKey: key,
                by: caller
            )
        }
        let format: Format = try exchange.body.choice("encoding_format") ?? .float
        var answer = Answer.json(OpenAIEmbeddings.json(embedded, format))
        answer.headers[.modelCall] = embedded.id.description
        if embedded.isRepeated { answer.headers[.replayed] = "true" }
        return answer
    }

    /// How the numbers of a vector are written.
    enum Format: String, CaseIterable, Sendable {
        case float
        /// Single precision, the lowest byte first.
        case base64
    }

    private static let shape = BodyShape(
        "OpenAIEmbeddingRequest",
        [
            .required("model", .text, "One of GET /ai/models."),
            .required("input", .any, "A text, or 1 to 256 texts."),
            .optional(
                "encoding_format",
                .choice(Format.allCases.map(\.rawValue)),
                "How vectors are written; float unless told."
            ),
            .optional("dimensions", .integer, "Not understood: vectors are as long as they are."),
        ],
        ignoringOthers: true
    )

    private static func texts(_ body: BodyFields) throws(DomainError) -> [String] {
        guard body["dimensions"] == nil else {
            throw .invalid("dimensions", "must be left out: vectors are as long as they are")
        }
        switch body["input"] {
        case .string(let text): return [text]
        case .array(let items):
            let texts = items.compactMap(\.string)
            guard texts.count == items.count else { break }
            return texts
        default: break
        }
        throw .invalid("input", "must be a text or a list of texts")
    }

    private static func json(_ embedded: EmbeddedTexts, _ format: Format) -> JSON {
        let data = embedded.vectors.enumerated().map { index, vector -> JSON in
            [
                "object": "embedding", "index": .integer(Int64(index)),
                "embedding": written(vector, format),
            ]
        }
        let use = embedded.use
        return [
            "object": "list", "data": .array(data), "model": .string(embedded.model),
            "usage": [
                "prompt_tokens": .integer(use.tokens.read),
                "total_tokens": .integer(use.tokens.total),
                "cost_usd": JSON(nanoUSD: use.chargeNano),
            ],
        ]
    }

    private static func written(_ vector: [Float], _ format: Format) -> JSON {
        switch format {
        case .float: .array(vector.map { .value(.number(Double($0))) })
        case .base64:
            .string(
                Data(
                    vector.flatMap { number in
                        withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init)
                    }
                ).base64EncodedString()
            )
        }
    }
}
