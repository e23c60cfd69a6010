import Domain
package import Sealing
import Storage

/// Writes into the register which keys are in use now; safe to repeat.
package struct RegisterKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(
        signing: SigningKeys,
        context: ContextKeys,
        sealing: KeyRing,
        places: KeyPlaces
    ) async throws {
        let register = KeyRegister(places: places)
        let statements = try [
            KeyMaterial.signing(signing), .context(context), .sealing(sealing),
        ].flatMap(register.statements)
        try await environment.database.system(reason: .setup) { scope in
            _ = try scope.last([InstalledKeyStore.lock] + statements)
        }
    }
}

/// What the database is told of keys.
struct KeyRegister: Sendable {
    let places: KeyPlaces

    func statements(_ material: KeyMaterial) throws -> [Statement] {
        let kids = material.kids
        switch material {
        case .signing(let keys):
            let published = keys.all.map { key in
                InstalledKeyStore.publish(
                    key.kid,
                    publicKey: key.publicKey.rawBytes,
                    reference: places.signing.description
                )
            }
            return published + [InstalledKeyStore.endPublication(except: kids)]
                + InstalledKeyStore.register(.signing, kids)
        case .context: return InstalledKeyStore.register(.context, kids)
        case .sealing(let ring):
            let proof = try Self.proof(by: Sealer(keys: ring), kid: ring.current.kid)
            return InstalledKeyStore.register(.sealing, kids, proof: proof)
        }
    }

    /// Something that only this key opens.
    static func proof(by sealer: Sealer, kid: String) throws -> [UInt8] {
        try sealer.seal(SecretBytes(copying: Array(kid.utf8)), context: place(kid)).bytes
    }

    static func place(_ kid: String) -> SealingContext { ["installed_keys", "proof", kid] }
}

/// Refuses to go on with a sealing key that does not open what the database holds.
package struct CheckSealingKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `unavailable`, with the names of the keys that are missing or wrong.
    package func callAsFunction() async throws {
        let access = Access(
            context: AccessContext(kind: .system(.setup), mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let rows = try await environment.database.fetch(access, InstalledKeyStore.proofs).rows
        let wrong = try rows.map(InstalledKeyStore.proof).filter { !opens($0.proof, of: $0.kid) }
        guard wrong.isEmpty else {
            let names = wrong.map(\.kid).joined(separator: ", ")
            throw DomainError(
                .unavailable,
                .unavailable,
                "The sealing keys do not open what this database holds: \(names) is missing or "
                    + "another key.",
                hint: "Use the keys that the database was set up with (setting keys.sealing)."
            )
        }
    }

    private func opens(_ proof: [UInt8], of kid: String) -> Bool {
        do {
            let opened = try environment.sealer.open(
                Sealed(parsing: proof),
                context: KeyRegister.place(kid)
            )
            return opened.withUnsafeBytes { Array($0) } == Array(kid.utf8)
        } catch {
            return false
        }
    }
}
