import Domain
import Testing

@Suite struct APIKeyTests {
    private static let now = Instant(seconds: 1_767_225_600)

    private static func new(
        _ name: String = "Key",
        _ scopes: [String] = ["artifact.read"],
        expires: Instant? = nil,
        rate: Int? = nil
    ) throws -> NewAPIKey {
        try NewAPIKey(name: name, scopes: scopes, expiresAt: expires, ratePerMinute: rate, now: now)
    }

    @Test func `scopes are permissions, each once and in their order`() throws {
        let key = try Self.new("Key", ["artifact.update", "artifact.read", "artifact.update"])
        #expect(key.scopes == [.artifactRead, .artifactUpdate])
    }

    @Test(
        arguments: [
            "member.read", "member.invite", "owner.manage", "role.read", "role.manage",
            "apikey.read", "apikey.manage", "platform.tenants.read", "workspace.delete", "nonsense",
            "",
        ]
    )
    func `what no key may hold is refused`(scope: String) {
        let error = #expect(throws: DomainError.self) { try Self.new("Key", [scope]) }
        #expect(error?.code == .validationError)
        #expect(error?.message.contains("scopes must not hold \"\(scope)\"") == true)
    }

    @Test func `all wrong fields are named at once`() {
        let error = #expect(throws: DomainError.self) {
            try Self.new(" ", [], expires: Self.now, rate: 0)
        }
        #expect(
            error?.message == "Invalid input: name must have 1 to 100 characters; got 0;"
                + " scopes must name at least one; expires_at must be in the future;"
                + " rate_per_minute must be 1 to 1000000."
        )
    }

    @Test func `no permission about people, roles, owners and keys is for keys`() {
        for permission in Permission.allCases {
            let noun = permission.description.prefix { $0 != "." }
            guard ["member", "role", "owner", "apikey", "platform"].contains(noun) else { continue }
            #expect(!permission.isForKeys, "\(permission)")
        }
        #expect(Permission.artifactRead.isForKeys)
        #expect(Permission(name: "artifact.read") == .artifactRead)
    }

    @Test func `an edit without a field is refused`() {
        let error = #expect(throws: DomainError.self) {
            try APIKeyEdit()
        }
        #expect(error?.message == "Invalid input: body must have a field to change.")
    }
}
