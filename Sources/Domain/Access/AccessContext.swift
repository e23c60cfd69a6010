/// What a database statement may see: the value that is signed and sent before it.
package struct AccessContext: Hashable, Sendable {
    package var kind: Kind
    package var tenant: TenantID?
    package var user: UserID?
    package var supportSession: SupportSessionID?
    package var mode: AccessMode
    /// Whether an API key acts for `user`.
    package var isKey = false

    package enum Kind: Hashable, Sendable {
        /// One tenant and the acting user.
        case tenant
        /// An operator; with a tenant only for its lifecycle.
        case platform
        /// The process itself, for a named reason.
        case system(SystemReason)
    }

    package init(
        kind: Kind,
        tenant: TenantID? = nil,
        user: UserID? = nil,
        supportSession: SupportSessionID? = nil,
        mode: AccessMode
    ) {
        self.kind = kind
        self.tenant = tenant
        self.user = user
        self.supportSession = supportSession
        self.mode = mode
    }
}

/// Why the process acts by itself.
package enum SystemReason: String, CaseIterable, Hashable, Sendable {
    case signIn = "signin"
    case apiKey = "apikey"
    case worker
    case migration
    case setup
    case demo
    /// A token that was sent by mail stands for its holder.
    case invitation
    case privacy
    /// A person makes, closes or opens a workspace of their own.
    case selfService = "selfservice"
    /// A call to a model that is on its way.
    case aiGateway = "aigateway"
}
