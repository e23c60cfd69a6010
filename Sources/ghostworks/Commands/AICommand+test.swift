import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai test`.
    struct Trial: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Ask a model one thing: the answer, what it took and what it cost.",
            discussion: "The answer goes to standard output, the account to standard error. It is "
                + "charged to the tenant like every other call."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Option(help: ArgumentHelp("Which model; the usual one when not given.", valueName: "id"))
        var model: String?
        @Option(help: ArgumentHelp("The most tokens to write.", valueName: "number"))
        var maxTokens: Int64 = 200
        @Argument(help: "What to ask.") var question = "Say hello in one short sentence."

        func run() async throws {
            let order = try ChatOrder(
                model: model.map { .named($0) } ?? .usual,
                messages: [ChatMessage(.user, question)],
                outputCap: maxTokens,
                purpose: "test"
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let clock = ContinuousClock()
                let start = clock.now
                let reply = try await CompleteChat(place.environment)(
                    order,
                    channel: .console,
                    by: .member(place.caller)
                )
                let first = clock.now - start
                for await part in reply {
                    switch part {
                    case .text(let text): StandardStream.output.write(Self.harmless(text))
                    case .toolCall, .waiting: break
                    case .finished(let answer):
                        StandardStream.output.line("")
                        Self.account(answer, first: first, whole: clock.now - start)
                    case .failed(let error, _):
                        StandardStream.output.line("")
                        throw error
                    }
                }
            }
        }

        /// A model's words must not steer a terminal.
        private static func harmless(_ text: String) -> String {
            let scalars = text.unicodeScalars.filter { scalar in
                scalar == "\n" || scalar == "\t" || !(scalar.properties.generalCategory == .control)
            }
            return String(String.UnicodeScalarView(scalars))
        }

        private static func account(_ answer: ChatAnswer, first: Duration, whole: Duration) {
            let use = answer.use
            let count = use.isEstimated ? "about " : ""
            StandardStream.error.line(
                "\(answer.model): \(count)\(use.tokens.read) tokens read, \(use.tokens.written) "
                    + "written, \(Money.readable(nano: use.chargeNano)); first word after "
                    + "\(milliseconds(first)) ms, whole after \(milliseconds(whole)) ms"
            )
        }

        private static func milliseconds(_ time: Duration) -> Int64 {
            Int64(time / .milliseconds(1))
        }
    }
}
