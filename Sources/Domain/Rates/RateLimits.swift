package import FoundationEssentials

/// The limits of a door; nil is none.
package struct RateLimits: Hashable, Sendable {
    /// All requests of one address, before it is known who asks.
    package var address: RateLimit?
    /// Attempts to come in, of one address: sign-in, registration, reset, refresh.
    package var signIn: RateLimit?
    /// All requests of one person.
    package var user: RateLimit?
    /// All requests of one API key that has no limit of its own.
    package var key: RateLimit?
    /// All requests of one tenant.
    package var tenant: RateLimit?
    /// Changes made by one person or one key.
    package var write: RateLimit?

    package init(
        address: RateLimit? = nil,
        signIn: RateLimit? = nil,
        user: RateLimit? = nil,
        key: RateLimit? = nil,
        tenant: RateLimit? = nil,
        write: RateLimit? = nil
    ) {
        self.address = address
        self.signIn = signIn
        self.user = user
        self.key = key
        self.tenant = tenant
        self.write = write
    }

    package static let none = RateLimits()
}

/// What is counted together.
package enum RateBucket: Hashable, Sendable {
    /// The text is an IPv4 address or the /64 of an IPv6 one.
    case address(String)
    case signIn(String)
    case user(UUID)
    case key(UUID)
    case tenant(UUID)
    /// Changes, of a person or a key.
    case write(UUID)
    /// Calls to models, of a person, a key, a visitor or an address.
    case modelCalls(String)
    /// Tokens of such calls.
    case modelTokens(String)

    /// Whether the table that processes share decides each time, so that nothing is told later.
    package var isDecidedTogether: Bool {
        if case .signIn = self { true } else { false }
    }

    /// The name in `RateLimit` headers.
    package var name: String {
        switch self {
        case .address: "address"
        case .signIn: "signin"
        case .user: "user"
        case .key: "key"
        case .tenant: "tenant"
        case .write: "write"
        case .modelCalls: "ai-calls"
        case .modelTokens: "ai-tokens"
        }
    }

    /// What tells it from every other one; for the digest under which processes share it.
    package var identity: String {
        switch self {
        case .address(let text), .signIn(let text), .modelCalls(let text), .modelTokens(let text):
            "\(name):\(text)"
        case .user(let id), .key(let id), .tenant(let id), .write(let id):
            "\(name):\(id.uuidString)"
        }
    }
}

/// A bucket and the limit that it is held against.
package struct RateCheck: Hashable, Sendable {
    package let bucket: RateBucket
    package let limit: RateLimit
    /// How many are taken at once; of the limit's count at most.
    package let amount: Int

    package init?(_ bucket: RateBucket, _ limit: RateLimit?, amount: Int = 1) {
        guard let limit else { return nil }
        self.bucket = bucket
        self.limit = limit
        self.amount = min(max(1, amount), limit.count)
    }
}

/// The strictest of the limits that a request was held against.
package struct RateVerdict: Hashable, Sendable {
    package let check: RateCheck
    package let decision: RateDecision

    package init(check: RateCheck, decision: RateDecision) {
        self.check = check
        self.decision = decision
    }

    /// Orders verdicts: the one that refuses, then the one with the least left.
    package func isStricter(than other: RateVerdict?) -> Bool {
        guard let other else { return true }
        if decision.isAllowed != other.decision.isAllowed { return !decision.isAllowed }
        return decision.remaining < other.decision.remaining
    }
}
