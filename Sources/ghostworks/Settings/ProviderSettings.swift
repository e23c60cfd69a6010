import Foundation
import OpenID
import Sealing

// DESIGN
// 1. Providers are named by the settings themselves: `identity.providers.NAME.FIELD`. A name is
//    of small letters and digits, so that it can stand in a variable without doubt.
// 2. Each field is a setting like any other: it has a place, a rule and an example.

/// A provider of identities, as it was read; the client's secret is still a reference.
struct ProviderSettings: Sendable {
    let name: String
    let issuer: String
    let keysURL: String?
    let algorithms: Set<TokenAlgorithm>
    let clientID: String
    let clientSecret: SecretReference?
    let scopes: [String]
    let redirectURI: String
    let registers: Bool
    let linksVerifiedMail: Bool
    let returnOrigins: [String]
    let allowsLoopback: Bool

    /// The provider with its secret fetched.
    func provider() throws -> Provider {
        let fields = ProviderFields(name)
        let secret: SecretBytes?
        do throws(SealingError) {
            secret = try clientSecret?.resolve()
        } catch {
            throw SettingProblem("Setting \(fields.clientSecret.name): \(error).")
        }
        return Provider(
            name: name,
            client: .init(
                id: clientID,
                secret: secret,
                scopes: scopes,
                redirectURI: redirectURI
            ),
            source: .init(
                issuer: issuer,
                keysURL: keysURL,
                algorithms: algorithms,
                allowsLoopback: allowsLoopback
            ),
            policy: .init(
                registers: registers,
                linksVerifiedMail: linksVerifiedMail,
                returnOrigins: returnOrigins
            )
        )
    }
}

/// The settings of one provider.
struct ProviderFields: Sendable {
    static let prefix = "identity.providers."
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    /// The provider and the field of a setting's name; nil for another setting.
    static func parts(of setting: String) -> (name: String, field: String)? {
        guard setting.hasPrefix(prefix) else { return nil }
        let parts = setting.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    /// The provider and the field of a variable's name; nil for another variable.
    static func parts(ofVariable variable: String) -> (name: String, field: String)? {
        let start = "GHOSTWORKS_IDENTITY_PROVIDERS_"
        guard variable.hasPrefix(start) else { return nil }
        let parts = variable.dropFirst(start.count).lowercased()
            .split(separator: "_", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    static func isName(_ name: String) -> Bool {
        name.wholeMatch(of: #/[a-z][a-z0-9]{0,31}/#) != nil
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

/// The rules of providers' values.
enum ProviderParser {
    static let flag: SettingParser.Parse<Bool> = { text throws(SettingRule) in
        switch text {
        case "true": return true
        case "false": return false
        default: throw SettingRule("must be true or false; got '\(text)'")
        }
    }

    static let algorithms: SettingParser.Parse<Set<TokenAlgorithm>> = { text throws(SettingRule) in
        var found: Set<TokenAlgorithm> = []
        for word in words(text) {
            guard let algorithm = TokenAlgorithm(rawValue: word) else {
                let known = TokenAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                throw SettingRule("must be some of \(known); got '\(word)'")
            }
            found.insert(algorithm)
        }
        guard !found.isEmpty else { throw SettingRule("must name an algorithm") }
        return found
    }

    static let scopes: SettingParser.Parse<[String]> = { text throws(SettingRule) in
        let scopes = words(text)
        guard scopes.contains("openid") else {
            throw SettingRule("must contain openid; got '\(text)'")
        }
        return scopes
    }

    static let address: SettingParser.Parse<String> = { text throws(SettingRule) in
        guard EndpointRule(allowsLoopback: true).allows(text) else {
            throw SettingRule("must be an https:// URL; got '\(text)'")
        }
        return text
    }

    static let origins: SettingParser.Parse<[String]> = { text throws(SettingRule) in
        for origin in words(text) {
            let host = origin.firstRange(of: "://").map { origin[$0.upperBound...] } ?? ""
            guard EndpointRule(allowsLoopback: true).allows(origin), !host.contains("/"),
                !host.contains("?"), origin == origin.lowercased()
            else {
                throw SettingRule(
                    "must be origins such as https://app.example.org; got '\(origin)'"
                )
            }
        }
        return words(text)
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "," }.map(String.init)
    }
}

extension ProviderSettings {
    /// Reads one provider.
    init(_ name: String, _ reader: inout SettingsReader) throws {
        let fields = ProviderFields(name)
        self.name = name
        issuer = try reader.value(fields.issuer)
        keysURL = try reader.value(fields.keysURL)
        algorithms = try reader.value(fields.algorithms)
        clientID = try reader.value(fields.clientID)
        clientSecret = try reader.value(fields.clientSecret)
        scopes = try reader.value(fields.scopes)
        redirectURI = try reader.value(fields.redirectURI)
        registers = try reader.value(fields.registers)
        linksVerifiedMail = try reader.value(fields.linksVerifiedMail)
        returnOrigins = try reader.value(fields.returnOrigins)
        allowsLoopback = try reader.value(fields.allowsLoopback)
        // Whether plain HTTP will do depends on another setting: checked once both are known.
        let rule = EndpointRule(allowsLoopback: allowsLoopback)
        for (field, value) in [(fields.issuer.name, issuer), (fields.keysURL.name, keysURL ?? "")]
        where !value.isEmpty && !rule.allows(value) {
            throw SettingProblem(
                "Setting \(field) must be an https:// URL; got '\(value)'.",
                hint: "For example: \(fields.issuer.example)"
            )
        }
    }
}
