/// Why an operator wants to enter a tenant, how, and for how long; checked.
package struct SupportRequest: Hashable, Sendable {
    package let reason: String
    package let ticket: String?
    package let mode: AccessMode
    package let minutes: Int
    /// The owner's consent token; nil rests a writing session on the standing consent.
    package let consentToken: String?

    package static let longestMinutes = 60

    /// - Throws: `reason_required` for a blank reason, a validation error for other fields.
    package init(
        reason: String,
        ticket: String?,
        mode: AccessMode,
        minutes: Int,
        consentToken: String? = nil
    )
        throws(DomainError)
    {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw DomainError(
                .invalid([FieldProblem("reason", "must be given")]),
                .reasonRequired,
                "A reason is required to enter a tenant."
            )
        }
        self.reason = try Validation.text(reason, field: "reason", length: 3...500)
        if let ticket {
            self.ticket = try Validation.text(ticket, field: "ticket", length: 1...100)
        } else {
            self.ticket = nil
        }
        guard (1...Self.longestMinutes).contains(minutes) else {
            throw .invalid("minutes", "must be 1 to 60; got \(minutes)")
        }
        self.mode = mode
        self.minutes = minutes
        self.consentToken = consentToken
    }
}

extension SupportSession {
    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(startedAt.microseconds), id.description])
    }
}
