public import FoundationEssentials

/// What a signed context says about the one who acts.
public struct ContextClaims: Sendable, Hashable {
    /// On whose behalf the context was made.
    public enum Kind: Sendable, Hashable {
        /// A user inside one tenant; a context of this kind always names the tenant.
        case tenant

        /// An operator of the platform.
        case platform

        /// The system itself, for a named reason.
        case system(reason: ContextReason)
    }

    /// What the context may do to rows.
    public enum Mode: String, Sendable, Hashable {
        /// Read only.
        case readOnly = "ro"

        /// Read and write.
        case readWrite = "rw"
        /// An API key acts for its maker; its scopes say what it may change.
        case key
    }

    /// On whose behalf the context was made.
    public var kind: Kind

    /// The tenant whose rows may be touched.
    public var tenant: UUID?

    /// The acting user.
    public var user: UUID?

    /// The support session through which an operator is inside the tenant.
    public var supportSession: UUID?

    /// What the context may do to rows.
    public var mode: Mode

    /// Puts the claims together; nothing is checked or signed here.
    public init(
        kind: Kind,
        tenant: UUID? = nil,
        user: UUID? = nil,
        supportSession: UUID? = nil,
        mode: Mode
    ) {
        self.kind = kind
        self.tenant = tenant
        self.user = user
        self.supportSession = supportSession
        self.mode = mode
    }
}
