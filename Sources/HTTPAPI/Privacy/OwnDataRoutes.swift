import Domain
import HTTPTypes
import Operations

/// A copy of everything about oneself, and an end to it.
enum OwnDataRoutes {
    static let all: [Route] = [export, find, download, erase]

    private static let base = "/api/v1/me/export"

    private static let export = Route(
        .post,
        base,
        .init(
            operation: "me.export",
            summary: "Ask for a copy of everything about oneself; the one in hand counts",
            tag: "Me"
        ),
        access: .person,
        output: .init(
            status: .accepted,
            schema: .named("DataRequest"),
            errors: [.rateLimited]
        )
    ) { exchange in
        let request = try await RequestExport(exchange.environment)(by: exchange.caller())
        return .json(PrivacyJSON.request(request))
    }

    private static let find = Route(
        .get,
        "\(base)/{id}",
        .init(operation: "me.export.read", summary: "How far the copy is", tag: "Me"),
        access: .person,
        output: .init(schema: .named("DataRequest"), errors: [.notFound])
    ) { exchange in
        let request = try await FindOwnExport(exchange.environment)(
            exchange.pathID("id", noun: "export"),
            by: exchange.caller()
        )
        return .json(PrivacyJSON.request(request))
    }

    private static let download = Route(
        .get,
        "\(base)/{id}/download",
        .init(
            operation: "me.export.download",
            summary: "The copy: a tar archive of NDJSON files and their manifest",
            tag: "Me"
        ),
        access: .person,
        output: .init(
            schema: .file,
            mediaType: Exchange.exportType,
            errors: [.notFound, .invalidTransition, .unavailable]
        )
    ) { exchange in
        let (request, file) = try await OpenExport(exchange.environment)(
            exchange.pathID("id", noun: "export"),
            by: exchange.caller()
        )
        return try await exchange.file(of: request, file)
    }

    private static let erase = Route(
        .post,
        "/api/v1/me/erasure",
        .init(
            operation: "me.erase",
            summary: "Be forgotten, for good; all sessions end",
            tag: "Me"
        ),
        access: .person,
        input: .init(
            body: BodyShape(
                "Erasure",
                [.required("email", .text, "One's own mail address, as a confirmation.")]
                    + FreshProof.fields
            )
        ),
        output: .init(
            status: .noContent,
            errors: [.soleOwner, .invalidTransition] + FreshProof.refusals
        )
    ) { exchange in
        try await ErasePerson(exchange.environment)(
            confirming: exchange.body.requiredText("email"),
            proof: exchange.freshProof,
            by: exchange.caller()
        )
        return .empty
    }
}
