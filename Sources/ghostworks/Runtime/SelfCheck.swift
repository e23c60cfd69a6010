import Migrations
import Postgres
import Schema
import Sealing

/// What must be true of a database before anything is done with it.
struct SelfCheck: Sendable {
    /// How much is looked at.
    enum Depth: Sendable {
        /// For one command: schema and context key.
        case command
        /// For a process that stays: the walls as well.
        case process
        /// For a process that answers strangers too, who may wait for those who are signed in.
        case server
    }

    let connection: PostgresConnection
    let signer: ContextSigner

    /// Refuses a database of another schema, with another context key, or with a gap in a wall.
    func run(_ depth: Depth) async throws {
        try await Migrator.requireCurrent(on: connection, newest: Self.newest)
        guard try await knowsContextKey() else { throw Self.unknownKey(signer.kid) }
        guard depth != .command else { return }
        let problems = try await wallProblems()
        guard problems.isEmpty else { throw Self.refusal(problems) }
    }

    /// The schema of this program.
    static var newest: Int { Migrations.newest }

    /// Whether the database accepts what this installation signs.
    func knowsContextKey() async throws -> Bool {
        let context = signer.sign(
            ContextClaims(kind: .system(reason: "setup"), mode: .readOnly),
            expiresAt: Int64(SystemTime.seconds) + 60
        )
        let statements: [SQL] = [
            "SELECT set_config('app.context', \(context), true)",
            "SELECT app.is_system() AS known",
        ]
        do {
            let rows = try await connection.batch(statements)
            return try rows[1].first?.decode("known") ?? false
        } catch {
            if error.sqlState == .insufficientPrivilege { return false }
            throw error
        }
    }

    /// Every gap in the walls, as a sentence.
    func wallProblems() async throws -> [String] {
        try await connection.query("SELECT object, problem FROM app.wall_problems()").map { row in
            let object = try row.decode("object", as: String.self)
            return "\(object) \(try row.decode("problem", as: String.self))."
        }
    }

    private static func unknownKey(_ kid: String) -> ExitMessage {
        ExitMessage(
            "The database does not accept the context key \(kid) of this installation.",
            hint: "Use the keys that the database was set up with (setting keys.context), or run "
                + "`ghostworks migrate up` as the administrator to add this one. When the key is "
                + "right, compare the clocks: `ghostworks doctor`."
        )
    }

    private static func refusal(_ problems: [String]) -> ExitMessage {
        let first = problems.prefix(3).joined(separator: " ")
        let more = problems.count > 3 ? " And \(problems.count - 3) more." : ""
        return ExitMessage(
            "The walls between tenants have gaps: \(first)\(more)",
            hint: "See `ghostworks doctor`."
        )
    }
}
