import Domain
import Sealing

/// What makes two questions the same one, as a digest.
///
/// Everything that could make the answer another one is in it, and who asks: nobody is given what
/// somebody else was answered, and no key what its maker was, whose rights reach further. Only where
/// route and prompt share their answers with the workspace all its members are one.
struct CacheKey: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Parameters:
    ///   - tenant: where.
    ///   - principal: the name of who asks, a key's apart from its maker's; or of all.
    ///   - route: the route that was named, if one was.
    ///   - model: the first model that would be asked.
    ///   - prompt: the version of a prompt, if one was named.
    ///   - outputCap: the most that the model may write.
    ///   - order: the question.
    ///   - messages: all that the model is given, what was said before included.
    init(
        tenant: TenantID,
        principal: String,
        route: String?,
        model: String,
        prompt: CallOrigin.PromptVersion?,
        outputCap: Int64,
        order: ChatOrder,
        messages: [ChatMessage]
    ) {
        var hasher = SHA256Hasher()
        for text in [
            "aic1", tenant.description, principal, route ?? "", model,
            prompt.map { "\($0.id):\($0.version)" } ?? "", "\(outputCap)",
            order.fingerprint(messages).canonical,
        ] {
            // Each with its length, so that no two run into each other.
            hasher.update(Array("\(text.utf8.count):".utf8))
            hasher.update(Array(text.utf8))
        }
        bytes = hasher.finish()
    }

    /// Whether an answer to this question may be given again: only where the model was not told
    /// to choose its words at random, and nothing is to be run.
    ///
    /// - Parameters:
    ///   - order: the question.
    ///   - policy: what the route says, where one was asked for.
    /// - Returns: Whether it is wanted, by the question or by the route, and allowed.
    static func mayHave(_ order: ChatOrder, _ policy: ModelRoutePlan.Cache?) -> Bool {
        let policy = policy.flatMap { $0.scope == .off ? nil : $0 }
        let warmest = policy.map { Double($0.maxTemperatureMilli) / 1_000 } ?? Self.warmest
        return (order.options.usesCache || policy != nil) && order.tools.isEmpty
            && (order.parameters.temperature ?? 0) <= warmest
            && order.options.conversation == .none
    }

    private static let warmest = 0.3
}

extension ChatOrder {
    /// The question as one value, the same for the same question.
    func fingerprint(_ messages: [ChatMessage]) -> JSONValue {
        .object([
            "messages": .array(messages.map(\.json)),
            "tools": .array(tools.map(\.json)),
            "max_tokens": .integer(wantedOutput),
            "temperature": parameters.temperature.map(JSONValue.number) ?? .null,
            "top_p": parameters.topP.map(JSONValue.number) ?? .null,
            "stop": .array(parameters.stop.map(JSONValue.string)),
            "seed": parameters.seed.map(JSONValue.integer) ?? .null,
        ])
    }

    /// What an idempotency key stands for: where it was sent, the question, and how it is handled.
    func mark(_ key: IdempotencyKey) -> IdempotencyMark {
        let model: JSONValue =
            switch self.model {
            case .usual: .null
            case .named(let name): .object(["model": .string(name)])
            case .route(let name), .routeOrUsual(let name):
                .object(["route": .string(name)])
            }
        let asked = Digest.sha256(
            JSONValue.object([
                "operation": .string(key.operation), "model": model, "purpose": .string(purpose),
                "ask": fingerprint(messages),
                "conversation": .string("\(options.conversation.text)"),
                "prompt": prompt?.json ?? .null,
            ]).canonical
        )
        return IdempotencyMark(key: key.text, fingerprint: asked)
    }
}

extension PromptOrder {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "version": .string(choice.description),
            "variables": .object(values.mapValues(JSONValue.string)),
        ])
    }
}

extension ChatOptions.Conversing {
    fileprivate var text: String {
        switch self {
        case .none: "none"
        case .new: "new"
        case .continued(let id): id.description
        }
    }
}

extension ChatMessage {
    fileprivate var json: JSONValue {
        .object([
            "role": .string(role.rawValue), "content": .string(content),
            "tool_calls": .array(toolCalls.map(\.json)),
            "tool_call_id": toolCallID.map(JSONValue.string) ?? .null,
        ])
    }
}

extension ChatTool {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "description": .string(description),
            "schema": .string(schema),
        ])
    }
}
