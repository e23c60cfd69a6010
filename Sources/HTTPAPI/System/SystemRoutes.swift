import Domain
import HTTPTypes

/// Health, and the document that describes everything else.
enum SystemRoutes {
    static let all: [Route] = [
        Route(
            .get,
            "/livez",
            .init(operation: "system.live", summary: "Does the process run?", tag: "System"),
            access: .everyone,
            output: .init(schema: .named("Health"))
        ) { .json(health("ok", $0)) },
        Route(
            .get,
            "/readyz",
            .init(operation: "system.ready", summary: "Can it serve requests?", tag: "System"),
            access: .everyone,
            output: .init(schema: .named("Health"), errors: [.unavailable]),
            handler: ready
        ),
        Route(
            .get,
            "/api/v1/health/",
            .init(
                operation: "system.health",
                summary: "Version and readiness of the API",
                tag: "System"
            ),
            access: .everyone,
            output: .init(schema: .named("Health"), errors: [.unavailable]),
            handler: ready
        ),
        Route(
            .get,
            "/openapi.json",
            .init(operation: "system.openapi", summary: "This document", tag: "System"),
            access: .everyone,
            output: .init(schema: .anyObject)
        ) { exchange in
            Answer(
                content: .bytes(
                    exchange.services.openAPI,
                    type: "application/json; charset=utf-8"
                )
            )
        },
    ]

    /// Load balancers look at the status, people at the reason.
    @Sendable private static func ready(_ exchange: Exchange) async throws -> Answer {
        var readiness = Readiness.unready(reason: "The server is shutting down.")
        if !exchange.services.shutdown.isSet { readiness = await exchange.services.readiness() }
        switch readiness {
        case .ready: return .json(health("ok", exchange))
        case .unready(let reason):
            throw DomainError(.unavailable, .unavailable, reason)
        }
    }

    private static func health(_ status: String, _ exchange: Exchange) -> JSON {
        [
            "status": .string(status),
            "version": .string(exchange.services.configuration.version),
        ]
    }
}
