package import OpenID
import Sealing
package import Support

extension Provider {
    /// A test's issuer as a provider of this installation.
    package static func test(
        _ issuer: TestIssuer,
        name: String = "test",
        registers: Bool = true,
        links: Bool = false,
        returnOrigins: [String] = ["https://app.test"]
    ) -> Provider {
        Provider(
            name: name,
            client: .init(
                id: TestIssuer.client,
                secret: SecretBytes(copying: Array(TestIssuer.secret.utf8)),
                scopes: ["openid", "email"],
                redirectURI: "https://gw.test/api/v1/auth/oidc/\(name)/callback"
            ),
            source: .init(issuer: issuer.url, allowsLoopback: true),
            policy: .init(
                registers: registers,
                linksVerifiedMail: links,
                returnOrigins: returnOrigins
            )
        )
    }
}
