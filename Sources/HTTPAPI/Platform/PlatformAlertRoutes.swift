import Domain
import HTTPTypes
import Operations

/// What somebody should look at, for operators, and that somebody saw to it.
enum PlatformAlertRoutes {
    static let all: [Route] = [list, acknowledge]

    private static let base = "/api/v1/admin/alerts"

    private static let list = Route(
        .get,
        base,
        .init(
            operation: "platform_alert.list",
            summary: "What somebody should look at; what was seen to stands at the end",
            tag: "Platform"
        ),
        access: .platform(.platformTenantsRead),
        output: .init(schema: .page(of: "PlatformAlert"), errors: [.permissionDenied])
    ) { exchange in
        let overview = try await ShowOverview(exchange.environment)(by: exchange.caller())
        return .list(overview.alerts.map(json))
    }

    private static let acknowledge = Route(
        .post,
        "\(base)/ack",
        .init(
            operation: "platform_alert.acknowledge",
            summary: "Note that somebody saw to alerts: each is quiet until it gets worse",
            tag: "Platform"
        ),
        access: .platform(.platformJobsManage),
        input: .init(
            body: BodyShape(
                "SeenAlerts",
                [.required("alerts", .texts, "The ids of 1 to 100 alerts; all of them, or none.")]
            )
        ),
        output: .init(
            schema: .page(of: "PlatformAlert"),
            errors: [.permissionDenied, .notFound, .validationError]
        )
    ) { exchange in
        let ids = try PlatformAlert.ids(exchange.body.texts("alerts") ?? [])
        let overview = try await MarkAlert(exchange.environment)(ids, by: exchange.caller())
        return .list(overview.alerts.map(json))
    }

    @Sendable private static func json(_ alert: PlatformAlert) -> JSON {
        [
            "id": .string(alert.id.description), "kind": .string(alert.id.kind.rawValue),
            "sentence": .string(alert.sentence), "acknowledged_at": JSON(alert.mark?.at),
            "acknowledged_by": JSON(alert.mark?.by),
        ]
    }
}
