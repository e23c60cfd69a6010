import ArgumentParser
import HTTPAPI
import Logging
import Observability
import Operations
import Sealing
import ServiceLifecycle
import UnixSignals

/// `ghostworks serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the HTTP API until SIGTERM or SIGINT.",
        discussion: "Logs are JSON lines on standard error. Metrics are on a second address."
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Address to listen on.", valueName: "address")) var host: String?
    @Option(help: ArgumentHelp("Port to listen on; 0 for any.", valueName: "port"))
    var port: String?
    @Option(help: ArgumentHelp("Port of the metrics.", valueName: "port")) var adminPort: String?
    @Option(help: ArgumentHelp("Certificate chain (PEM).", valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("Private key (PEM).", valueName: "file")) var tlsKey: String?

    func run() async throws {
        try await serve(working: false)
    }

    /// Serves; with `working` it also does what `work` does.
    func serve(working: Bool) async throws {
        let settings = try await global.settings(options: options)
        try ListenFailure.check(settings.http)
        try settings.http.tls?.check()
        let listening = ListenFailure(settings.http)
        try listening.probe()
        let logger = Logger.server(settings.view.logLevel)
        try await Runtime.with(settings, logger: logger, depth: .server) { runtime in
            if !working { logger.info(Self.waiting) }
            let housekeeping = try Housekeeping(runtime)
            let workshop = working ? try runtime.patient() : nil
            await housekeeping.preparePartitions()
            // Whoever waits for an answer does not wait for the end of a password's slice.
            TimeSlice.brief.askForAll()
            do {
                try await group(runtime, housekeeping, workshop).run()
            } catch {
                await housekeeping.close()
                await workshop?.database.close()
                throw listening.explain(error)
            }
            await housekeeping.close()
            await workshop?.database.close()
        }
    }

    private static let waiting: Logger.Message =
        "mails and exports wait for a worker: `ghostworks work`, or `up` for both"

    private var options: [String: String] {
        let given = [
            SettingRegistry.host.name: host,
            SettingRegistry.port.name: port,
            SettingRegistry.adminPort.name: adminPort,
            SettingRegistry.certificate.name: tlsCertificate.map(AbsolutePath.of),
            SettingRegistry.certificateKey.name: tlsKey.map(AbsolutePath.of),
        ]
        return given.compactMapValues { $0 }
    }

    private func group(
        _ runtime: Runtime,
        _ housekeeping: Housekeeping,
        _ workshop: Operations.Environment?
    ) throws -> ServiceGroup {
        let registry = PrometheusRegistry(limits: MetricLimits(valuesPerLabel: 200))
        let recent = RecentRequests()
        let report = NodeReport(runtime, environment: housekeeping.environment, recent: recent)
        let server = APIServer(
            configuration: try APIConfiguration(runtime),
            environment: runtime.environment,
            readiness: DatabaseReadiness(database: runtime.database).check,
            metrics: registry,
            recent: recent,
            logger: runtime.logger
        )
        let ending = EndingServer(
            server: server,
            environment: runtime.environment,
            patience: runtime.settings.http.shutdownTimeout
        )
        let gauges = PoolGauges(database: runtime.database, registry: registry)
        let worker = try workshop.map {
            try Errands.service(runtime, environment: $0, registry: registry)
        }
        let keys = KeyTimer(keys: runtime.running, logger: runtime.logger)
        let watch = ServerWatch(runtime)
        let ledger = try LedgerKeeping(
            runtime,
            environment: housekeeping.environment,
            registry: registry
        )
        var services: [any Service] = [watch, gauges, housekeeping, keys, report, ledger]
        if let worker { services.append(worker) }
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) } + [
                    .init(service: ending, successTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: runtime.logger.forServiceGroups
            )
        )
    }
}

extension APIConfiguration {
    fileprivate init(_ runtime: Runtime) throws {
        let http = runtime.settings.http
        self.init(
            address: HTTPAPI.ListenAddress(host: http.listen.host, port: http.listen.port),
            adminAddress: HTTPAPI.ListenAddress(host: http.admin.host, port: http.admin.port),
            tls: http.tls.map { TLSFiles(certificatePath: $0.certificate, keyPath: $0.key) },
            cursors: runtime.running.cursors,
            exports: ExportFolder(path: runtime.settings.folders.exports),
            version: VersionText.version,
            limits: APILimits(
                connections: http.connections,
                connectionsPerAddress: http.connectionsPerAddress
            ),
            deadlines: APIDeadlines(drain: http.shutdownTimeout),
            allowedOrigins: http.allowedOrigins,
            keys: runtime.keyPlaces,
            rates: http.rates,
            proxies: http.proxies
        )
    }
}
