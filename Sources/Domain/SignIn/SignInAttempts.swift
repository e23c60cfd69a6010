/// Tries to sign in that did not succeed, of one mail address from one network in one minute.
package struct SignInAttempts: Hashable, Sendable {
    package var minute: Instant
    package var network: String
    package var count: Int
    package var lastReason: Reason

    package init(minute: Instant, network: String, count: Int, lastReason: Reason) {
        self.minute = minute
        self.network = network
        self.count = count
        self.lastReason = lastReason
    }

    package var position: PagePosition { PagePosition(["\(minute.microseconds)", network]) }

    /// Why a try did not succeed.
    ///
    /// Support staff see it; whoever tries does not.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case wrongPassword = "wrong_password"
        case unknownAddress = "unknown_address"
        case noPassword = "no_password"
        case disabled
        case unverified
        case locked
        /// Came before the delay was over.
        case delayed
    }
}

/// Tries with one mail address (hashed) from one network in one minute, before their delay was over.
package struct DelayedTries: Hashable, Comparable, Sendable {
    package let minute: Instant
    package let emailHash: [UInt8]
    package let network: AddressPrefix

    /// Of the time only the minute is kept.
    package init(at time: Instant, emailHash: [UInt8], network: AddressPrefix) {
        minute = Instant(seconds: time.seconds - time.seconds % 60)
        self.emailHash = emailHash
        self.network = network
    }

    package static func < (left: DelayedTries, right: DelayedTries) -> Bool {
        guard left.emailHash == right.emailHash else {
            return left.emailHash.lexicographicallyPrecedes(right.emailHash)
        }
        return (left.minute, left.network.description)
            < (right.minute, right.network.description)
    }
}

/// Whose tries: a person's, or those of an address that perhaps nobody has.
package enum SignInSubject: Hashable, Sendable {
    case user(UserID)
    case address(EmailAddress)
}

/// How often a mail of one kind goes to one address.
package enum MailPause {
    package static let length = Duration.seconds(300)

    /// The count after a mail that may be sent; nil when the last one is too recent.
    package static func sending(_ count: SignInCount, at now: Instant) -> SignInCount? {
        guard count.blockedUntil <= now else { return nil }
        return SignInCount(failures: 0, lastAt: now, blockedUntil: now.advanced(by: length))
    }
}

/// The links that open accounts.
package enum LinkKind: String, CaseIterable, Hashable, Sendable {
    case verify
    case reset

    package var life: Duration {
        switch self {
        case .verify: .seconds(24 * 3_600)
        case .reset: .seconds(3_600)
        }
    }
}
