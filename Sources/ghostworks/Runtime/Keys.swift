import Glibc
import Operations
import Sealing

/// The keys of an installation, read from where the settings say.
struct Keys: Sendable {
    let signing: SigningKeys
    let context: ContextKeys
    let peppers: Peppers
    let sealing: KeyRing

    init(_ settings: KeySettings) throws {
        signing = try Self.read(settings.signing, SettingRegistry.signingKey) {
            secret throws(SealingError) in try SigningKeys(parsing: secret)
        }
        context = try Self.read(settings.context, SettingRegistry.contextKey) {
            secret throws(SealingError) in try ContextKeys(parsing: secret)
        }
        peppers = try Self.read(settings.pepper, SettingRegistry.pepper) {
            secret throws(SealingError) in try Peppers(parsing: secret)
        }
        sealing = try Self.read(settings.sealing, SettingRegistry.sealingKey) {
            secret throws(SealingError) in try KeyRing(parsing: secret)
        }
    }

    private static func read<Key>(
        _ reference: SecretReference,
        _ setting: any SettingDescription,
        _ parse: (SecretBytes) throws(SealingError) -> Key
    ) throws -> Key {
        if case .file(let path) = reference, access(path, F_OK) != 0 {
            throw SettingProblem(
                "Setting \(setting.name): there is no file \(path).",
                hint: "`ghostworks migrate up` makes keys that are missing in their usual place."
            )
        }
        do throws(SealingError) {
            return try parse(try reference.resolve())
        } catch {
            throw SettingProblem(
                "Setting \(setting.name) (\(reference)): \(error).",
                hint: "For example: \(setting.environmentName)=\(setting.example)"
            )
        }
    }
}

extension Keys {
    /// The key of page cursors: derived, so that every node that shares the context key shares it.
    var cursors: CursorSealer {
        CursorSealer(
            key: Self.cursorKey(context.current),
            previous: context.previous.map(Self.cursorKey)
        )
    }

    static func cursorKey(_ key: ContextKey) -> SecretBytes {
        SecretBytes(copying: HMAC.sha256(key: key.secret, message: Array("cursors".utf8)))
    }
}
