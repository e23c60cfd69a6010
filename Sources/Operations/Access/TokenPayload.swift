import JWTKit

/// The claims of an access token, as they travel.
struct TokenPayload: JWTPayload {
    let iss: String
    let sub: String
    let aud: String
    let sid: String
    let jti: String
    let ver: Int
    let tenantID: String?
    let role: String?
    let email: String
    let iat: Int64
    let nbf: Int64
    let exp: Int64

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, sid, jti, ver
        case tenantID = "tenant_id"
        case role, email, iat, nbf, exp
    }

    /// `TokenIssuer` checks the claims, by its own clock.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
