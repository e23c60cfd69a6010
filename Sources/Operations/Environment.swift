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
        keys = KnownKeys()
    }

    /// The same with another way to the tables.
    package func with(_ database: Database) -> Environment {
        Environment(database: database, passwords: passwords, tokens: tokens, sealer: sealer)
    }
}
