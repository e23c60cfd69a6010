package import Sealing
package import Storage

/// What every use case works with; made once, when the process starts.
package struct Environment: Sendable {
    package let database: Database
    package let passwords: PasswordHasher
    package let tokens: TokenIssuer
    /// Seals what is stored but must not be readable in a copy of the database.
    package let sealer: Sealer
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
        sealer: Sealer
    ) {
        self.database = database
        self.passwords = passwords
        self.tokens = tokens
        self.sealer = sealer
        workspaces = WorkspaceCache()
        activity = SessionActivity()
    }

    private init(_ other: Environment, database: Database) {
        self.database = database
        passwords = other.passwords
        tokens = other.tokens
        sealer = other.sealer
        workspaces = other.workspaces
        activity = other.activity
        keys = KnownKeys()
    }

    /// The same with another way to the tables.
    package func with(_ database: Database) -> Environment {
        Environment(self, database: database)
    }
}
