import Domain
import Operations

/// The proof that a form of the console sends along with a grave change: one field for a password
/// and for a code, because only the refusal says which of them would do.
struct FormProof {
    private let typed: String

    init(_ typed: String) {
        self.typed = typed
    }

    /// - Throws: A validation error of the field `password` where the proof is missing.
    func with<Value>(_ work: (FreshProof) async throws -> Value) async throws -> Value {
        let proof =
            typed.isEmpty ? FreshProof.none : FreshProof(password: Array(typed.utf8), code: typed)
        do {
            return try await work(proof)
        } catch let required as FreshProofRequired {
            switch required.need {
            case .password: throw DomainError.invalid("password", "must be your password")
            case .code:
                throw DomainError.invalid("password", "must be a code of your second factor")
            case .signIn: throw required.problem
            }
        }
    }
}
