import Cluster
import Foundation
import Postgres
import Sealing

/// Looks at everything that the product needs, in an order where causes come before effects.
struct Examination {
    let settings: Settings

    /// Examines all of it; never throws, because a failure is a finding.
    func findings() async -> [Finding] {
        let environment = ProcessInfo.processInfo.environment
        var findings = TerminalExamination(environment: environment).findings()
        findings.append(TongueExamination(settings.view, environment).finding)
        findings.append(ZoneExamination(settings, environment).finding)
        let target = DatabaseTarget(settings)
        let server = await embedded(target)
        if let server { findings.append(server) }
        let (keys, keyFinding) = examineKeys(target)
        findings.append(keyFinding)
        findings.append(ModelExamination(settings: settings.ai).finding)
        if server?.state == .failed {
            return findings + [.skipped("database", because: "the server does not run")]
        }
        return findings + (await database(target, keys))
    }

    /// Starts the embedded server unless there is none to start; nil when another database is used.
    private func embedded(_ target: DatabaseTarget) async -> Finding? {
        guard let cluster = target.cluster else { return nil }
        do {
            if try await cluster.status() == .absent {
                return .failed(
                    "embedded server",
                    "There is no database in \(cluster.layout.root) yet.",
                    fix: "ghostworks migrate up, or ghostworks demo"
                )
            }
            try await cluster.start()
            return .ok("embedded server", cluster.layout.data)
        } catch {
            return .failed(
                "embedded server",
                ExitMessage(error).sentence,
                fix: "Or use another database: GHOSTWORKS_DATABASE_URL=postgres://…"
            )
        }
    }

    private func examineKeys(_ target: DatabaseTarget) -> (Keys?, Finding) {
        do {
            let keys = try Keys(settings.keys)
            let kid = keys.signing.current.kid
            return (keys, .ok("keys", "signing \(kid), context, pepper, sealing"))
        } catch {
            let message = ExitMessage(error)
            return (
                nil, .failed("keys", message.sentence, fix: message.hint ?? "See the settings.")
            )
        }
    }

    private func database(_ target: DatabaseTarget, _ keys: Keys?) async -> [Finding] {
        do {
            let writer = try target.writer()
            let reader = try target.reader()
            return try await PostgresConnection.with(writer) { connection in
                let found = Finding.ok("database", writer.safeDescription)
                let readers = await self.reader(reader)
                return [found, readers]
                    + (try await DatabaseExamination(connection: connection, keys: keys).findings())
            }
        } catch {
            let message = ExitMessage(error)
            let isNew = if case ClusterError.passwordMissing = error { true } else { false }
            return [
                .failed(
                    "database",
                    message.sentence,
                    fix: isNew
                        ? "ghostworks migrate up"
                        : "Is the server running, and is database.url right?"
                )
            ]
        }
    }

    /// The reading role must not be able to write, whatever a statement says.
    private func reader(_ settings: ConnectionSettings) async -> Finding {
        do {
            let isReadOnly = try await PostgresConnection.with(settings) { connection in
                try await connection.query(
                    "SELECT current_setting('default_transaction_read_only') AS mode"
                ).first?.decode("mode", as: String.self) == "on"
            }
            guard isReadOnly else {
                return .failed(
                    "reader",
                    "\(settings.safeDescription) may write",
                    fix: "Connect as ghostworks_reader (setting database.reader_url)."
                )
            }
            return .ok("reader", settings.safeDescription)
        } catch {
            return .failed(
                "reader",
                ExitMessage(error).sentence,
                fix: "ghostworks migrate up, or set database.reader_url"
            )
        }
    }
}
