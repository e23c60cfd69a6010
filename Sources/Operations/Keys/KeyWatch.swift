package import Domain
package import Sealing
import Synchronization

// DESIGN
//
// 1. What is noted is the file whose keys are in use, and only once they are: whoever comes while
//    they are taken into use looks at the file as well, and is not told that nothing is new.
// 2. Who has used what a file held looks whether it still holds that: so of two who read an older
//    and a newer file, the newer one's keys are used in the end, whoever comes last.

/// Notices when key files were replaced.
package final class KeyWatch: Sendable {
    private let places: [KeyKind: SecretReference]
    private let stamps: Mutex<[KeyKind: String]>

    /// - Parameter places: Where the keys are that are in use.
    package init(_ places: [KeyKind: SecretReference]) {
        self.places = places
        stamps = Mutex(places.compactMapValues(\.stamp))
    }

    /// Whether the file is another one than that whose keys are in use.
    package func isNew(_ kind: KeyKind) -> Bool {
        guard let stamp = places[kind]?.stamp else { return false }
        return stamps.withLock { $0[kind] } != stamp
    }

    /// What a file held at one moment.
    package struct Look: Sendable {
        package let content: SecretBytes
        fileprivate let stamp: String?
    }

    /// Reads a file, so that its keys can be used and noted.
    ///
    /// - Throws: `SealingError`, when it cannot be read.
    package func look(_ kind: KeyKind) throws -> Look {
        guard let place = places[kind] else {
            throw SealingError.malformed(rule: "a key must have a place")
        }
        // Before the content: a file that is replaced in between counts as new.
        let stamp = place.stamp
        return Look(content: try place.resolve(), stamp: stamp)
    }

    /// Notes that the keys of a look are in use.
    ///
    /// - Returns: Whether that is what the file holds still; else it is to be looked at again.
    package func note(_ look: Look, of kind: KeyKind) -> Bool {
        stamps.withLock { $0[kind] = look.stamp }
        return places[kind]?.stamp == look.stamp
    }
}

extension KeyWatch {
    /// Has an issuer use the signing keys, when their file was replaced.
    package func renew(_ tokens: TokenIssuer) async {
        guard isNew(.signing) else { return }
        // One that cannot be used now is looked at again with the next token.
        try? await adopt(.signing) { content in
            try await tokens.use(SigningKeys(parsing: content).all)
        }
    }

    /// Has a sealer use the sealing keys, when their file was replaced.
    package func renew(_ sealer: Sealer) {
        guard isNew(.sealing) else { return }
        repeat {
            guard let look = try? look(.sealing), let ring = try? KeyRing(parsing: look.content)
            else { return }
            sealer.use(ring)
            if note(look, of: .sealing) { return }
        } while true
    }

    /// Has the keys used that a file holds, also when others replace them meanwhile.
    package func adopt(
        _ kind: KeyKind,
        _ use: (SecretBytes) async throws -> Void
    ) async throws {
        var isNewest = false
        while !isNewest {
            let look = try look(kind)
            try await use(look.content)
            isNewest = note(look, of: kind)
        }
    }
}
