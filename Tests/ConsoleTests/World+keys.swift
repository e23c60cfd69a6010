import Domain

@testable import Console

extension World {
    private static func key(
        _ number: Int,
        _ name: String,
        _ scopes: [Permission],
        rate: Int? = nil,
        status: APIKey.Status = .active,
        expires: Instant? = nil,
        used: Instant? = nil,
        previous: Instant? = nil
    ) -> APIKey {
        APIKey(
            id: id(500 + number),
            name: name,
            prefix: "gwk_live_" + String(repeating: "A", count: 40) + "00b\(number)",
            scopes: scopes,
            ratePerMinute: rate,
            createdBy: number % 2 == 0 ? omar.id : huda.id,
            status: status,
            expiresAt: expires,
            lastUsedAt: used,
            previousUntil: previous,
            version: Int64(number),
            createdAt: ago(Int64(number) * 1_000)
        )
    }

    static let keys: [APIKey] = [
        key(
            1,
            "CI",
            [.artifactRead, .artifactCreate],
            rate: 6_000,
            expires: now.advanced(by: .seconds(90 * 86_400)),
            used: ago(4),
            previous: now.advanced(by: .seconds(3_600))
        ),
        key(2, "Nightly export", [.artifactRead, .auditRead]),
        key(3, hostileNames[0], [.artifactRead], expires: ago(60), used: ago(90)),
        key(4, hostileNames[5], [.workspaceRead], status: .revoked),
    ]

    static let issuedKey = IssuedAPIKey(
        key: keys[0],
        text: "gwk_live_" + String(repeating: "A", count: 44) + "_"
            + String(repeating: "b", count: 43) + "_000000"
    )

    static func answer(_ request: KeyRequest) -> ConsoleAnswer {
        switch request {
        case .list: return .keys(page(keys))
        case .create, .rotate: return .issuedKey(issuedKey)
        case .change(let id, let terms, let version):
            var changed = keys.first { $0.id == id } ?? keys[0]
            changed.name = terms.name
            changed.version = version + 1
            switch terms.expiresAt {
            case .none: break
            case .set(let end): changed.expiresAt = end
            case .removed: changed.expiresAt = nil
            }
            switch terms.ratePerMinute {
            case .none: break
            case .set(let rate): changed.ratePerMinute = rate
            case .removed: changed.ratePerMinute = nil
            }
            return .key(changed)
        case .revoke(let id, _):
            var revoked = keys.first { $0.id == id } ?? keys[0]
            revoked.status = .revoked
            return .key(revoked)
        }
    }
}
