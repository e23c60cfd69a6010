import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai models`.
    struct Models: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "models",
            abstract: "List the models that calls may name, with their prices of now."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Flag(help: "For operators: all of the platform's, the disabled ones too.") var all = false

        func run() async throws {
            guard all else {
                return try await inTenant()
            }
            try await UserWork(global: global).run { session, settings in
                let models = try await ListModels(session.environment)(by: session.caller)
                Listing(
                    columns: AICommand.modelColumns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(models)
            }
        }

        private func inTenant() async throws {
            do {
                try await TenantWork(global: global, tenant: tenant).read { place in
                    let models = try await ListModels(place.environment)(by: place.caller)
                    place.listing(AICommand.modelColumns, output.format).write(models)
                }
            } catch let message as ExitMessage where message == .whichTenant {
                throw ExitMessage(
                    message.sentence,
                    hint: "Say --tenant SLUG, or --all for all models of the platform.",
                    code: message.code
                )
            }
        }
    }

    /// `ai reset-overhead`.
    struct ForgetOverhead: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-overhead",
            abstract: "Forget what a provider was seen to bill beyond what calls may write.",
            discussion: "Calls to the model hold so many tokens more (overhead_tokens in ai "
                + "models). The first call that is billed more teaches it again."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The model's id.") var id: String
        @Flag(help: "Do not ask.") var yes = false

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                if !yes { try await ask(session) }
                let reset = ResetOverhead(session.environment)
                let model = try await ModelNames(session: session).naming(id) {
                    try await reset(id, by: session.caller)
                }
                Listing(
                    columns: AICommand.modelColumns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: model)
            }
        }

        /// Says what is forgotten; of nothing there is nothing to ask.
        private func ask(_ session: ShellSession) async throws {
            let models = try await ListModels(session.environment)(by: session.caller)
            guard let overhead = models.first(where: { $0.id == id })?.overhead else { return }
            try Question.requireYes(
                "Calls to \(id) will hold \(Cell.grouped(overhead)) tokens less, until one is "
                    + "billed more than it may write."
            )
        }
    }

    /// `ai add-provider`.
    struct AddProvider: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add-provider",
            abstract: "List a provider of models; address and key are settings under the same id.",
            discussion: "What speaks as OpenAI does, such as vLLM or Ollama, is compatible."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its name in the settings.") var id: String
        @Option(help: "How it is spoken to.")
        var kind: SpokenKind
        @Option(help: ArgumentHelp("What people call it.", valueName: "name")) var name: String?

        func run() async throws {
            try await UserWork(global: global).run { session, _ in
                let provider = try await Operations.AddProvider(session.environment)(
                    id: id,
                    name: name,
                    kind: kind.listed,
                    by: session.caller
                )
                StandardStream.output.line("Provider \(provider.id) is listed.")
            }
        }

        /// The kinds of the catalogue, and the word that the settings have for those who follow one.
        enum SpokenKind: String, CaseIterable, ExpressibleByArgument {
            case openai, compatible, anthropic, offline

            /// How the catalogue lists it.
            var listed: AIProvider.Kind {
                switch self {
                case .openai, .compatible: .openai
                case .anthropic: .anthropic
                case .offline: .offline
                }
            }
        }
    }

    /// `ai add-model`.
    struct AddModel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add-model",
            abstract: "List a model; it needs a price where budgets limit cost."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "What calls name, such as provider/model.") var id: String
        @Option(help: ArgumentHelp("The id of a provider.", valueName: "id")) var provider: String
        @Option(help: ArgumentHelp("What people call it.", valueName: "name")) var name: String?
        @Option(help: ArgumentHelp("Most tokens it reads and writes.", valueName: "tokens"))
        var context: Int64
        @Option(help: ArgumentHelp("Most tokens it writes.", valueName: "tokens"))
        var maxOutput: Int64

        func run() async throws {
            let new = try NewModel(
                id: id,
                provider: provider,
                name: name,
                contextTokens: context,
                maxOutputTokens: maxOutput
            )
            try await UserWork(global: global).run { session, settings in
                let add = Operations.AddModel(session.environment)
                let model = try await add(new, by: session.caller)
                Listing(
                    columns: AICommand.modelColumns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: model)
            }
        }
    }

    /// `ai set-model`.
    struct SetModel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-model",
            abstract: "Let calls name a model (active), or keep them from it (disabled)."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The model's id.") var id: String
        @Argument(help: "active or disabled.") var status: CatalogueStatus

        func run() async throws {
            try await UserWork(global: global).run { session, settings in
                let set = SetModelStatus(session.environment)
                let model = try await ModelNames(session: session).naming(id) {
                    try await set(id, status, by: session.caller)
                }
                Listing(
                    columns: AICommand.modelColumns,
                    format: output.format,
                    zone: settings.view.timeZone
                ).write(one: model)
            }
        }
    }
}
