/// Who answers for models: its id is that of the provider in the settings.
package struct AIProvider: Hashable, Sendable {
    package let id: String
    package let name: String
    package let kind: Kind
    package let status: CatalogueStatus

    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case openai
        case anthropic
        case offline
    }

    package init(id: String, name: String, kind: Kind, status: CatalogueStatus) {
        self.id = id
        self.name = name
        self.kind = kind
        self.status = status
    }
}

/// Whether calls may name what the catalogue lists.
package enum CatalogueStatus: String, CaseIterable, Hashable, Sendable {
    case active
    case disabled
}

/// A model of the catalogue with the price that holds now.
package struct AIModel: Hashable, Sendable {
    package let id: String
    package let provider: String
    package let name: String
    package let contextTokens: Int64
    package let maxOutputTokens: Int64
    package let status: CatalogueStatus
    /// Nil for a model without a price, which no call under a cost budget may use.
    package let price: ModelPrice?
    /// Tokens that its provider was seen to bill beyond the most that a call may write, and that
    /// holds have more therefore; nil while nothing of the kind was seen.
    package let overhead: Int64?

    package init(
        id: String,
        provider: String,
        name: String,
        contextTokens: Int64,
        maxOutputTokens: Int64,
        status: CatalogueStatus,
        price: ModelPrice?,
        overhead: Int64? = nil
    ) {
        self.id = id
        self.provider = provider
        self.name = name
        self.contextTokens = contextTokens
        self.maxOutputTokens = maxOutputTokens
        self.status = status
        self.price = price
        self.overhead = overhead
    }
}

/// A model that shall be listed; checked.
package struct NewModel: Hashable, Sendable {
    package let id: String
    package let provider: String
    package let name: String
    package let contextTokens: Int64
    package let maxOutputTokens: Int64

    /// No model reads more at once.
    package static let largestContext: Int64 = 100_000_000

    /// Checks every field and names all that are wrong at once.
    package init(
        id: String,
        provider: String,
        name: String?,
        contextTokens: Int64,
        maxOutputTokens: Int64
    ) throws(DomainError) {
        var problems = FieldProblems()
        let checkedID = problems.collect { () throws(DomainError) in
            try CatalogueName.check(id, field: "id", more: "./:-_")
        }
        let checkedProvider = problems.collect { () throws(DomainError) in
            try CatalogueName.check(provider, field: "provider", more: "-_")
        }
        let checkedName = problems.collect { () throws(DomainError) in
            try Validation.text(name ?? id, field: "name", length: 1...100)
        }
        _ = problems.collect { () throws(DomainError) in
            guard (1...Self.largestContext).contains(contextTokens) else {
                throw .invalid("context_tokens", "must be 1 to \(Self.largestContext)")
            }
        }
        _ = problems.collect { () throws(DomainError) in
            guard maxOutputTokens >= 1, maxOutputTokens <= contextTokens else {
                throw .invalid("max_output_tokens", "must be at least 1 and at most context_tokens")
            }
        }
        guard let checkedID, let checkedProvider, let checkedName, problems.list.isEmpty else {
            throw .invalid(problems.list)
        }
        self.id = checkedID
        self.provider = checkedProvider
        self.name = checkedName
        self.contextTokens = contextTokens
        self.maxOutputTokens = maxOutputTokens
    }
}

/// Names that machines use: lower-case letters, digits and a few marks.
package enum CatalogueName {
    /// - Throws: A validation error that names `field`.
    package static func check(
        _ text: String,
        field: String,
        more marks: String,
        length: ClosedRange<Int> = 1...100
    ) throws(DomainError) -> String {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789" + marks)
        guard length.contains(text.count), text.allSatisfy(allowed.contains),
            text.first?.isLetter == true || text.first?.isNumber == true
        else {
            throw .invalid(
                field,
                "must have \(length.lowerBound) to \(length.upperBound) lower-case letters, digits and \(marks), and begin with a letter or digit"
            )
        }
        return text
    }
}

/// One version of a price with who made and who approved it.
package struct PriceVersion: Hashable, Sendable {
    package let price: ModelPrice
    /// Nil for what a migration wrote.
    package let createdBy: UserID?
    package let approvedBy: UserID?

    package init(price: ModelPrice, createdBy: UserID?, approvedBy: UserID?) {
        self.price = price
        self.createdBy = createdBy
        self.approvedBy = approvedBy
    }
}

/// A price that waits, or waited, for a second operator.
package struct PriceProposal: Hashable, Sendable {
    package let id: PriceProposalID
    package let model: String
    /// Nil for the moment of the approval.
    package let effectiveFrom: Instant?
    package let amounts: PriceAmounts
    package let status: Status
    package let proposedBy: UserID
    package let proposedAt: Instant
    package let decidedBy: UserID?
    package let decidedAt: Instant?

    package enum Status: String, CaseIterable, Hashable, Sendable {
        case pending
        case approved
        case rejected
    }

    package init(
        id: PriceProposalID,
        model: String,
        effectiveFrom: Instant?,
        amounts: PriceAmounts,
        status: Status,
        proposedBy: UserID,
        proposedAt: Instant,
        decidedBy: UserID?,
        decidedAt: Instant?
    ) {
        self.id = id
        self.model = model
        self.effectiveFrom = effectiveFrom
        self.amounts = amounts
        self.status = status
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }
}

package typealias PriceProposalID = Identifier<PriceProposal>
