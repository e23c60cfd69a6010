import Operations

/// Asks at the shell for the proof that a grave change takes, and makes the change with it.
struct ProofQuestion {
    let password: PasswordOptions

    /// Tries without a proof first: only what is refused then says which proof would do.
    func with<Value>(_ work: (FreshProof) async throws -> Value) async throws -> Value {
        do {
            return try await work(.none)
        } catch let required as FreshProofRequired {
            return try await work(try answer(required))
        }
    }

    private func answer(_ required: FreshProofRequired) throws -> FreshProof {
        switch required.need {
        case .password:
            FreshProof(password: try password.source.read(prompt: "Password", confirm: false))
        case .code: FreshProof(code: try SecondFactorQuestion.ask())
        case .signIn: throw required.problem
        }
    }
}
