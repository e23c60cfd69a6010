import Inference
import Operations

extension ModelProviders {
    /// The providers that the settings name, and the one that is always there.
    ///
    /// - Throws: ``SettingProblem`` for a key that cannot be fetched.
    init(_ settings: AISettings, searching environment: Operations.Environment) throws {
        let offline = ModelProvider.offline { context, words in
            try await FindPassages(environment)(context, words: words)
        }
        self.init([offline] + (try settings.providers.map { try $0.provider() }))
    }
}
