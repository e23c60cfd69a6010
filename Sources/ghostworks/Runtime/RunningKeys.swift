import Domain
import Operations
import Sealing
import Synchronization

/// Notices when a key file was replaced.
final class KeyWatch: Sendable {
    private let settings: KeySettings
    private let stamps: Mutex<[KeyKind: String]>

    init(_ settings: KeySettings) {
        self.settings = settings
        let known = KeyKind.allCases.compactMap { kind in
            settings.reference(kind).stamp.map { (kind, $0) }
        }
        stamps = Mutex(Dictionary(uniqueKeysWithValues: known))
    }

    /// Whether the file is another one than when this was asked last.
    func hasChanged(_ kind: KeyKind) -> Bool {
        guard let stamp = settings.reference(kind).stamp else { return false }
        return stamps.withLock { stamps in
            defer { stamps[kind] = stamp }
            return stamps[kind] != stamp
        }
    }

    /// The signing keys, when their file was replaced.
    func changedSigningKeys() -> [SigningKey]? {
        guard hasChanged(.signing) else { return nil }
        return try? SigningKeys(parsing: settings.signing.resolve()).all
    }

    /// The sealing keys, when their file was replaced.
    func changedSealingKeys() -> KeyRing? {
        guard hasChanged(.sealing) else { return nil }
        return try? KeyRing(parsing: settings.sealing.resolve())
    }
}

extension KeySettings {
    func reference(_ kind: KeyKind) -> SecretReference {
        switch kind {
        case .signing: signing
        case .context: context
        case .sealing: sealing
        }
    }
}

/// What of this process works with keys, and goes on with new ones.
struct RunningKeys: Sendable {
    let settings: KeySettings
    let watch: KeyWatch
    let signer: ContextSigner
    let tokens: TokenIssuer
    let sealer: Sealer
    let cursors: CursorSealer

    /// Uses what the key file holds now.
    ///
    /// Looks again afterwards: who read an older file must not be the last whose keys are used.
    func adopt(_ kind: KeyKind) async throws {
        let reference = settings.reference(kind)
        var seen: String?
        repeat {
            _ = watch.hasChanged(kind)
            seen = reference.stamp
            try await use(kind, from: reference.resolve())
        } while reference.stamp != seen
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
        let changed = KeyKind.allCases.filter(watch.hasChanged)
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
