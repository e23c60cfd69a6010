import Domain

extension ModelProvider {
    /// Searches the tenant's artifacts for words, with the rights of the context's caller.
    package typealias Search =
        @Sendable (_ context: ChatContext, _ words: String) async throws -> [Passage]

    /// The model that answers questions, and makes vectors of the words of texts.
    package static let offlineSearch = "offline/search"
    /// The model that puts drafts together.
    package static let offlineWriter = "offline/writer"

    /// Answers without any account: it searches, names what it finds, and says that it is offline.
    package static func offline(search: @escaping Search) -> ModelProvider {
        ModelProvider(id: "offline", place: "built in", key: "", canStream: true) {
            (model, request, context, _) async throws(ProviderFailure) in
            let compose = try composer(of: model)
            let question = request.messages.last { $0.role == .user }?.content ?? ""
            let passages = try await find(question, context, search)
            return ChatStream(answer(compose(question, passages), to: request))
        } embed: { (model, texts, _) async throws(ProviderFailure) in
            guard model == offlineSearch else { throw unknown(model) }
            return Embeddings(
                vectors: texts.map { OfflineVector.of($0) },
                usage: TokenUsage(input: texts.reduce(0) { $0 + TokenEstimator.count($1) }),
                isEstimated: false
            )
        }
    }

    private static func composer(
        of model: String
    ) throws(ProviderFailure) -> (String, [Passage]) -> String {
        switch model {
        case offlineSearch: OfflineAnswer.search
        case offlineWriter: OfflineAnswer.draft
        default: throw unknown(model)
        }
    }

    private static func unknown(_ model: String) -> ProviderFailure {
        ProviderFailure(
            .notSent,
            .unknownModel,
            message: "The offline provider has no model \(model.prefix(50)) for this."
        )
    }

    /// All words at once; where nothing has all of them, the first words one by one.
    private static func find(
        _ question: String,
        _ context: ChatContext,
        _ search: Search
    ) async throws(ProviderFailure) -> [Passage] {
        let words = OfflineWords.keywords(of: question)
        guard !words.isEmpty else { return [] }
        do {
            var found = try await search(context, words.joined(separator: " "))
            if found.isEmpty, words.count > 1 {
                for word in words.prefix(4) { found += try await search(context, word) }
            }
            var seen: Set<String> = []
            return Array(found.filter { seen.insert($0.id).inserted }.prefix(5))
        } catch {
            throw ProviderFailure(
                .notSent,
                error is CancellationError ? .cancelled : .broken,
                message: "The search of the offline provider failed."
            )
        }
    }

    /// The text in pieces of a few words, cut where the request wants no more.
    private static func answer(_ text: String, to request: ChatRequest) -> [ChatEvent] {
        var events: [ChatEvent] = [.started(providerRequest: nil)]
        var counter = TokenCounter()
        var finish = ChatEvent.FinishReason.stop
        for piece in pieces(text) {
            var next = counter
            next.add(piece)
            guard next.tokens <= request.maxOutputTokens else {
                finish = .length
                break
            }
            counter = next
            events.append(.text(piece))
        }
        var input: Int64 = 0
        for message in request.messages { input += TokenEstimator.count(message.content) }
        events.append(.usage(TokenUsage(input: input, output: counter.tokens)))
        events.append(.finished(finish))
        return events
    }

    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in text {
            piece.append(character)
            if character.isWhitespace, piece.utf8.count >= 24 {
                pieces.append(piece)
                piece = ""
            }
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}
