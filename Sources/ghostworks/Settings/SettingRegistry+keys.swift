/// The settings `keys.…` and `tokens.…`.
extension SettingRegistry {
    static let signingKey = Setting(
        name: "keys.signing",
        summary: "Key that signs access tokens (Ed25519, PEM)",
        example: "file:/etc/ghostworks/signing.pem",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).signing.reference },
        parse: SettingParser.secret
    )
    static let contextKey = Setting(
        name: "keys.context",
        summary: "Key that signs what a statement may see",
        example: "file:/etc/ghostworks/context.key",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).context.reference },
        parse: SettingParser.secret
    )
    static let pepper = Setting(
        name: "keys.pepper",
        summary: "Key that goes into every password hash; lines `p2:secret` for several",
        example: "env:GHOSTWORKS_PEPPER",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).pepper.reference },
        parse: SettingParser.secret
    )
    static let sealingKey = Setting(
        name: "keys.sealing",
        summary: "Keys that seal stored secrets, one line `id:hex` each, the current one first",
        example: "file:/etc/ghostworks/sealing.key",
        standard: { KeyFiles(dataDirectory: $0.dataDirectory).sealing.reference },
        parse: SettingParser.secret
    )
    static let rotationDays = Setting(
        name: "keys.rotation_days",
        summary: "How old a key becomes before `serve` rotates it; 0: never",
        example: "30",
        standard: { _ in "30" },
        parse: SettingParser.number(0...3_650)
    )
    static let issuer = Setting(
        name: "tokens.issuer",
        summary: "Who issues access tokens (`iss`)",
        example: "https://ghostworks.example.org",
        standard: { _ in "ghostworks" },
        parse: SettingParser.text
    )
    static let audience = Setting(
        name: "tokens.audience",
        summary: "For whom access tokens are (`aud`)",
        example: "ghostworks-api",
        standard: { _ in "ghostworks-api" },
        parse: SettingParser.text
    )
}
