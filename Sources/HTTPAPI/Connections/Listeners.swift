import Domain
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Observability
import ServiceLifecycle

/// The sockets of the server: the API's, and the one of `/metrics`.
struct Listeners {
    let services: APIServices
    let registry: PrometheusRegistry
    let logger: Logger

    private var configuration: APIConfiguration { services.configuration }

    func api(
        router: Router<APIContext>,
        report: ListeningReport
    ) throws -> any Service {
        let room = ConnectionRoom(
            limit: configuration.limits.connectionsPerAddress,
            proxies: configuration.proxies
        )
        var server = HTTPServerBuilder { [channel = channel(room)] responder in
            LoopChannel(base: HTTP1Channel(responder: responder, configuration: channel))
        }
        if let files = configuration.tls {
            server = try .tls(server, tlsConfiguration: Self.tls(files))
        }
        return Application(
            router: router,
            server: server,
            configuration: application(
                configuration.address,
                connections: configuration.limits.connections
            ),
            onServerRunning: { channel in
                await report.note(port: channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
    }

    /// Nil when there is to be none.
    func admin(report: ListeningReport) -> (any Service)? {
        guard let address = configuration.adminAddress else { return nil }
        let router = Router()
        router.get("/metrics") { [registry] _, _ in
            Response(
                status: .ok,
                headers: [
                    .contentType: PrometheusRegistry.contentType, .cacheControl: "no-store",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: registry.render()))
            )
        }
        return Application(
            router: router,
            server: .http1(configuration: channel(ConnectionRoom(limit: 16, proxies: .init()))),
            configuration: application(address, connections: 16),
            onServerRunning: { _ in await report.note() },
            logger: logger
        )
    }

    private func application(
        _ address: ListenAddress,
        connections: Int
    ) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(address.host, port: address.port),
            availableConnectionsDelegate: .maximum(connections, logger: logger)
        )
    }

    private func channel(_ room: ConnectionRoom) -> HTTP1Channel.Configuration {
        let limits = configuration.limits
        let deadlines = configuration.deadlines
        let bounds = ConnectionBounds(
            head: TimeAmount(deadlines.head),
            body: TimeAmount(deadlines.body),
            response: TimeAmount(deadlines.response)
        )
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionGuard(bounds: bounds, limits: limits, room: room)
            ],
            idleTimeout: TimeAmount(deadlines.idle),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerBytes,
                maxHeaderListSize: limits.headerBytes,
                maxHeaderFieldCount: limits.headerCount
            )
        )
    }

    private static func tls(_ files: TLSFiles) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificatePath)
        let key = try NIOSSLPrivateKey(file: files.keyPath, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
