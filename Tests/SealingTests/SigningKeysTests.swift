import Synchronization
import Testing

@testable import Sealing

/// The file of signing keys, and keys that change under those who use them.
@Suite struct SigningKeysTests {
    @Test func `a file of one key and one of two come back as they were`() throws {
        let one = SigningKeys(current: try .generate())
        #expect(try SigningKeys(parsing: one.encoded()).all.map(\.kid) == one.all.map(\.kid))
        let two = try one.rotated()
        let read = try SigningKeys(parsing: two.encoded())
        #expect(read.all.map(\.kid) == two.all.map(\.kid))
        #expect(read.previous?.kid == one.current.kid)
        #expect(try read.current.seed().exposed == two.current.seed().exposed)
    }

    @Test func `a rotation keeps one older key`() throws {
        let first = SigningKeys(current: try .generate())
        let third = try first.rotated().rotated()
        #expect(third.all.count == 2)
        #expect(!third.all.map(\.kid).contains(first.current.kid))
    }

    @Test func `none, three, the same twice and damaged keys are refused`() throws {
        let keys = try (0..<3).map { _ in try SigningKey.generate() }
        let pems = try keys.map { text(try $0.pem()) }
        let bad = [
            "", "nonsense", pems.joined(), pems[0] + pems[0],
            pems[0] + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        ]
        for content in bad {
            #expect(throws: SealingError.self) { try SigningKeys(parsing: SecretBytes(content)) }
        }
        #expect(try SigningKeys(parsing: SecretBytes(pems[0] + "\n" + pems[1])).all.count == 2)
    }

    @Test func `every copy of a sealer and a signer goes on with the new keys`() throws {
        let ring = try KeyRing(current: .generate())
        let sealer = Sealer(keys: ring)
        let copy = sealer
        let old = try sealer.seal(SecretBytes("v"), context: ["t"])
        let next = try ring.rotated()
        sealer.use(next)
        #expect(copy.currentKid == next.current.kid)
        #expect(copy.needsResealing(old))
        #expect(text(try copy.open(old, context: ["t"])) == "v")
        let keys = ContextKeys(current: .generate())
        let signer = ContextSigner(keys: keys)
        let other = signer
        signer.use(keys.rotated())
        #expect(other.kid == signer.kid && other.kid != keys.current.kid)
    }

    @Test func `an unknown key has the keys looked at again, and only then refused`() throws {
        let ring = try KeyRing(current: .generate())
        let newer = try ring.rotated()
        let asked = Mutex(0)
        let sealer = Sealer(keys: ring) { sealer in
            asked.withLock { $0 += 1 }
            sealer.use(newer)
        }
        let elsewhere = Sealer(keys: newer)
        _ = try sealer.open(try sealer.seal(SecretBytes("a"), context: []), context: [])
        #expect(asked.withLock { $0 } == 0)
        let sealed = try elsewhere.seal(SecretBytes("b"), context: [])
        for _ in 0..<3 { #expect(text(try sealer.open(sealed, context: [])) == "b") }
        #expect(asked.withLock { $0 } == 1)
        let stranger = try Sealer(keys: KeyRing(current: .generate()))
            .seal(SecretBytes("c"), context: [])
        #expect(throws: SealingError.self) { try sealer.open(stranger, context: []) }
    }

    @Test func `a reference tells when its file was replaced`() throws {
        let folder = try Folder()
        let reference = SecretReference.file(path: "\(folder.path)/key")
        #expect(reference.stamp == nil)
        let file = KeyFile(path: "\(folder.path)/key")
        try file.replace(with: SecretBytes("one"))
        let first = reference.stamp
        #expect(first != nil && reference.stamp == first)
        try file.replace(with: SecretBytes("two"))
        #expect(reference.stamp != first)
        #expect(SecretReference.environment(name: "PATH").stamp == nil)
    }
}
