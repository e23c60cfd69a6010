import OpenID
import Sealing

/// The settings of one provider.
struct ProviderFields: Sendable {
    static let prefix = "identity.providers."
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    private func setting<Value>(
        _ field: String,
        _ summary: String,
        example: String,
        standard: String = "",
        parse: @escaping SettingParser.Parse<Value>
    ) -> Setting<Value> {
        Setting(
            name: Self.prefix + name + "." + field,
            summary: summary,
            example: example,
            standard: { _ in standard },
            parse: parse
        )
    }

    var issuer: Setting<String> {
        setting(
            "issuer",
            "Who issues the tokens, exactly as `iss` says it",
            example: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123",
            parse: SettingParser.text
        )
    }
    var keysURL: Setting<String?> {
        setting(
            "keys_url",
            "Where its keys are; by its discovery document when not set",
            example: "https://idp.example.org/keys",
            parse: { text throws(SettingRule) in text.isEmpty ? nil : text }
        )
    }
    var algorithms: Setting<Set<TokenAlgorithm>> {
        setting(
            "algorithms",
            "The signatures that are accepted",
            example: "RS256 ES256",
            standard: "RS256 ES256 EdDSA",
            parse: ProviderParser.algorithms
        )
    }
    var clientID: Setting<String> {
        setting(
            "client_id",
            "What the issuer calls this installation",
            example: "ghostworks",
            parse: SettingParser.text
        )
    }
    var clientSecret: Setting<SecretReference?> {
        setting(
            "client_secret",
            "The client's secret; a public client has none",
            example: "env:IDP_CLIENT_SECRET",
            parse: { text throws(SettingRule) in
                text.isEmpty ? nil : try SettingParser.secret(text)
            }
        )
    }
    var scopes: Setting<[String]> {
        setting(
            "scopes",
            "What is asked of the issuer",
            example: "openid email",
            standard: "openid email profile",
            parse: ProviderParser.scopes
        )
    }
    var redirectURI: Setting<String> {
        setting(
            "redirect_uri",
            "The callback, as it is registered with the issuer",
            example: "https://gw.example.org/api/v1/auth/oidc/\(name)/callback",
            parse: ProviderParser.address
        )
    }
    var registers: Setting<Bool> {
        setting(
            "registers",
            "Whether people who are new here get an account",
            example: "true",
            standard: "false",
            parse: ProviderParser.flag
        )
    }
    var linksVerifiedMail: Setting<Bool> {
        setting(
            "links_verified_mail",
            "Whether a mail address that the issuer has verified opens the account that has it",
            example: "true",
            standard: "false",
            parse: ProviderParser.flag
        )
    }
    var returnOrigins: Setting<[String]> {
        setting(
            "return_origins",
            "Origins that a browser may be sent back to",
            example: "https://app.example.org",
            parse: ProviderParser.origins
        )
    }
    var allowsLoopback: Setting<Bool> {
        setting(
            "insecure_loopback",
            "Plain HTTP to an issuer on this machine, for trials",
            example: "false",
            standard: "false",
            parse: ProviderParser.flag
        )
    }

    var all: [any SettingDescription] {
        [
            issuer, keysURL, algorithms, clientID, clientSecret, scopes, redirectURI, registers,
            linksVerifiedMail, returnOrigins, allowsLoopback,
        ]
    }
}
