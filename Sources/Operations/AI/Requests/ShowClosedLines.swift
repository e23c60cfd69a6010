import Inference

/// How many lines to each provider this process leaves alone now, because of their failures.
package struct ShowClosedLines: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: A number for each provider of the settings, 0 included.
    package func callAsFunction() -> [String: Int] {
        let models = environment.models
        var lines = Dictionary(uniqueKeysWithValues: models.names.map { ($0, 0) })
        for line in models.breakers.closed(at: models.pace.now()) {
            lines[line.provider, default: 0] += 1
        }
        return lines
    }
}
