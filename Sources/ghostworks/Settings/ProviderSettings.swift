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
