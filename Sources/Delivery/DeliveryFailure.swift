/// Why a mail could not be handed over, and whether another try can help.
package struct DeliveryFailure: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The other side may take it later.
        case transient
        /// It will never be taken as it is.
        case permanent
    }

    package let kind: Kind
    /// A lower-case phrase without the mail's text, its recipient or any password.
    package let reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
