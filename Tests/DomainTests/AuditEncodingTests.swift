import FoundationEssentials
import Testing

@testable import Domain

@Suite struct AuditEncodingTests {
    @Test func `the payload is the label and the fields, length first`() throws {
        let event = AuditEvent.sample(seq: 1)
        let bytes = AuditEncoding.payload(of: event)
        var expected = Array("gw.audit.v1".utf8)
        expected += [0, 0, 0, 16] + event.id.bytes
        expected += [0, 0, 0, 6] + Array("system".utf8)
        expected += Array(repeating: [255, 255, 255, 255], count: 4).joined()
        expected += [0, 0, 0, 3] + Array("a.b".utf8)
        expected += [0, 0, 0, 6] + Array("create".utf8)
        expected += [0, 0, 0, 1] + Array("a".utf8)
        expected += [0, 0, 0, 2] + Array("é".utf8)
        expected += [0, 0, 0, 7] + Array("success".utf8)
        expected += [255, 255, 255, 255]
        expected += [0, 0, 0, 2] + Array("{}".utf8)
        expected += [0, 0, 0, 32] + [UInt8](repeating: 0, count: 32)
        #expect(bytes == expected)
    }

    @Test func `the link is 97 bytes in a fixed order`() {
        let event = AuditEvent.sample(seq: 258)
        let previous = [UInt8](repeating: 7, count: 32)
        let payload = [UInt8](repeating: 9, count: 32)
        let bytes = AuditEncoding.link(of: event, previous: previous, payloadHash: payload)
        let expected =
            [1] + previous + [0, 0, 0, 0, 0, 0, 1, 2] + event.tenant.bytes
            + [0, 0, 0, 0, 0, 0, 3, 232] + payload
        #expect(bytes == expected)
        #expect(bytes.count == 97)
    }

    @Test func `an absent field and an empty one are different bytes`() {
        var absent = AuditEvent.sample(seq: 1)
        absent.entry.resourceID = nil
        var empty = absent
        empty.entry.resourceID = ""
        #expect(AuditEncoding.payload(of: absent) != AuditEncoding.payload(of: empty))
    }

    @Test func `text cannot move from one field to the next`() {
        var first = AuditEvent.sample(seq: 1)
        first.entry.action = "ab"
        first.entry.resourceType = "c"
        var second = first
        second.entry.action = "a"
        second.entry.resourceType = "bc"
        #expect(AuditEncoding.payload(of: first) != AuditEncoding.payload(of: second))
    }
}

@Suite struct ChainVerifierTests {
    @Test func `a chain that holds has no fault`() {
        let chain = Chain(count: 5)
        #expect(chain.verdict() == nil)
    }

    @Test func `an empty chain holds`() {
        #expect(Chain(count: 0).verdict() == nil)
    }

    @Test(
        arguments: [
            { (event: inout AuditEvent) in event.entry.action = "x.y" },
            { event in event.entry.changes = "{\"a\":1}" },
            { event in event.entry.outcome = .denied },
            { event in event.actor.kind = .user },
            { event in event.actor.id = UserID(UUID()) },
            { event in event.id = AuditEventID(UUID()) },
            { event in event.createdAt.microseconds += 1 },
            { event in event.tenant = TenantID(UUID()) },
            { event in event.links.hash[0] ^= 1 },
            { event in event.links.payloadHash[31] ^= 1 },
            { event in event.links.piiCommit = [UInt8](repeating: 1, count: 32) },
        ] as [@Sendable (inout AuditEvent) -> Void]
    )
    func `an edited event is named`(edit: @Sendable (inout AuditEvent) -> Void) {
        var chain = Chain(count: 5)
        edit(&chain.events[2])
        #expect(chain.verdict() == .init(seq: 3, kind: .edited))
    }

    @Test func `a missing event is named`() {
        var chain = Chain(count: 5)
        chain.events.remove(at: 2)
        #expect(chain.verdict() == .init(seq: 3, kind: .missing))
    }

    @Test func `a second event of one number is a fork`() {
        var chain = Chain(count: 5)
        chain.events.insert(chain.events[2], at: 3)
        #expect(chain.verdict() == .init(seq: 3, kind: .fork))
    }

    @Test func `an event before the first was inserted`() {
        var chain = Chain(count: 2)
        chain.events[0].seq = 0
        #expect(chain.verdict() == .init(seq: 0, kind: .inserted))
    }

    @Test func `a rebuilt middle does not link to what follows`() {
        var chain = Chain(count: 5)
        chain.events[1].entry.action = "forged.one"
        chain.seal(1, after: chain.events[0].links.hash)
        #expect(chain.verdict() == .init(seq: 3, kind: .brokenLink))
    }

    @Test func `swapped events do not link`() {
        var chain = Chain(count: 5)
        chain.events.swapAt(1, 2)
        chain.events[1].seq = 2
        chain.events[2].seq = 3
        #expect(chain.verdict() == .init(seq: 2, kind: .brokenLink))
    }

    @Test func `a cut tail differs from the head`() {
        var chain = Chain(count: 5)
        chain.events.removeLast(2)
        #expect(chain.verdict(headSeq: 5) == .init(seq: 4, kind: .truncated))
    }

    @Test func `events behind the head were inserted`() {
        #expect(Chain(count: 5).verdict(headSeq: 3) == .init(seq: 4, kind: .inserted))
    }

    @Test func `another head hash is a broken link`() {
        let head = [UInt8](repeating: 1, count: 32)
        #expect(Chain(count: 5).verdict(headHash: head) == .init(seq: 5, kind: .brokenLink))
    }

    @Test func `time that runs back is named even where the hashes hold`() {
        var chain = Chain(count: 3)
        chain.events[2].createdAt.microseconds = 0
        chain.seal(2, after: chain.events[1].links.hash)
        #expect(chain.verdict() == .init(seq: 3, kind: .timeRunsBack))
    }
}

/// A chain over a toy hash: what is tested is the following, not SHA-256.
private struct Chain {
    var events: [AuditEvent]

    init(count: Int) {
        events = (0..<count).map { AuditEvent.sample(seq: Int64($0 + 1)) }
        for index in events.indices {
            seal(index, after: index == 0 ? AuditEncoding.zeroHash : events[index - 1].links.hash)
        }
    }

    mutating func seal(_ index: Int, after previous: [UInt8]) {
        events[index].links.previousHash = previous
        let payload = Self.toyHash(AuditEncoding.payload(of: events[index]))
        events[index].links.payloadHash = payload
        events[index].links.hash = Self.toyHash(
            AuditEncoding.link(of: events[index], previous: previous, payloadHash: payload)
        )
    }

    func verdict(headSeq: Int64? = nil, headHash: [UInt8]? = nil) -> ChainVerdict.Fault? {
        var verifier = ChainVerifier()
        for event in events {
            if let fault = verifier.take(event, sha256: Self.toyHash) { return fault }
        }
        return verifier.finish(
            headSeq: headSeq ?? Int64(events.count),
            headHash: headHash ?? verifier.hash
        )
    }

    /// FNV-1a, 64 bits, four times over.
    static func toyHash(_ bytes: [UInt8]) -> [UInt8] {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (0..<32).map { UInt8(truncatingIfNeeded: state >> (8 * (UInt64($0) % 8))) }
    }
}

extension AuditEvent {
    fileprivate static func sample(seq: Int64) -> AuditEvent {
        AuditEvent(
            id: AuditEventID(UUID()),
            tenant: TenantID(UUID()),
            seq: seq,
            createdAt: Instant(microseconds: 1_000),
            actor: AuditActor(
                kind: .system,
                id: nil,
                actingID: nil,
                session: nil,
                supportSession: nil
            ),
            entry: AuditEntry(
                action: "a.b",
                operation: .create,
                resourceType: "a",
                resourceID: "é",
                requestID: nil
            ),
            links: AuditLinks(
                piiCommit: nil,
                payloadHash: [],
                previousHash: AuditEncoding.zeroHash,
                hash: []
            )
        )
    }
}

extension Identifier {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: uuid.uuid) { Array($0) } }
}
