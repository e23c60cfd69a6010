import ArgumentParser
import Cluster
import Domain
import Operations
import Postgres
import Storage

/// `ghostworks demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Load a believable platform into the embedded database and open the console.",
        discussion: "A second run changes nothing. Without a terminal, or with "
            + "--no-console, it ends after loading."
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("How many times the usual amount.", valueName: "number"))
    var scale = 1
    @Flag(help: "Delete the whole database first, and start over.") var reset = false
    @Flag(help: "Do not ask before --reset.") var yes = false
    @Flag(help: "End after loading, also on a terminal.") var noConsole = false

    func validate() throws {
        guard (1...1_000).contains(scale) else {
            throw ValidationError("--scale must be a number from 1 to 1000.")
        }
    }

    func run() async throws {
        let settings = try await global.settings()
        let installation = Installation(settings)
        guard let cluster = installation.target.cluster else {
            throw ExitMessage(
                "The demo is for the embedded database; database.url names another one.",
                hint: "Unset \(SettingRegistry.databaseURL.environmentName).",
                code: ExitMessage.usage
            )
        }
        if reset { try await startOver(cluster) }
        let progress = ProgressLine()
        defer { progress.clear() }
        progress.show("Starting the database …")
        _ = try await installation.migrateUp { progress.show($0.sentence) }
        let isNew = try await load(settings, progress)
        progress.clear()
        tell(isNew)
        try await DemoSignIn(settings: settings).run()
        guard !noConsole, StandardStream.output.isTerminal else { return }
        try await ConsoleSession(settings: settings, wishes: ConsoleWishes()).run()
    }

    private func startOver(_ cluster: EmbeddedCluster) async throws {
        if !yes { try Question.requireYes("This deletes everything in the embedded database.") }
        try await cluster.start()
        var server = try cluster.adminSettings()
        server.database = "postgres"
        try await PostgresConnection.with(server) { connection in
            // FORCE ends the sessions of other programs, a `serve` among them.
            try await connection.execute(script: "DROP DATABASE ghostworks WITH (FORCE)")
        }
        try await cluster.start()
    }

    private func load(_ settings: Settings, _ progress: ProgressLine) async throws -> Bool {
        try await Runtime.with(settings) { runtime in
            let environment = try runtime.patient()
            let administrator = try runtime.target.administrator()
            let loader = DemoLoader(
                database: environment.database,
                administrator: { try await PostgresConnection.connect(administrator) },
                passwords: environment.passwords,
                progress: { progress.show(ProgressBar.text($0, "Loading the demo")) }
            )
            let plan = DemoPlan(scale: scale, now: SystemTime.now)
            do {
                let isNew = try await loader.load(plan)
                await environment.database.close()
                return isNew
            } catch {
                await environment.database.close()
                throw error
            }
        }
    }

    private func tell(_ isNew: Bool) {
        let stream = StandardStream.output
        stream.line(isNew ? "The demo is loaded." : "The demo had been loaded before.")
        stream.line("Super-admin: \(DemoPlan.superAdminEmail)")
        stream.line("Owner of acme-charity: \(DemoPlan.ownerEmail)")
        stream.line("Password of both: \(DemoPlan.password)")
    }
}

/// Signs this shell in as the demo's super-admin, so that the console opens without a question.
struct DemoSignIn {
    let settings: Settings

    func run() async throws {
        try await Runtime.with(settings) { runtime in
            let signedIn = try await SignIn(runtime.environment)(
                email: DemoPlan.superAdminEmail,
                password: Array(DemoPlan.password.utf8),
                kind: .console,
                workspace: nil,
                client: ClientInfo(userAgent: "ghostworks/\(VersionText.version)", ip: nil),
                requestID: RequestName.new()
            )
            if let token = signedIn.sessionToken {
                try SessionFile(settings.folders).write(token)
            }
        }
    }
}
