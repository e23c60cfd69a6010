import Domain
import HTTPTypes
import Operations

/// The keys of the installation, by name, and the public ones for everybody.
enum PlatformKeyRoutes {
    static let all: [Route] = [published, discovery, list, rotate]

    private static let published = Route(
        .get,
        "/.well-known/jwks.json",
        .init(
            operation: "system.jwks",
            summary: "The public keys of access tokens",
            tag: "System"
        ),
        access: .everyone,
        output: .init(schema: .anyObject)
    ) { exchange in
        let keys = ShowSigningKeys(exchange.environment)().map { key -> JSON in
            [
                "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
                "kid": .string(key.kid), "x": .string(key.x),
            ]
        }
        return cached(["keys": .array(keys)])
    }

    private static let discovery = Route(
        .get,
        "/.well-known/openid-configuration",
        .init(
            operation: "system.discovery",
            summary: "Who issues access tokens, and where the keys are",
            tag: "System"
        ),
        access: .everyone,
        output: .init(schema: .anyObject)
    ) { exchange in
        let issuer = ShowSigningKeys(exchange.environment).issuer
        // An issuer that is no address has its keys where it was asked.
        let base = issuer.hasPrefix("https://") || issuer.hasPrefix("http://") ? issuer : ""
        return cached([
            "issuer": .string(issuer),
            "jwks_uri": .string("\(base)/.well-known/jwks.json"),
            "response_types_supported": .array([]),
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
        ])
    }

    private static let list = Route(
        .get,
        "/api/v1/admin/keys",
        .init(operation: "key.list", summary: "The names of all keys", tag: "Platform"),
        access: .platform(.platformRolesManage),
        output: .init(schema: .page(of: "Key"), errors: [.permissionDenied])
    ) { exchange in
        let keys = try await ListKeys(exchange.environment)(by: exchange.caller())
        return .list(keys.map(json))
    }

    private static let rotate = Route(
        .post,
        "/api/v1/admin/keys/rotate",
        .init(operation: "key.rotate", summary: "Put new keys into use", tag: "Platform"),
        access: .platform(.platformRolesManage),
        input: .init(
            body: BodyShape(
                "RotateKeys",
                [
                    .required(
                        "kind",
                        .choice(KeyKind.allCases.map(\.rawValue) + ["all"]),
                        "Which key; sealed secrets follow within minutes."
                    )
                ]
            )
        ),
        output: .init(
            schema: .page(of: "Key"),
            errors: [.permissionDenied, .invalidTransition, .requestInProgress]
        )
    ) { exchange in
        let caller = try exchange.caller()
        let list = ListKeys(exchange.environment)
        // Asks for the permission before it tells what this process can do.
        _ = try await list(by: caller)
        guard let places = exchange.services.configuration.keys else {
            throw DomainError(.unavailable, .unavailable, "This process rotates no keys.")
        }
        let kind = try exchange.body.requiredText("kind")
        let rotate = RotateKeys(exchange.environment, places)
        for wanted in KeyKind.allCases where kind == "all" || kind == wanted.rawValue {
            try await rotate(wanted, by: caller)
        }
        return .list(try await list(by: caller).map(json))
    }

    /// For five minutes: a key is known for weeks before it signs nothing any more.
    private static func cached(_ json: JSON) -> Answer {
        var answer = Answer.json(json)
        answer.headers[.cacheControl] = "public, max-age=300"
        return answer
    }

    private static func json(_ key: InstalledKey) -> JSON {
        [
            "kind": .string(key.kind.rawValue), "kid": .string(key.kid),
            "since": JSON(key.since), "until": JSON(key.until),
            "state": .string(key.state.rawValue),
        ]
    }
}
