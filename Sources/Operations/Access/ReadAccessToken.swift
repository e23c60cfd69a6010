/// Checks a bearer token and says who bears it; asks no database.
package struct ReadAccessToken: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(_ bearer: String) async throws -> AccessTokenClaims {
        let claims = try await environment.tokens.read(bearer)
        environment.activity.note(claims.session)
        return claims
    }
}
