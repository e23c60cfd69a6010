import ArgumentParser
import HTTPAPI
import Logging
import Observability
import Operations
import ServiceLifecycle
import UnixSignals

/// `ghostworks work`.
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Do what is due behind the scenes until SIGTERM or SIGINT: mails, exports.",
        discussion: "Any number of workers may run beside each other and beside `serve`. Logs are "
            + "JSON lines on standard error."
    )

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Port of the metrics; none when not given.", valueName: "port"))
    var adminPort: Int?

    func validate() throws {
        guard adminPort.map((0...65_535).contains) ?? true else {
            throw ValidationError("--admin-port must be a number from 0 to 65535.")
        }
    }

    func run() async throws {
        let settings = try await global.settings()
        let listening = adminPort.map { port in
            ListenFailure(metrics: Endpoint(host: settings.http.admin.host, port: port))
        }
        try listening?.probe()
        let logger = Logger.server(settings.view.logLevel)
        try await Runtime.with(settings, logger: logger, depth: .process) { runtime in
            let housekeeping = try Housekeeping(runtime)
            let environment = try runtime.patient()
            await housekeeping.preparePartitions()
            do {
                try await group(runtime, housekeeping, environment).run()
            } catch {
                await housekeeping.close()
                await environment.database.close()
                throw listening?.explain(error) ?? error
            }
            await housekeeping.close()
            await environment.database.close()
        }
    }

    private func group(
        _ runtime: Runtime,
        _ housekeeping: Housekeeping,
        _ environment: Operations.Environment
    ) throws -> ServiceGroup {
        let registry = PrometheusRegistry(limits: MetricLimits(valuesPerLabel: 200))
        let worker = try Errands.service(runtime, environment: environment, registry: registry)
        let host = runtime.settings.http.admin.host
        let metrics = adminPort.map { port in
            MetricsServer(
                address: HTTPAPI.ListenAddress(host: host, port: port),
                registry: registry,
                logger: runtime.logger
            )
        }
        var services: [any Service] = [
            ServerWatch(runtime), PoolGauges(database: environment.database, registry: registry),
            housekeeping,
            KeyTimer(keys: runtime.running, logger: runtime.logger),
            try LedgerKeeping(
                runtime,
                environment: housekeeping.environment,
                registry: registry
            ),
        ]
        if let metrics { services.append(metrics) }
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) } + [
                .init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: runtime.logger.forServiceGroups
        )
        // A mail that is being handed over then has its chance to end; see SMTPServer.Timeouts.
        configuration.maximumGracefulShutdownDuration = .seconds(90)
        return ServiceGroup(configuration: configuration)
    }
}
