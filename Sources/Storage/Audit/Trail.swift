package import Domain
import FoundationEssentials
import Postgres

/// One chain of audit events: a tenant's, or the platform's own.
package enum Trail: Hashable, Sendable {
    case tenant(TenantID)
    case platform

    /// The tenant that the events carry; zero for the platform.
    package var tenant: TenantID {
        switch self {
        case .tenant(let id): id
        case .platform: Self.zero
        }
    }

    package static let zero = TenantID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))

    var table: SQL {
        switch self {
        case .tenant: "audit_events"
        case .platform: "platform_audit_events"
        }
    }

    var heads: SQL {
        switch self {
        case .tenant: "tenant_heads"
        case .platform: "platform_chain_head"
        }
    }
}
