import Domain
import Sealing
import Testing

@testable import OpenID

/// The examples of the specifications.
struct VectorTests {
    /// RFC 7515, appendix A.2.
    private static let rsaKey = """
        {"kty":"RSA","kid":"a2","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx\
        HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wG\
        zjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxv\
        b3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWy\
        uXpoQ","e":"AQAB"}
        """
    private static let rsaToken = """
        eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt\
        cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh\
        7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75\
        vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7n\
        oOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
        """
    /// RFC 7515, appendix A.3.
    private static let ecKey = """
        {"kty":"EC","crv":"P-256","kid":"a3","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """
    private static let ecToken = """
        eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt\
        cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlS\
        ApmWQxfKTUJqPP3-Kg6NU1Q
        """
    /// RFC 8037, appendix A.4.
    private static let edKey = """
        {"kty":"OKP","crv":"Ed25519","kid":"a4",\
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
        """
    private static let edToken = """
        eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7\
        -09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg
        """

    private static func set(_ keys: String...) throws -> KeySet {
        try KeySet(parsing: Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8))
    }

    @Test(arguments: [
        (rsaKey, rsaToken, TokenAlgorithm.rs256), (ecKey, ecToken, .es256),
        (edKey, edToken, .edDSA),
    ])
    func `signatures of the specifications are good, and no other`(
        key: String,
        text: String,
        algorithm: TokenAlgorithm
    ) async throws {
        let token = try CompactToken(text, allowing: [algorithm])
        let found = try Self.set(key).candidates(kid: nil, algorithm: algorithm)
        let verifier = try #require(found.first)
        #expect(
            await verifier.verifies(token.signature, of: token.message, as: algorithm)
        )
        var changed = token.message
        changed[changed.count - 1] ^= 1
        #expect(await !verifier.verifies(token.signature, of: changed, as: algorithm))
        var signature = token.signature
        signature[0] ^= 1
        #expect(await !verifier.verifies(signature, of: token.message, as: algorithm))
        #expect(await !verifier.verifies([], of: token.message, as: algorithm))
        for other in TokenAlgorithm.allCases where other != algorithm {
            #expect(await !verifier.verifies(token.signature, of: token.message, as: other))
        }
    }

    /// RFC 7636, appendix B.
    @Test func `the proof key's challenge is that of the specification`() {
        let key = ProofKey(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(key.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(ProofKey().verifier.count == 43)
        #expect(ProofKey() != ProofKey())
    }

    /// RFC 7515, appendices A.1 and A.5, and what attackers make of them.
    @Test(arguments: [
        #"{"typ":"JWT","alg":"HS256"}"#, #"{"alg":"none"}"#, #"{"alg":"None"}"#,
        #"{"alg":"HS512","kid":"a2"}"#, #"{"alg":"RS384"}"#, #"{"alg":""}"#,
    ])
    func `an algorithm that is not allowed is refused before any key is looked at`(
        header: String
    ) {
        let text = "\(Base64URL.encode(Array(header.utf8))).e30."
        #expect(throws: TokenProblem.algorithm) {
            try CompactToken(text, allowing: TokenAlgorithm.usual)
        }
    }

    @Test(arguments: [
        #"{"alg":"RS256","crit":["exp"],"exp":1}"#, #"{"alg":"RS256","jku":"https://x.test/k"}"#,
        #"{"alg":"RS256","x5u":"https://x.test/c"}"#, #"{"alg":"ES256","jwk":{"kty":"EC"}}"#,
        #"{"alg":"RS256","crit":null}"#,
    ])
    func `a header that brings keys or rules of its own is refused`(header: String) {
        let text = "\(Base64URL.encode(Array(header.utf8))).e30.AAAA"
        #expect(throws: TokenProblem.header) {
            try CompactToken(text, allowing: TokenAlgorithm.usual)
        }
    }

    @Test(arguments: [
        "", ".", "..", "a.b", "a.b.c.d", "eyJhbGciOiJSUzI1NiJ9.e30=.AAAA", "!.e30.AAAA",
        "W10.e30.AAAA", "eyJhbGciOiI1In0.e30.A", "eyJhbGciOjV9.e30.AAAA",
        String(repeating: "a", count: 20_000),
    ])
    func `what is no token is refused`(text: String) {
        #expect(throws: TokenProblem.malformed) {
            try CompactToken(text, allowing: TokenAlgorithm.usual)
        }
    }

    @Test(arguments: [
        // 1,024 bits; an exponent of one; a key to encrypt with; a secret; another curve.
        #"{"kty":"RSA","e":"AQAB","n":"\#(Base64URL.encode([UInt8](repeating: 0xC1, count: 128)))"}"#,
        rsaKey.replacing("AQAB", with: "AQ"),
        rsaKey.replacing(#""kid""#, with: #""use":"enc","kid""#),
        ecKey.replacing(#""kid""#, with: #""key_ops":["sign"],"kid""#),
        #"{"kty":"oct","k":"AAAA"}"#, ecKey.replacing("P-256", with: "secp256k1"),
        ecKey.replacing("f83O", with: "f83P"), edKey.replacing("11qY", with: "1"),
        #"{"kty":"RSA"}"#, #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#,
    ])
    func `a key that is weak, broken or for something else is left out`(key: String) throws {
        let set = try Self.set(key, Self.edKey)
        #expect(set.keys.map(\.kid) == ["a4"])
    }

    @Test func `a key set has its bounds`() throws {
        let keys = [String](repeating: Self.edKey, count: 20)
        let full = try KeySet(parsing: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8))
        #expect(full.keys.count == 20)
        #expect(full.candidates(kid: nil, algorithm: .edDSA).isEmpty)
        for text in [
            #"{"keys":[\#((keys + [Self.edKey]).joined(separator: ","))]}"#,
            #"{"keys":[]}"# + String(repeating: " ", count: 65_536), "{}", "[]", "",
            #"{"keys":{}}"#, #"{"keys":[1]}"#,
        ] {
            #expect(throws: DomainError.self) { try KeySet(parsing: Array(text.utf8)) }
        }
    }

    @Test func `a token's header only selects among the issuer's keys`() throws {
        let set = try Self.set(Self.rsaKey, Self.ecKey, Self.edKey)
        #expect(set.candidates(kid: "a3", algorithm: .es256).map(\.kid) == ["a3"])
        #expect(set.candidates(kid: "a3", algorithm: .rs256).isEmpty)
        #expect(set.candidates(kid: "nobody's", algorithm: .rs256).isEmpty)
        #expect(set.candidates(kid: nil, algorithm: .rs256).map(\.kid) == ["a2"])
    }
}
