import Domain

extension Components {
    /// What doors to models answer.
    static let chat: [(String, Schema)] = [
        ("ChatAnswer", answer), ("ChatUse", use), ("ChatToolCall", call),
        (
            "Embeddings",
            .object([
                ("id", .uuid), ("model", .text), ("embeddings", .array(.array(.number))),
                ("usage", .named("ChatUse")),
            ])
        ),
        (
            "ChatEstimate",
            .object([
                ("model", .text), ("input_tokens", .integer), ("max_output_tokens", .integer),
                ("input_cost_usd", .optional(.money)), ("max_cost_usd", .optional(.money)),
            ])
        ),
        ("Conversation", conversation), ("ConversationMessage", message),
        ("OpenAIChatCompletion", completion), ("OpenAIModel", openAIModel),
        (
            "OpenAIModels",
            .object([("object", .choice(["list"])), ("data", .array(.named("OpenAIModel")))])
        ),
        (
            "OpenAIEmbeddings",
            .object([
                ("object", .choice(["list"])), ("data", .array(.anyObject)), ("model", .text),
                ("usage", .anyObject),
            ])
        ),
        ("OpenAIProblem", openAIProblem), ("AnthropicMessage", anthropicMessage),
        ("AnthropicModel", anthropicModel),
        (
            "AnthropicModels",
            .object([
                ("data", .array(.named("AnthropicModel"))), ("has_more", .boolean),
                ("first_id", .optional(.text)), ("last_id", .optional(.text)),
            ])
        ),
        ("AnthropicTokenCount", .object([("input_tokens", .integer)])),
        ("AnthropicProblem", anthropicProblem),
        ("StorefrontSettings", .object([("enabled", .boolean)])),
        (
            "Visit",
            .object([("token", .text), ("expires_at", .time), ("storefront", .text)])
        ),
    ]

    private static let reasons = ChatEvent.FinishReason.allCases.map(\.rawValue)

    private static let answer = Schema.object([
        ("id", .uuid), ("model", .text),
        (
            "message",
            .object([
                ("role", .choice(["assistant"])), ("content", .text),
                ("tool_calls", .array(.named("ChatToolCall"))),
            ])
        ),
        ("finish_reason", .choice(reasons)), ("usage", .named("ChatUse")),
        (
            "incomplete_details",
            .optional(
                .object([("reason", .choice([DomainError.Code.aiBudgetExhausted.rawValue]))])
            )
        ),
        ("conversation_id", .optional(.uuid)),
    ])

    private static let use = Schema.object([
        ("input_tokens", .integer), ("cached_tokens", .integer), ("cache_write_tokens", .integer),
        ("output_tokens", .integer), ("reasoning_tokens", .integer), ("total_tokens", .integer),
        ("cost_usd", .money), ("estimated", .boolean),
    ])

    private static let call = Schema.object([
        ("id", .text), ("name", .text), ("arguments", .text),
    ])

    private static let conversation = Schema.object([
        ("id", .uuid), ("user_id", .optional(.uuid)), ("visitor", .optional(.text)),
        ("title", .text), ("messages", .integer),
        ("created_at", .time), ("updated_at", .time), ("expires_at", .time),
    ])

    private static let message = Schema.object([
        ("seq", .integer), ("role", .choice(ChatMessage.Role.allCases.map(\.rawValue))),
        ("content", .text), ("tool_calls", .array(.named("ChatToolCall"))),
        ("tool_call_id", .optional(.text)), ("request_id", .uuid), ("created_at", .time),
    ])

    private static let completion = Schema.object([
        ("id", .text), ("object", .choice(["chat.completion"])), ("created", .integer),
        ("model", .text), ("choices", .array(.anyObject)), ("usage", .anyObject),
    ])

    private static let openAIModel = Schema.object([
        ("id", .text), ("object", .choice(["model"])), ("created", .integer), ("owned_by", .text),
    ])

    private static let openAIProblem = Schema.object([
        (
            "error",
            .object([
                ("message", .text), ("type", .text), ("param", .optional(.text)),
                ("code", .text),
            ])
        ),
        ("type", .text), ("title", .text), ("status", .integer), ("detail", .text),
        ("request_id", .text),
    ])

    private static let anthropicMessage = Schema.object([
        ("id", .text), ("type", .choice(["message"])), ("role", .choice(["assistant"])),
        ("model", .text), ("content", .array(.anyObject)),
        ("stop_reason", .choice(["end_turn", "max_tokens", "tool_use", "refusal"])),
        ("stop_sequence", .optional(.text)), ("usage", .anyObject),
    ])

    private static let anthropicModel = Schema.object([
        ("type", .choice(["model"])), ("id", .text), ("display_name", .text),
        ("created_at", .time), ("lifecycle", .choice(["active"])), ("max_input_tokens", .integer),
        ("max_tokens", .integer),
    ])

    private static let anthropicProblem = Schema.object([
        ("type", .choice(["error"])),
        (
            "error",
            .object([
                ("type", .text), ("message", .text),
                ("details", .object([("error_code", .text)])),
            ])
        ),
        ("request_id", .text),
    ])
}
