import Domain
import Operations

extension FreshProof {
    /// The members by which a body brings a proof along; which of them is needed, the refusal says.
    static let fields: [BodyField] = [
        .optional("password", .secret, "Your password, once more; where no second factor is on."),
        .optional("code", .text, "A code of your second factor, or a recovery code."),
    ]

    /// What a missing or wrong proof is answered with.
    static let refusals: [DomainError.Code] = [
        .reauthenticationRequired, .mfaInvalid, .rateLimited, .tooManyRequests, .validationError,
    ]
}

extension Exchange {
    /// The proof that came along.
    var freshProof: FreshProof {
        FreshProof(
            password: body.text("password").map { Array($0.utf8) },
            code: body.text("code")
        )
    }
}
