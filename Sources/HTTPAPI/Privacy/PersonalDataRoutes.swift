import Domain
import HTTPTypes
import Operations

/// Operators who act for somebody who asked them.
enum PersonalDataRoutes {
    static let all: [Route] = [export, erase]

    private static let base = "/api/v1/admin/users/{id}"

    private static let export = Route(
        .post,
        "\(base)/export",
        .init(
            operation: "user.export",
            summary: "Have a copy made of everything about a person, who may download it",
            tag: "Platform"
        ),
        access: .platform(.platformUsersManage),
        input: .init(body: reason),
        output: .init(
            status: .accepted,
            schema: .named("DataRequest"),
            errors: [.permissionDenied, .notFound, .rateLimited, .validationError]
        )
    ) { exchange in
        let request = try await RequestExport(exchange.environment)(
            of: exchange.pathID("id", noun: "person"),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .json(PrivacyJSON.request(request))
    }

    private static let erase = Route(
        .post,
        "\(base)/erasure",
        .init(
            operation: "user.erase",
            summary: "Make a person nobody, for good",
            tag: "Platform"
        ),
        access: .platform(.platformUsersManage),
        input: .init(body: reason),
        output: .init(
            status: .noContent,
            errors: [
                .permissionDenied, .notFound, .legalHold, .soleOwner, .invalidTransition,
                .validationError,
            ]
        )
    ) { exchange in
        try await ErasePerson(exchange.environment)(
            exchange.pathID("id", noun: "person"),
            reason: exchange.body.requiredText("reason"),
            by: exchange.caller()
        )
        return .empty
    }

    private static let reason = BodyShape(
        "PersonalDataReason",
        [.required("reason", .text, "3 to 500 characters; the platform's trail keeps it.")]
    )
}
