import FoundationEssentials
import Sealing

/// A token in three parts (RFC 7515, section 7.1), read and not yet believed.
package struct CompactToken: Sendable {
    /// No issuer needs more.
    package static let longest = 16_384

    let algorithm: TokenAlgorithm
    let kid: String?
    let type: String?
    /// What the signature is over.
    let message: [UInt8]
    let payload: [UInt8]
    let signature: [UInt8]

    /// Reads a token; the header may not choose what the issuer's settings do not allow.
    ///
    /// - Throws: ``TokenProblem`` for one that is malformed, or whose header asks for another
    ///   algorithm, for a key of its own, or for extensions.
    package init(
        _ text: String,
        allowing algorithms: Set<TokenAlgorithm>
    ) throws(TokenProblem) {
        guard text.utf8.count <= Self.longest else { throw .malformed }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(bytes))
        else { throw .malformed }
        guard header.names.isDisjoint(with: Self.refused) else { throw .header }
        guard let algorithm = TokenAlgorithm(rawValue: header.alg), algorithms.contains(algorithm)
        else { throw .algorithm }
        self.algorithm = algorithm
        self.payload = payload
        self.signature = signature
        kid = header.kid
        type = header.typ
        message = Array((parts[0] + "." + parts[1]).utf8)
    }

    /// Members by which a token would bring its own key, or rules that nobody here knows.
    private static let refused: Set<String> = ["crit", "jku", "jwk", "x5u"]

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let typ: String?
        let names: Set<String>

        private struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Name.self)
            names = Set(members.allKeys.map(\.stringValue))
            alg = try members.decode(String.self, forKey: Name(stringValue: "alg"))
            kid = try members.decodeIfPresent(String.self, forKey: Name(stringValue: "kid"))
            typ = try members.decodeIfPresent(String.self, forKey: Name(stringValue: "typ"))
        }
    }
}

/// Why a token was not believed.
package enum TokenProblem: Error, Hashable, Sendable {
    case malformed
    case header
    case algorithm
    case signature
    case type
    case claims
    case issuer
    case audience
    case expired
    case early
    case nonce

    /// For whoever builds a front end: which rule it was, and nothing of the token.
    package var sentence: String {
        switch self {
        case .malformed: "It is not a signed token in three parts."
        case .header: "Its header has a member that is refused."
        case .algorithm: "Its algorithm is not allowed for this issuer."
        case .signature: "Its signature does not match any key of the issuer."
        case .type: "It is a token for another purpose."
        case .claims: "A claim is missing or of the wrong kind."
        case .issuer: "It is of another issuer."
        case .audience: "It was issued for another client."
        case .expired: "It has expired."
        case .early: "It is not valid yet."
        case .nonce: "It does not belong to this sign-in."
        }
    }
}
