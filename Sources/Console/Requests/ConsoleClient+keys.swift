package import Domain

/// The API keys of a tenant.
package struct KeyClient: Sendable {
    package var list: @Sendable (PageRequest, TenantCaller) async throws -> Page<APIKey>
    package var create:
        @Sendable (KeyTerms, _ scopes: [String], TenantCaller) async throws -> IssuedAPIKey
    package var change:
        @Sendable (APIKeyID, KeyTerms, _ version: Int64, TenantCaller) async throws -> APIKey
    package var rotate:
        @Sendable (APIKeyID, _ overlap: Duration, TenantCaller) async throws -> IssuedAPIKey
    package var revoke: @Sendable (APIKeyID, _ reason: String, TenantCaller) async throws -> APIKey

    package init(
        list: @escaping @Sendable (PageRequest, TenantCaller) async throws -> Page<APIKey>,
        create:
            @escaping @Sendable (KeyTerms, _ scopes: [String], TenantCaller) async throws ->
            IssuedAPIKey,
        change:
            @escaping @Sendable (APIKeyID, KeyTerms, _ version: Int64, TenantCaller) async throws
            -> APIKey,
        rotate:
            @escaping @Sendable (APIKeyID, _ overlap: Duration, TenantCaller) async throws ->
            IssuedAPIKey,
        revoke:
            @escaping @Sendable (APIKeyID, _ reason: String, TenantCaller) async throws -> APIKey
    ) {
        self.list = list
        self.create = create
        self.change = change
        self.rotate = rotate
        self.revoke = revoke
    }
}

/// Work on the API keys of a tenant.
package enum KeyRequest: Hashable, Sendable {
    case list(PageRequest)
    case create(KeyTerms, scopes: [String])
    case change(APIKeyID, KeyTerms, version: Int64)
    case rotate(APIKeyID, overlap: Duration)
    case revoke(APIKeyID, reason: String)

    var writes: Bool {
        if case .list = self { false } else { true }
    }
}

/// What a form says of a key; checked when the key is made or changed.
package struct KeyTerms: Hashable, Sendable {
    package var name: String
    /// When it ends; nothing to take away from a new one.
    package var expiresAt: APIKeyEdit.Change<Instant>
    package var ratePerMinute: APIKeyEdit.Change<Int>

    package init(
        name: String,
        expiresAt: APIKeyEdit.Change<Instant>,
        ratePerMinute: APIKeyEdit.Change<Int>
    ) {
        self.name = name
        self.expiresAt = expiresAt
        self.ratePerMinute = ratePerMinute
    }
}

extension ConsoleClient {
    func perform(
        _ request: KeyRequest,
        by caller: TenantCaller
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let page): .keys(try await keys.list(page, caller))
        case .create(let terms, let scopes):
            .issuedKey(try await keys.create(terms, scopes, caller))
        case .change(let id, let terms, let version):
            .key(try await keys.change(id, terms, version, caller))
        case .rotate(let id, let overlap):
            .issuedKey(try await keys.rotate(id, overlap, caller))
        case .revoke(let id, let reason): .key(try await keys.revoke(id, reason, caller))
        }
    }
}
