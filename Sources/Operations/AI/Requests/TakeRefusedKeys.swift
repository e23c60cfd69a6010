import Inference

/// A provider that would not have our key, or whose credit is used up.
package struct RefusedKey: Hashable, Sendable {
    package let provider: String
    /// The model that was asked for; the key is left alone with all of them.
    package let model: String
    /// 401, or 402 where the credit is used up.
    package let status: Int?
}

/// Says which keys of this process were refused since it was asked last, once for each time that a
/// key is left alone: nobody but an operator can do anything about it.
package struct TakeRefusedKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() -> [RefusedKey] {
        environment.models.breakers.takeRefusals().map { refusal in
            RefusedKey(provider: refusal.provider, model: refusal.model, status: refusal.status)
        }
    }
}
