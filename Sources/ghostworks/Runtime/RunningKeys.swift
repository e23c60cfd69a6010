import Domain
import Operations
import Sealing

extension KeySettings {
    /// Where the keys are that change while a process runs.
    var places: [KeyKind: SecretReference] {
        [.signing: signing, .context: context, .sealing: sealing]
    }
}

/// What of this process works with keys, and goes on with new ones.
struct RunningKeys: Sendable {
    let watch: KeyWatch
    let signer: ContextSigner
    let tokens: TokenIssuer
    let sealer: Sealer
    let cursors: CursorSealer

    /// Uses what the key file holds now.
    func adopt(_ kind: KeyKind) async throws {
        try await watch.adopt(kind) { try await use(kind, from: $0) }
    }

    private func use(_ kind: KeyKind, from content: SecretBytes) async throws {
        switch kind {
        case .signing: try await tokens.use(SigningKeys(parsing: content).all)
        case .context:
            let keys = try ContextKeys(parsing: content)
            signer.use(keys)
            cursors.use(
                key: Keys.cursorKey(keys.current),
                previous: keys.previous.map(Keys.cursorKey)
            )
        case .sealing: sealer.use(try KeyRing(parsing: content))
        }
    }

    /// Uses the key files that were replaced; which ones those were.
    func adoptChanges() async throws -> [KeyKind] {
        let changed = KeyKind.allCases.filter(watch.isNew)
        for kind in changed { try await adopt(kind) }
        return changed
    }
}

extension Runtime {
    /// Where the keys are, for use cases.
    var keyPlaces: KeyPlaces {
        KeyPlaces(
            signing: settings.keys.signing,
            context: settings.keys.context,
            sealing: settings.keys.sealing,
            installContext: { [target] keys in
                guard target.hasAdministrator else {
                    throw DomainError(
                        .conflict,
                        .invalidTransition,
                        "The context key is rotated by the administrator of the database only.",
                        hint: "Set admin.database_url, or run `ghostworks key rotate context` "
                            + "where it is set."
                    )
                }
                try await KeyInstallation.install(keys, in: target)
            },
            retireEarlierContexts: { [target] keys in
                try await KeyInstallation.retireEarlier(than: keys, in: target)
            },
            adopt: running.adopt
        )
    }

    /// Writes into the register which keys are in use.
    func registerKeys() async throws {
        let keys = try Keys(settings.keys)
        try await RegisterKeys(environment)(
            signing: keys.signing,
            context: keys.context,
            sealing: keys.sealing,
            places: keyPlaces
        )
    }
}
