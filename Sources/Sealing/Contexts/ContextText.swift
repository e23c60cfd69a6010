internal import FoundationEssentials

/// Writes and reads the signed part of a context, without its MAC.
enum ContextText {
    static let maximumLength = 512

    static let wrongForm = SealingError.malformed(
        rule: "a context must have the form "
            + "'v1.kid.kind.tenant.user.support_session.mode.expiry.mac'"
    )

    private static let dot = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")

    static func encode(_ claims: ContextClaims, kid: String, expiresAt: Int64) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(256)
        text.append(contentsOf: "v1.".utf8)
        text.append(contentsOf: kid.utf8)
        text.append(dot)
        append(claims.kind, to: &text)
        append(claims.tenant, to: &text)
        append(claims.user, to: &text)
        append(claims.supportSession, to: &text)
        text.append(dot)
        text.append(contentsOf: claims.mode.rawValue.utf8)
        text.append(dot)
        text.append(contentsOf: String(max(0, expiresAt)).utf8)
        return text
    }

    /// The second field, when the text starts as a context does.
    static func kid(of text: ArraySlice<UInt8>) throws(SealingError) -> String {
        let fields = text.split(separator: dot, maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].elementsEqual("v1".utf8), fields[1].count == 8,
            Hex.decode(fields[1]) != nil
        else { throw wrongForm }
        return String(decoding: fields[1], as: UTF8.self)
    }

    static func decode(
        _ text: ArraySlice<UInt8>
    ) throws(SealingError) -> (claims: ContextClaims, expiresAt: Int64) {
        let fields = text.split(separator: dot, omittingEmptySubsequences: false)
        guard fields.count == 8,
            let mode = ContextClaims.Mode(rawValue: String(decoding: fields[6], as: UTF8.self))
        else { throw wrongForm }
        let claims = try ContextClaims(
            kind: kind(fields[2]),
            tenant: id(fields[3]),
            user: id(fields[4]),
            supportSession: id(fields[5]),
            mode: mode
        )
        guard claims.kind != .tenant || claims.tenant != nil else {
            throw .malformed(rule: "a context of the kind 'tenant' must name a tenant")
        }
        return (claims, try seconds(fields[7]))
    }

    private static func append(_ kind: ContextClaims.Kind, to text: inout [UInt8]) {
        switch kind {
        case .tenant: text.append(contentsOf: "tenant".utf8)
        case .platform: text.append(contentsOf: "platform".utf8)
        case .system(let reason):
            text.append(contentsOf: "system-".utf8)
            text.append(contentsOf: reason.text.utf8)
        }
    }

    private static func append(_ id: UUID?, to text: inout [UInt8]) {
        text.append(dot)
        guard let id else { return text.append(hyphen) }
        withUnsafeBytes(of: id.uuid) { bytes in
            for (index, byte) in bytes.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 { text.append(hyphen) }
                Hex.append(byte, to: &text)
            }
        }
    }

    private static func kind(_ field: ArraySlice<UInt8>) throws(SealingError) -> ContextClaims.Kind
    {
        if field.elementsEqual("tenant".utf8) { return .tenant }
        if field.elementsEqual("platform".utf8) { return .platform }
        let reason = field.dropFirst(7)
        guard field.starts(with: "system-".utf8), !reason.isEmpty,
            reason.allSatisfy(ContextReason.isAllowed)
        else { throw wrongForm }
        return .system(reason: ContextReason(String(decoding: reason, as: UTF8.self)))
    }

    private static func id(_ field: ArraySlice<UInt8>) throws(SealingError) -> UUID? {
        if field.elementsEqual([hyphen]) { return nil }
        guard field.count == 36 else { throw wrongForm }
        let start = field.startIndex
        guard [8, 13, 18, 23].allSatisfy({ field[start + $0] == hyphen }),
            let bytes = Hex.decode(field.lazy.filter { $0 != hyphen }), bytes.count == 16
        else { throw wrongForm }
        var id: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &id) { $0.copyBytes(from: bytes) }
        return UUID(uuid: id)
    }

    /// Decimal digits without sign or leading zero.
    private static func seconds(_ field: ArraySlice<UInt8>) throws(SealingError) -> Int64 {
        let text = String(decoding: field, as: UTF8.self)
        guard let seconds = Int64(text), seconds >= 0, String(seconds) == text else {
            throw wrongForm
        }
        return seconds
    }
}
