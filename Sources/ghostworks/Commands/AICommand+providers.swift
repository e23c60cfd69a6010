import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai set-provider`.
    struct SetProvider: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-provider",
            abstract: "Let calls go to a provider's models (active), or to none of them (disabled)."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The provider's id.") var id: String
        @Argument(help: "active or disabled.") var status: CatalogueStatus

        func run() async throws {
            try await UserWork(global: global).run { session, _ in
                let provider = try await SetProviderStatus(session.environment)(
                    id,
                    status,
                    by: session.caller
                )
                StandardStream.output.line(
                    "Provider \(provider.id) is \(provider.status.rawValue)."
                )
            }
        }
    }
}
