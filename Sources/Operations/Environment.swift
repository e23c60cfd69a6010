package import OpenID
package import Sealing
package import Storage

/// What every use case works with; made once, when the process starts.
package struct Environment: Sendable {
    package let database: Database
    package let passwords: PasswordHasher
    package let tokens: TokenIssuer
    /// Seals what is stored but must not be readable in a copy of the database.
    package let sealer: Sealer
    /// Issuers elsewhere that people may sign in by.
    package let issuers: Issuers
    /// What sign-in demands besides a password.
    package let policy: SignInPolicy
    /// Slugs that were resolved before.
    let workspaces: WorkspaceCache

    package init(
        database: Database,
        passwords: PasswordHasher,
        tokens: TokenIssuer,
        sealer: Sealer,
        issuers: Issuers = .none,
        policy: SignInPolicy = SignInPolicy()
    ) {
        self.database = database
        self.passwords = passwords
        self.tokens = tokens
        self.sealer = sealer
        self.issuers = issuers
        self.policy = policy
        workspaces = WorkspaceCache()
    }

    /// The same with another way to the tables.
    package func with(_ database: Database) -> Environment {
        Environment(
            database: database,
            passwords: passwords,
            tokens: tokens,
            sealer: sealer,
            issuers: issuers,
            policy: policy
        )
    }
}
