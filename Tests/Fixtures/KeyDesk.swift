import Domain
import Foundation
package import Operations
import Postgres
package import Sealing
import Storage

/// Key files of one test, which its use cases rotate as the executable's do.
package struct KeyDesk: Sendable {
    package let folder: String
    package let places: KeyPlaces

    /// Writes three key files, has the fixture use them, and removes them after the body.
    package static func with(
        _ fixture: Fixture,
        _ body: (KeyDesk) async throws -> Void
    ) async throws {
        let desk = try KeyDesk(fixture)
        defer { try? FileManager.default.removeItem(atPath: desk.folder) }
        try await desk.prepare(fixture)
        try await body(desk)
    }

    private init(_ fixture: Fixture) throws {
        let folder = NSTemporaryDirectory() + "keys-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let signing = SecretReference.file(path: folder + "/signing.pem")
        let context = SecretReference.file(path: folder + "/context.key")
        let sealing = SecretReference.file(path: folder + "/sealing.key")
        let watch = KeyWatch([.signing: signing, .context: context, .sealing: sealing])
        let environment = fixture.environment
        let migrated = fixture.migrated
        self.folder = folder
        places = KeyPlaces(
            signing: signing,
            context: context,
            sealing: sealing,
            installContext: { keys in
                for statement in ContextKeyStore.install(keys) {
                    _ = try await migrated.admin(statement)
                }
            },
            retireEarlierContexts: { keys in
                _ = try await migrated.admin(ContextKeyStore.retireEarlier(than: keys, in: 300))
            },
            adopt: { kind in
                try await watch.adopt(kind) { content in
                    switch kind {
                    case .signing:
                        try await environment.tokens.use(SigningKeys(parsing: content).all)
                    case .context:
                        environment.database.signer.use(try ContextKeys(parsing: content))
                    case .sealing: environment.sealer.use(try KeyRing(parsing: content))
                    }
                }
            }
        )
    }

    private func prepare(_ fixture: Fixture) async throws {
        let signing = SigningKeys(current: try .generate())
        let context = ContextKeys(current: MigratedDatabase.contextKey)
        let sealing = try KeyRing(current: .generate())
        try write(signing.encoded(), to: places.signing)
        try write(context.encoded(), to: places.context)
        try write(sealing.encoded(), to: places.sealing)
        try await places.adopt(.signing)
        try await places.adopt(.sealing)
        try await RegisterKeys(fixture.environment)(
            signing: signing,
            context: context,
            sealing: sealing,
            places: places
        )
    }

    /// Replaces a key file.
    package func write(_ content: SecretBytes, to reference: SecretReference) throws {
        guard case .file(let path) = reference else { return }
        try KeyFile(path: path).replace(with: content)
    }
}
