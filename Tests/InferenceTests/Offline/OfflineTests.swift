import Domain
import FoundationEssentials
import Inference
import Synchronization
import Testing

@Suite struct OfflineTests {
    private static let garden = Passage(
        id: "0b7e",
        name: "Garden plan",
        text: "The committee agreed. In spring the volunteers plant tomatoes and beans."
    )
    private static let kitchen = Passage(id: "1c8f", name: "Kitchen", text: "Soup for all.")

    /// Finds a passage when one of the words is in it.
    private func provider(_ asked: Asked = Asked()) -> ModelProvider {
        .offline { _, words in
            asked.words.withLock { $0.append(words) }
            return [Self.garden, Self.kitchen].filter { passage in
                words.split(separator: " ").allSatisfy { word in
                    (passage.name + passage.text).lowercased().contains(word)
                }
            }
        }
    }

    private final class Asked: Sendable {
        let words = Mutex<[String]>([])
    }

    private func ask(
        _ question: String,
        model: String = ModelProvider.offlineSearch,
        most: Int64 = 1_000,
        _ asked: Asked = Asked()
    ) async -> Outcome {
        let request = ChatRequest(
            messages: [ChatMessage(.user, question)],
            maxOutputTokens: most
        )
        return await provider(asked).ask(request, model: model)
    }

    @Test func `it names what it finds, quotes it, and says that it is offline`() async {
        let outcome = await ask("When do we plant tomatoes?")
        #expect(
            outcome.text == """
                Offline answer, made by search alone: 1 artifact may help.

                1. Garden plan (0b7e)
                   "… agreed. In spring the volunteers plant tomatoes and beans."
                """
        )
        #expect(outcome.events.last == .finished(.stop))
    }

    @Test func `where nothing has all words they are tried one by one`() async {
        let asked = Asked()
        let outcome = await ask("Is there soup with tomatoes?", asked)
        #expect(asked.words.withLock { $0 } == ["soup tomatoes", "soup", "tomatoes"])
        #expect(outcome.text.contains("2 artifacts"))
    }

    @Test func `nothing found is said, and so is a question without words`() async {
        #expect(
            await ask("Where are the keys?").text
                == "Offline answer, made by search alone: nothing was found for keys."
        )
        #expect(await ask("?").text.hasSuffix("ask with some words to search for."))
    }

    @Test func `a draft has a section for each artifact`() async {
        let outcome = await ask("Tomatoes", model: ModelProvider.offlineWriter)
        #expect(
            outcome.text == """
                # Tomatoes

                Offline draft, put together by search alone.

                ## Garden plan

                … In spring the volunteers plant tomatoes and beans.

                Source: 0b7e
                """
        )
    }

    @Test func `it is counted like the others and says the same each time`() async throws {
        let outcome = await ask("When do we plant tomatoes?")
        let output = TokenEstimator.count(outcome.text)
        let input = TokenEstimator.count("When do we plant tomatoes?")
        #expect(outcome.usage == TokenUsage(input: input, output: output))
        #expect(await ask("When do we plant tomatoes?") == outcome)
        let pieces = outcome.events.filter { if case .text = $0 { true } else { false } }
        #expect(pieces.count > 2)
    }

    @Test func `it writes no more than it may`() async throws {
        let outcome = await ask("When do we plant tomatoes?", most: 20)
        #expect(outcome.events.last == .finished(.length))
        #expect(try #require(outcome.usage).output <= 20)
        #expect(!outcome.text.isEmpty)
    }

    @Test func `a model that it does not have is refused`() async {
        let failure = await ask("Hi", model: "offline/oracle").failure
        #expect(failure?.reason == .unknownModel)
        #expect(failure?.stage == .notSent)
    }

    @Test func `a search that fails is a failure that was not billed`() async {
        struct Down: Error {}
        let provider = ModelProvider.offline { _, _ in throw Down() }
        let request = ChatRequest(
            messages: [ChatMessage(.user, "Tomatoes?")],
            maxOutputTokens: 9
        )
        let failure = await provider.ask(request, model: ModelProvider.offlineSearch).failure
        #expect(failure?.reason == .broken)
        #expect(failure?.stage == .notSent)
    }

    @Test func `the search is told for whom it searches`() async {
        let seen = Mutex<ChatContext?>(nil)
        let provider = ModelProvider.offline { context, _ in
            seen.withLock { $0 = context }
            return []
        }
        _ = await provider.ask(
            ChatRequest(messages: [ChatMessage(.user, "keys")], maxOutputTokens: 9),
            model: ModelProvider.offlineSearch
        )
        #expect(seen.withLock { $0 } == ModelProvider.context)
    }

    @Test func `vectors are near where words are shared`() async throws {
        let texts = ["Plant tomatoes in spring", "In spring: plant TOMATOES", "Soup recipes", ""]
        let answer = try await provider().embed(ModelProvider.offlineSearch, texts, .now)
        func likeness(_ a: Int, _ b: Int) -> Float {
            zip(answer.vectors[a], answer.vectors[b]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(answer.vectors.map(\.count) == [256, 256, 256, 256])
        #expect(abs(likeness(0, 1) - 1) < 0.001)
        #expect(likeness(0, 2) < 0.5)
        #expect(answer.vectors[3].allSatisfy { $0 == 0 })
        #expect(answer.usage.input > 0)
    }
}
