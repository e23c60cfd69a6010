package import Domain
package import Sealing

/// Where the keys of this installation are, and what only the process around it can do with them.
package struct KeyPlaces: Sendable {
    package var signing: SecretReference
    package var context: SecretReference
    package var sealing: SecretReference
    /// Makes context keys known to the database, which takes its administrator.
    package var installContext: @Sendable (ContextKeys) async throws -> Void
    /// Has the database refuse the context keys from before these, some minutes later.
    package var retireEarlierContexts: @Sendable (ContextKeys) async throws -> Void
    /// Has this process use what the key files hold now, also when others replace them meanwhile.
    package var adopt: @Sendable (KeyKind) async throws -> Void

    package init(
        signing: SecretReference,
        context: SecretReference,
        sealing: SecretReference,
        installContext: @escaping @Sendable (ContextKeys) async throws -> Void,
        retireEarlierContexts: @escaping @Sendable (ContextKeys) async throws -> Void,
        adopt: @escaping @Sendable (KeyKind) async throws -> Void
    ) {
        self.signing = signing
        self.context = context
        self.sealing = sealing
        self.installContext = installContext
        self.retireEarlierContexts = retireEarlierContexts
        self.adopt = adopt
    }

    func reference(_ kind: KeyKind) -> SecretReference {
        switch kind {
        case .signing: signing
        case .context: context
        case .sealing: sealing
        }
    }
}

/// The keys of one kind as a file holds them.
enum KeyMaterial: Sendable {
    case signing(SigningKeys)
    case context(ContextKeys)
    case sealing(KeyRing)

    init(_ kind: KeyKind, parsing content: SecretBytes) throws(SealingError) {
        switch kind {
        case .signing: self = .signing(try SigningKeys(parsing: content))
        case .context: self = .context(try ContextKeys(parsing: content))
        case .sealing: self = .sealing(try KeyRing(parsing: content))
        }
    }

    /// The names, the current key's first.
    var kids: [String] {
        switch self {
        case .signing(let keys): keys.all.map(\.kid)
        case .context(let keys): [keys.current.kid] + (keys.previous.map { [$0.kid] } ?? [])
        case .sealing(let ring): ([ring.current] + ring.previous).map(\.kid)
        }
    }

    func rotated() throws(SealingError) -> KeyMaterial {
        switch self {
        case .signing(let keys): .signing(try keys.rotated())
        case .context(let keys): .context(keys.rotated())
        case .sealing(let ring): .sealing(try ring.rotated())
        }
    }

    func encoded() throws(SealingError) -> SecretBytes {
        switch self {
        case .signing(let keys): try keys.encoded()
        case .context(let keys): keys.encoded()
        case .sealing(let ring): ring.encoded()
        }
    }
}
