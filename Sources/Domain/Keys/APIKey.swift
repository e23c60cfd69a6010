/// A credential with which a program acts for the person who made it, within its scopes.
package struct APIKey: Hashable, Sendable {
    package var id: APIKeyID
    package var name: String
    /// How its text begins, up to the secret: what a key that turns up is known by.
    package var prefix: String
    /// What it may do at most; what it may do is this and what its maker may.
    package var scopes: [Permission]
    /// Requests a minute; nil for the platform's usual limit.
    package var ratePerMinute: Int?
    package var createdBy: UserID
    package var status: Status
    /// Whether who made it may come in: while not, the key is refused.
    package var maker: Maker
    package var expiresAt: Instant?
    /// To a minute.
    package var lastUsedAt: Instant?
    /// Until when the secret before the last rotation is good.
    package var previousUntil: Instant?
    package var version: Int64
    package var createdAt: Instant

    package enum Status: String, CaseIterable, Hashable, Sendable {
        case active
        case revoked
    }

    package init(
        id: APIKeyID,
        name: String,
        prefix: String,
        scopes: [Permission],
        ratePerMinute: Int?,
        createdBy: UserID,
        status: Status,
        maker: Maker = .active,
        expiresAt: Instant?,
        lastUsedAt: Instant?,
        previousUntil: Instant?,
        version: Int64,
        createdAt: Instant
    ) {
        self.id = id
        self.name = name
        self.prefix = prefix
        self.scopes = scopes
        self.ratePerMinute = ratePerMinute
        self.createdBy = createdBy
        self.status = status
        self.maker = maker
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.previousUntil = previousUntil
        self.version = version
        self.createdAt = createdAt
    }
}

package typealias APIKeyID = Identifier<APIKey>

extension APIKey {
    /// What people see of its state: a key that has expired, or whose maker may not come in, is
    /// active in the table only.
    package func state(at now: Instant) -> State {
        if status == .revoked { return .revoked }
        if let expiresAt, expiresAt <= now { return .expired }
        return maker == .active ? .active : .blocked
    }

    package enum State: String, CaseIterable, Hashable, Sendable {
        case active
        /// Good again when its maker may come in again.
        case blocked
        case expired
        case revoked
    }

    /// Why it is blocked; nil for one that is not.
    package func block(at now: Instant) -> Block? {
        guard state(at: now) == .blocked else { return nil }
        return switch maker {
        case .active: nil
        case .suspended: .makerSuspended
        case .removed: .makerRemoved
        case .barred: .makerBarred
        }
    }

    /// What who made it is to the workspace.
    package enum Maker: String, CaseIterable, Hashable, Sendable {
        case active
        case suspended
        case removed
        /// A member whose account the platform keeps out; the workspace learns no more of it.
        case barred
    }

    package enum Block: String, CaseIterable, Hashable, Sendable {
        case makerRemoved = "maker_removed"
        case makerSuspended = "maker_suspended"
        case makerBarred = "maker_barred"

        /// For people: a sentence about the key.
        package var sentence: String {
            switch self {
            case .makerRemoved: "It is refused: who made it was removed from the workspace."
            case .makerSuspended: "It is refused: who made it is suspended in the workspace."
            case .makerBarred: "It is refused: who made it cannot sign in at present."
            }
        }
    }

    /// Where a page begins that follows this line.
    package var position: PagePosition {
        PagePosition([String(createdAt.microseconds), id.description])
    }
}

/// A key together with its text, which is shown once and stored nowhere.
package struct IssuedAPIKey: Hashable, Sendable {
    package let key: APIKey
    package let text: String

    package init(key: APIKey, text: String) {
        self.key = key
        self.text = text
    }
}

/// A key that was presented: what the guard needs to let it in.
package struct APIKeyProof: Hashable, Sendable {
    package let id: APIKeyID
    /// SHA-256 of the presented secret.
    package let secretHash: [UInt8]

    package init(id: APIKeyID, secretHash: [UInt8]) {
        self.id = id
        self.secretHash = secretHash
    }
}

extension Permission {
    /// Whether a key may have it: never what is about people, roles, keys and owners.
    package var isForKeys: Bool {
        PermissionMatrix.letter(self, role: "api_key") == "s"
    }

    /// The permission of a name such as `artifact.read`.
    package init?(name: String) {
        guard let index = PermissionMatrix.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: index)
    }
}
