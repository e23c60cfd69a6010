package import Sealing
package import Storage

/// What every use case works with; made once, when the process starts.
package struct Environment: Sendable {
    package let database: Database
    package let passwords: PasswordHasher
    package let tokens: TokenIssuer
    /// Slugs that were resolved before.
    let workspaces: WorkspaceCache

    package init(database: Database, passwords: PasswordHasher, tokens: TokenIssuer) {
        self.database = database
        self.passwords = passwords
        self.tokens = tokens
        workspaces = WorkspaceCache()
    }
}
