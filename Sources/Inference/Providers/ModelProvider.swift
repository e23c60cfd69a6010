package import Domain

/// A provider of models as the gateway sees it; made by a function for each kind.
package struct ModelProvider: Sendable {
    /// Asks a model; returns when the provider has begun to answer.
    package typealias Chat =
        @Sendable (
            _ model: String, _ request: ChatRequest, _ context: ChatContext,
            _ deadline: ContinuousClock.Instant
        ) async throws(ProviderFailure) -> ChatStream
    /// Asks a model for vectors.
    package typealias Embed =
        @Sendable (
            _ model: String, _ texts: [String], _ deadline: ContinuousClock.Instant
        ) async throws(ProviderFailure) -> Embeddings

    /// As `ai_providers.id` names it.
    package let id: String
    /// Where it is, for people.
    package let place: String
    /// Which key it is asked with, without the key.
    package let key: String
    /// Whether answers come in pieces, so that a hold can grow with them.
    package let canStream: Bool
    package let chat: Chat
    package let embed: Embed

    package init(
        id: String,
        place: String,
        key: String,
        canStream: Bool,
        chat: @escaping Chat,
        embed: @escaping Embed
    ) {
        self.id = id
        self.place = place
        self.key = key
        self.canStream = canStream
        self.chat = chat
        self.embed = embed
    }

    /// A provider over the network, as the settings describe it.
    package struct Configuration: Sendable {
        package var id: String
        package var address: ProviderAddress
        /// Nil for a server that wants none.
        package var key: ProviderKey?
        /// Whether the provider is asked for streams.
        package var streams: Bool
        /// What the provider calls the most tokens of an answer.
        package var limitField: String
        package var patience: Patience
        var headers: [(name: String, value: String)] = []

        package init(
            id: String,
            address: ProviderAddress,
            key: ProviderKey?,
            streams: Bool = true,
            limitField: String = "max_tokens",
            patience: Patience = Patience()
        ) {
            self.id = id
            self.address = address
            self.key = key
            self.streams = streams
            self.limitField = limitField
            self.patience = patience
        }

        /// The provider's own name of a model: ours without the provider's name before it.
        func name(of model: String) -> String {
            let prefix = id + "/"
            return model.hasPrefix(prefix) ? String(model.dropFirst(prefix.count)) : model
        }
    }
}

extension ModelProvider {
    /// Chat completions and embeddings, as OpenAI and many servers give them.
    package static func openAI(
        _ configuration: Configuration,
        pace: Pace = .live
    ) -> ModelProvider {
        var configuration = configuration
        if let key = configuration.key {
            configuration.headers = [("authorization", "Bearer \(key.secret)")]
        }
        let upstream = Upstream(configuration: configuration, pace: pace)
        return ModelProvider(upstream) {
            (model, request, _, deadline) async throws(ProviderFailure) in
            let configuration = upstream.configuration
            return try await upstream.chat(
                "/chat/completions",
                try OpenAIRequest.body(configuration.name(of: model), request, configuration),
                dialect: .openAI,
                deadline: deadline
            )
        } embed: { (model, texts, deadline) async throws(ProviderFailure) in
            let name = upstream.configuration.name(of: model)
            return try await upstream.embed(name, texts, deadline: deadline)
        }
    }

    /// Messages, as Anthropic gives them; it has no embeddings.
    package static func anthropic(
        _ configuration: Configuration,
        pace: Pace = .live
    ) -> ModelProvider {
        var configuration = configuration
        configuration.headers = [("anthropic-version", "2023-06-01")]
        if let key = configuration.key { configuration.headers.append(("x-api-key", key.secret)) }
        let upstream = Upstream(configuration: configuration, pace: pace)
        return ModelProvider(upstream) {
            (model, request, _, deadline) async throws(ProviderFailure) in
            let configuration = upstream.configuration
            return try await upstream.chat(
                "/messages",
                try AnthropicRequest.body(configuration.name(of: model), request, configuration),
                dialect: .anthropic,
                deadline: deadline
            )
        } embed: { (_, _, _) async throws(ProviderFailure) in
            throw ProviderFailure(
                .notSent,
                .badRequest,
                message: "The provider has no embeddings."
            )
        }
    }

    private init(_ upstream: Upstream, chat: @escaping Chat, embed: @escaping Embed) {
        let configuration = upstream.configuration
        self.init(
            id: configuration.id,
            place: configuration.address.description,
            key: configuration.key?.label ?? "",
            canStream: configuration.streams,
            chat: chat,
            embed: embed
        )
    }
}
