import Foundation
import Glibc
import Postgres
import Support

extension Storyteller {
    /// What befalls the platform: `sql`, `true`, `until`, `lock`, `unlock`, `wire`, `cut`, `silence`, `heal`,
    /// `lose`, `server`.
    func meddle(_ step: Story.Step) async throws -> Bool {
        let text = filled(([step.words] + step.block).joined(separator: "\n"))
        switch step.verb {
        case "sql": try await administrator { try await $0.execute(script: text) }
        case "true":
            let rows = try await administrator { try await $0.query("SELECT (\(unsafe: text))") }
            guard try rows.first?.decode(at: 0, as: Bool?.self) == true else {
                throw Failure(description: "is not so")
            }
        case "until":
            try await administrator { connection in
                let end = ContinuousClock.now + Self.patience
                while try await connection.query("SELECT (\(unsafe: text))")
                    .first?.decode(at: 0, as: Bool?.self) != true
                {
                    guard ContinuousClock.now < end else {
                        throw Failure(description: "has not come to be so")
                    }
                }
            }
        case "lock":
            let connection = try await PostgresConnection.connect(try settings())
            locks.append(connection)
            try await connection.execute(script: "BEGIN; " + text)
        case "unlock":
            for lock in locks { await lock.close() }
            locks = []
        case "server": try stopServer(step.words)
        default: return try connect(step)
        }
        return true
    }

    /// `wire` puts a proxy between the next console and the server; the others are its faults.
    private func connect(_ step: Story.Step) throws -> Bool {
        var fault = FaultProxy.Fault()
        switch step.verb {
        case "wire":
            let proxy = try FaultProxy(to: try settings())
            wire = proxy
            let file = platform.folder + "/data/database-passwords"
            let passwords = try String(contentsOfFile: file, encoding: .utf8)
            for line in passwords.split(separator: "\n") {
                let parts = line.split(separator: " ")
                let name =
                    parts[0] == "ghostworks_app"
                    ? "GHOSTWORKS_DATABASE_URL" : "GHOSTWORKS_DATABASE_READER_URL"
                variables[name] =
                    "postgres://\(parts[0]):\(parts[1])@127.0.0.1:\(proxy.port)/ghostworks"
                    + "?sslmode=disable"
            }
        case "cut":
            fault.cutAfterBytes = 0
            wire?.set(fault)
            wire?.reset()
        case "lose":
            fault.cutAtReadyForQuery = 1
            wire?.set(fault)
        case "silence":
            fault.isBlackHole = true
            wire?.set(fault)
        case "heal": wire?.heal()
        default: return false
        }
        return true
    }

    private func stopServer(_ how: String) throws {
        switch how {
        case "kill": try platform.killServer()
        default:
            let ending = try platform.run("database", how)
            guard ending.status == 0 else { throw Failure(description: ending.errors) }
        }
    }

    private func settings() throws -> ConnectionSettings {
        let url = try platform.run("database", "url").output
        return try ConnectionSettings(url: String(url.dropLast()))
    }

    private func administrator<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await PostgresConnection.with(try settings(), body)
    }
}
