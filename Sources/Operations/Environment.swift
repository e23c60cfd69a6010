package import FoundationEssentials
package import Inference
package import OpenID
package import Sealing
package import Storage

/// What every use case works with; made once, when the process starts, and shared.
package final class Environment: Sendable {
    package let database: Database
    package let passwords: PasswordHasher
    package let tokens: TokenIssuer
    /// Seals what is stored but must not be readable in a copy of the database.
    package let sealer: Sealer
    /// Issuers elsewhere that people may sign in by.
    package let issuers: Issuers
    /// What sign-in demands besides a password.
    package let policy: SignInPolicy
    /// Models that may be asked.
    package let models: ModelProviders
    /// How much may be asked of them, and who asks now.
    package let desk: ChatDesk
    /// Names this process among those that make calls to models.
    package let node: UUID
    /// The calls to models that this process has to end.
    package let calls: CallsInHand
    /// Where tries to sign in wait.
    let door: SignInDoor
    /// Who need not wait there, because the answer is known.
    let front: SignInFront
    /// Slugs that were resolved before.
    let workspaces: WorkspaceCache
    /// Sessions that were used and not yet written down.
    let activity: SessionActivity
    /// API keys that were presented before.
    let keys: KnownKeys

    package init(
        database: Database,
        passwords: PasswordHasher,
        tokens: TokenIssuer,
        sealer: Sealer,
        issuers: Issuers = .none,
        policy: SignInPolicy = SignInPolicy(),
        models: ModelProviders = .offline,
        desk: ChatDesk = ChatDesk(),
        node: UUID = UUID(),
        front: SignInFront = SignInFront()
    ) {
        self.database = database
        self.passwords = passwords
        self.tokens = tokens
        self.sealer = sealer
        self.issuers = issuers
        self.policy = policy
        self.models = models
        self.desk = desk
        self.node = node
        self.front = front
        calls = CallsInHand()
        door = SignInDoor()
        workspaces = WorkspaceCache()
        activity = SessionActivity()
        keys = KnownKeys()
    }

    private init(
        _ other: Environment,
        database: Database? = nil,
        models: ModelProviders? = nil,
        desk: ChatDesk? = nil
    ) {
        self.database = database ?? other.database
        self.models = models ?? other.models
        self.desk = desk ?? other.desk
        passwords = other.passwords
        tokens = other.tokens
        sealer = other.sealer
        issuers = other.issuers
        policy = other.policy
        node = other.node
        calls = other.calls
        door = other.door
        front = other.front
        workspaces = other.workspaces
        activity = other.activity
        keys = other.keys
    }

    /// The same with another way to the tables.
    package func with(_ database: Database) -> Environment {
        Environment(self, database: database)
    }

    /// The same with other models.
    package func with(_ models: ModelProviders) -> Environment {
        Environment(self, models: models)
    }

    /// The same with other limits for models.
    package func with(_ desk: ChatDesk) -> Environment {
        Environment(self, desk: desk)
    }
}
