import Domain

extension Upstream {
    /// Asks for vectors of texts, as OpenAI and those that follow it give them.
    func embed(
        _ model: String,
        _ texts: [String],
        deadline: ContinuousClock.Instant
    ) async throws(ProviderFailure) -> Embeddings {
        let watch = Watch(patience: configuration.patience, deadline: deadline, pace: pace)
        let body = JSONValue.object([
            "model": .string(model),
            "input": .array(texts.map { .string($0) }),
            "encoding_format": .string("float"),
        ])
        let exchange = Exchange(
            request: request("/embeddings", body, isStreamed: false, watch: watch),
            pace: pace,
            watch: watch
        )
        return try await exchange.run { response in
            let body = try await Exchange.body(of: response)
            return try EmbeddingAnswer.read(body, texts: texts)
        }
    }
}

/// Reads an answer that holds vectors.
enum EmbeddingAnswer {
    static func read(_ body: [UInt8], texts: [String]) throws(AnswerFault) -> Embeddings {
        let answer = try JSONValue.answer(body)
        if let error = answer["error"], error != .null { throw AnswerFault(error: error) }
        var vectors = [[Float]?](repeating: nil, count: texts.count)
        for (place, item) in (answer["data"]?.items ?? []).enumerated() {
            let index = item["index"]?.tokens.map { Int($0) } ?? place
            guard vectors.indices.contains(index), vectors[index] == nil,
                let vector = vector(item["embedding"])
            else { throw misfit }
            vectors[index] = vector
        }
        let found = vectors.compactMap { $0 }
        guard found.count == texts.count, Set(found.map(\.count)).count <= 1 else { throw misfit }
        let counted = OpenAIAnswer.usage(answer["usage"])
        return Embeddings(
            vectors: found,
            usage: counted ?? TokenUsage(input: TokenEstimator.estimate(texts)),
            isEstimated: counted == nil
        )
    }

    private static let misfit = AnswerFault(
        .broken,
        "The provider's vectors do not fit the texts."
    )

    private static func vector(_ value: JSONValue?) -> [Float]? {
        guard case .array(let items)? = value, !items.isEmpty else { return nil }
        let numbers = items.compactMap { item -> Float? in
            switch item {
            case .integer(let value): Float(value)
            case .number(let value): Float(value)
            default: nil
            }
        }
        return numbers.count == items.count && numbers.allSatisfy(\.isFinite) ? numbers : nil
    }
}
