import Fixtures
import FoundationEssentials
import Sealing

/// One of two tenants that must never see each other: its ids, names and secrets.
struct Side: Sendable {
    let letter: String

    static let a = Side(letter: "a")
    static let b = Side(letter: "b")

    /// The part of every secret text of this side.
    var canary: String { "canary-\(letter)" }
    var slug: String { "slug-of-\(letter)" }
    var mail: String { "owner@\(letter)-mail.test" }
    var tenant: String { id(1) }
    var owner: String { id(2) }
    var staff: String { id(3) }
    var artifact: String { id(4) }
    var budget: String { id(5) }
    var request: String { id(6) }
    var session: String { id(7) }
    var supportSession: String { id(8) }
    var mailing: String { id(9) }
    var key: String { id(12) }
    var role: String { id(10) }
    var invitation: String { id(11) }
    var dataRequest: String { id(17) }
    var hold: String { id(18) }
    var conversation: String { id(44) }
    var token: String { "token-of-\(letter)" }

    /// What must not come out on the other side, in lower case.
    var secrets: [String] {
        let bytes = Hex.encode(canary.utf8)
        return [
            canary, slug, mail, tenant, owner, staff, artifact, budget, request, session,
            supportSession, mailing, key, role, invitation, dataRequest, hold, bytes, conversation,
        ]
    }

    /// A context of this side's owner, or as told.
    func context(
        _ kind: ContextClaims.Kind = .tenant,
        supportSession: String? = nil,
        mode: ContextClaims.Mode = .readWrite,
        life: Int64 = 120,
        key: ContextKey = MigratedDatabase.contextKey
    ) -> String {
        ContextSigner(current: key).sign(
            ContextClaims(
                kind: kind,
                tenant: UUID(uuidString: tenant),
                user: UUID(uuidString: owner),
                supportSession: supportSession.flatMap { UUID(uuidString: $0) },
                mode: mode
            ),
            expiresAt: Int64(Date().timeIntervalSince1970) + life
        )
    }

    private func id(_ number: Int) -> String {
        let block = String(repeating: letter, count: 8)
        let digits = String(number)
        let zeros = String(repeating: "0", count: 12 - digits.count)
        return "\(block)-0000-7000-8000-\(zeros)\(digits)"
    }
}
