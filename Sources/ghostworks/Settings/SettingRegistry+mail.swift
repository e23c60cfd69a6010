/// The settings `mail.…`.
extension SettingRegistry {
    static let mailTransport = Setting(
        name: "mail.transport",
        summary: "How mails leave: `file` writes them to a folder, `smtp` sends them",
        example: "smtp",
        standard: { _ in "file" },
        parse: SettingParser.mailTransport
    )
    static let mailFolder = Setting(
        name: "mail.directory",
        summary: "Folder of the mails of the transport `file`",
        example: "/var/lib/ghostworks/mail",
        standard: { $0.dataDirectory + "/mail" },
        parse: SettingParser.absolutePath
    )
    static let mailURL = Setting(
        name: "mail.url",
        summary: "Mail server; `smtps` for TLS from the start, else STARTTLS",
        example: "smtp://ghostworks@mail.example.org:587",
        parse: SettingParser.mailServer
    )
    static let mailPassword = Setting(
        name: "mail.password",
        summary: "Password of the user in mail.url",
        example: "file:/etc/ghostworks/mail.password",
        parse: SettingParser.optionalSecret
    )
    static let mailAuthorities = Setting(
        name: "mail.tls_authorities",
        summary: "Certificates (PEM) to trust for the mail server; the system's when not set",
        example: "/etc/ghostworks/mail-ca.pem",
        parse: SettingParser.optionalPath
    )
    static let mailFrom = Setting(
        name: "mail.from",
        summary: "Sender of all mails",
        example: "Ghostworks <no-reply@example.org>",
        standard: { _ in "Ghostworks <ghostworks@localhost.localdomain>" },
        parse: SettingParser.mailbox
    )
    static let mailLinkBase = Setting(
        name: "mail.link_base",
        summary: "Where the pages are that links in mails lead to",
        example: "https://app.example.org",
        standard: { _ in "http://127.0.0.1:8080" },
        parse: SettingParser.linkBase
    )
}
