import Inference
import Sealing

// DESIGN
// 1. Providers of models are named by the settings themselves: `ai.providers.NAME.FIELD`. A name
//    is that of a row of `ai_providers`, of small letters and digits.
// 2. `offline` is built in and always there: no settings may take its name.

/// The providers of models, as they were read.
struct AISettings: Sendable {
    let providers: [ModelProviderSettings]
    /// How old calls become; 0: they stay.
    let callDays: Int
}

extension AISettings {
    init(_ reader: inout SettingsReader) throws {
        callDays = try reader.value(SettingRegistry.callDays)
        providers = try reader.modelProviders.map { try ModelProviderSettings($0, &reader) }
    }
}

/// A provider of models, as it was read; its key is still a reference.
struct ModelProviderSettings: Sendable {
    let name: String
    let kind: ModelProviderKind
    let address: ProviderAddress
    let key: SecretReference?
    let streams: Bool
    let limitField: String
    let patience: Patience

    /// The provider with its key fetched.
    func provider() throws -> ModelProvider {
        let configuration = ModelProvider.Configuration(
            id: name,
            address: address,
            key: try key.map(fetched),
            streams: streams,
            limitField: limitField,
            patience: patience
        )
        return switch kind {
        case .openai, .compatible: .openAI(configuration)
        case .anthropic: .anthropic(configuration)
        }
    }

    /// The key; what it is does not stand in the error.
    private func fetched(_ reference: SecretReference) throws -> ProviderKey {
        let setting = ModelProviderFields(name).key.name
        let secret: String
        do throws(SealingError) {
            secret = try reference.resolve()
                .withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw SettingProblem("Setting \(setting) (\(reference)): \(error).")
        }
        guard let key = ProviderKey(secret, label: "\(reference)") else {
            throw SettingProblem(
                "Setting \(setting): the secret \(reference) must be one word of ASCII."
            )
        }
        return key
    }
}

extension ModelProviderSettings {
    /// Reads one provider.
    init(_ name: String, _ reader: inout SettingsReader) throws {
        let fields = ModelProviderFields(name)
        guard name != "offline" else {
            throw SettingProblem(
                "The provider offline is built in and has no settings; "
                    + "got \(ModelProviderFields.prefix)offline."
            )
        }
        self.name = name
        kind = try reader.value(fields.kind)
        let url = try reader.value(fields.url)
        key = try reader.value(fields.key)
        streams = try reader.value(fields.streams)
        limitField = try reader.value(fields.limitField) ?? kind.limitField
        let allowsPlain = try reader.value(fields.allowsPlain)
        patience = Patience(
            connect: try reader.value(fields.connectTimeout),
            firstByte: try reader.value(fields.firstByteTimeout),
            idle: try reader.value(fields.idleTimeout)
        )
        address = try Self.address(url ?? kind.standardURL, fields, allowsPlain: allowsPlain)
        guard key != nil || url != nil else {
            throw SettingProblem(
                "Setting \(fields.key.name) is needed for the kind \(kind.rawValue).",
                hint: "For example: \(fields.key.example)"
            )
        }
    }

    /// Whether plain HTTP will do depends on another setting: checked once both are known.
    private static func address(
        _ url: String?,
        _ fields: ModelProviderFields,
        allowsPlain: Bool
    ) throws -> ProviderAddress {
        guard let url else {
            throw SettingProblem(
                "Setting \(fields.url.name) is needed for the kind compatible.",
                hint: "For example: \(fields.url.example)"
            )
        }
        guard let address = ProviderAddress(url, allowsPlain: allowsPlain) else {
            // The text may hold a key by mistake: it is not repeated.
            throw SettingProblem(
                "Setting \(fields.url.name) must be an https:// URL without a password, "
                    + "a query or a fragment.",
                hint: "For example: \(fields.url.example); plain http:// works for this machine, "
                    + "and elsewhere with \(fields.allowsPlain.name)."
            )
        }
        return address
    }
}
