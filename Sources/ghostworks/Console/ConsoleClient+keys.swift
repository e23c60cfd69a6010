import Console
import Domain
import Operations

extension KeyClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListAPIKeys(try await desk.open())(page: $0, by: $1) },
            create: { terms, scopes, caller in
                try await desk.change {
                    try await CreateAPIKey($0)(
                        name: terms.name,
                        scopes: scopes,
                        expiresAt: terms.expiresAt.value,
                        ratePerMinute: terms.ratePerMinute.value,
                        by: caller
                    )
                }
            },
            change: { id, terms, version, caller in
                let edit = try APIKeyEdit(
                    name: terms.name,
                    ratePerMinute: terms.ratePerMinute,
                    expiresAt: terms.expiresAt
                )
                return try await desk.change {
                    try await ChangeAPIKey($0)(id, edit, version: version, by: caller)
                }
            },
            rotate: { id, overlap, caller in
                try await desk.change {
                    try await RotateAPIKey($0)(id, overlap: overlap, by: caller)
                }
            },
            revoke: { id, reason, caller in
                try await desk.change {
                    try await RevokeAPIKey($0)(id, reason: reason, by: caller)
                }
            }
        )
    }
}
