import Sealing

/// The settings of one provider of models.
struct ModelProviderFields: Sendable {
    static let prefix = "ai.providers."
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    private func setting<Value>(
        _ field: String,
        _ summary: String,
        example: String,
        standard: String = "",
        parse: @escaping SettingParser.Parse<Value>
    ) -> Setting<Value> {
        Setting(
            name: Self.prefix + name + "." + field,
            summary: summary,
            example: example,
            standard: { _ in standard },
            parse: parse
        )
    }

    var kind: Setting<ModelProviderKind> {
        setting(
            "kind",
            "How it is spoken to: openai, compatible (others that follow it) or anthropic",
            example: "openai",
            parse: ModelProviderParser.kind
        )
    }
    var url: Setting<String?> {
        setting(
            "url",
            "The base of its addresses; needed for the kind compatible",
            example: "https://llm.example.org/v1",
            parse: { text throws(SettingRule) in text.isEmpty ? nil : text }
        )
    }
    var key: Setting<SecretReference?> {
        setting(
            "key",
            "The secret it knows us by; a server of one's own may want none",
            example: "file:/etc/ghostworks/openai.key",
            parse: SettingParser.optionalSecret
        )
    }
    var streams: Setting<Bool> {
        setting(
            "streams",
            "Whether it is asked for answers in pieces",
            example: "true",
            standard: "true",
            parse: ProviderParser.flag
        )
    }
    var limitField: Setting<String?> {
        setting(
            "limit_field",
            "What it calls the most tokens of an answer; by its kind when not set",
            example: "max_tokens",
            parse: ModelProviderParser.limitField
        )
    }
    var allowsPlain: Setting<Bool> {
        setting(
            "insecure_http",
            "Plain HTTP to another machine, in a network that is trusted",
            example: "false",
            standard: "false",
            parse: ProviderParser.flag
        )
    }
    var connectTimeout: Setting<Duration> {
        setting(
            "connect_timeout",
            "How long making a connection may take",
            example: "5s",
            standard: "5s",
            parse: SettingParser.duration
        )
    }
    var firstByteTimeout: Setting<Duration> {
        setting(
            "first_byte_timeout",
            "How long it may think before it answers",
            example: "60s",
            standard: "60s",
            parse: SettingParser.duration
        )
    }
    var idleTimeout: Setting<Duration> {
        setting(
            "idle_timeout",
            "How long it may fall silent within an answer",
            example: "30s",
            standard: "30s",
            parse: SettingParser.duration
        )
    }

    var all: [any SettingDescription] {
        [
            kind, url, key, streams, limitField, allowsPlain, connectTimeout, firstByteTimeout,
            idleTimeout,
        ]
    }
}

/// How a provider of models is spoken to.
enum ModelProviderKind: String, CaseIterable, Sendable {
    case openai
    /// A server that follows OpenAI: vLLM, Ollama, llama.cpp, OpenRouter and many more.
    case compatible
    case anthropic

    /// Where it is when nobody says so.
    var standardURL: String? {
        switch self {
        case .openai: "https://api.openai.com/v1"
        case .anthropic: "https://api.anthropic.com/v1"
        case .compatible: nil
        }
    }

    /// OpenAI's newer models refuse the older name, which most others know alone.
    var limitField: String {
        self == .openai ? "max_completion_tokens" : "max_tokens"
    }
}

/// The rules of the values of providers of models.
enum ModelProviderParser {
    static let kind: SettingParser.Parse<ModelProviderKind> = { text throws(SettingRule) in
        guard let kind = ModelProviderKind(rawValue: text) else {
            let known = ModelProviderKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingRule("must be one of \(known); got '\(text)'")
        }
        return kind
    }

    static let limitField: SettingParser.Parse<String?> = { text throws(SettingRule) in
        if text.isEmpty { return nil }
        guard ["max_tokens", "max_completion_tokens"].contains(text) else {
            throw SettingRule("must be max_tokens or max_completion_tokens; got '\(text)'")
        }
        return text
    }
}
