import Delivery
import Domain
import Foundation
import Sealing

/// How mails leave, and what they say of themselves.
struct MailSettings: Sendable {
    let transport: Transport
    let sender: Mailbox
    let linkBase: String

    enum Transport: Sendable {
        case files(folder: String)
        case smtp(MailServerAddress, password: SecretReference?, authorities: String?)
    }

    /// What a mail needs on its way; the password is fetched now.
    func office() throws -> PostOffice {
        PostOffice(
            writer: LetterWriter(linkBase: linkBase),
            sender: sender,
            transport: try transport.open()
        )
    }
}

extension MailSettings.Transport {
    fileprivate func open() throws -> MailTransport {
        switch self {
        case .files(let folder):
            return .files(in: folder)
        case .smtp(let address, let password, let authorities):
            let login = try address.user.map { user in
                SMTPServer.Login(user: user, password: try Self.fetch(password))
            }
            return .smtp(
                SMTPServer(
                    host: address.host,
                    port: address.port,
                    isImplicitTLS: address.isImplicitTLS,
                    login: login,
                    authorities: authorities
                )
            )
        }
    }

    private static func fetch(_ reference: SecretReference?) throws -> String {
        guard let reference else { return "" }
        do throws(SealingError) {
            return try reference.resolve()
                .withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw SettingProblem("Setting mail.password (\(reference)): \(error).")
        }
    }
}

extension MailSettings {
    init(_ reader: inout SettingsReader) throws {
        let kind = try reader.value(SettingRegistry.mailTransport)
        let folder = try reader.value(SettingRegistry.mailFolder)
        let address = try reader.value(SettingRegistry.mailURL)
        let password = try reader.value(SettingRegistry.mailPassword)
        let authorities = try reader.value(SettingRegistry.mailAuthorities)
        sender = try reader.value(SettingRegistry.mailFrom)
        linkBase = try reader.value(SettingRegistry.mailLinkBase)
        switch (kind, address) {
        case (.file, _):
            transport = .files(folder: folder)
        case (.smtp, nil):
            throw SettingProblem(
                "Setting mail.url is needed for the mail transport smtp.",
                hint: "For example: \(SettingRegistry.mailURL.environmentName)="
                    + SettingRegistry.mailURL.example
            )
        case (.smtp, let address?):
            guard password == nil || address.user != nil else {
                throw SettingProblem(
                    "Setting mail.password is set, but mail.url names no user.",
                    hint: "For example: \(SettingRegistry.mailURL.example)"
                )
            }
            transport = .smtp(address, password: password, authorities: authorities)
        }
    }
}

/// The names of the ways out.
enum MailTransportName: String, CaseIterable, Sendable {
    case file
    case smtp
}

/// A mail server as a setting names it.
struct MailServerAddress: Hashable, Sendable {
    let host: String
    let port: Int
    let isImplicitTLS: Bool
    let user: String?
}

extension SettingParser {
    static let mailTransport: Parse<MailTransportName> = { text throws(SettingRule) in
        guard let name = MailTransportName(rawValue: text) else {
            throw SettingRule("must be file or smtp; got '\(text)'")
        }
        return name
    }

    /// `smtp://user@host:587`; never with a password, so the text may be shown.
    static let mailServer: Parse<MailServerAddress?> = { text throws(SettingRule) in
        if text.isEmpty { return nil }
        guard let url = URLComponents(string: text),
            let scheme = url.scheme?.lowercased(), ["smtp", "smtps"].contains(scheme),
            let host = url.host, !host.isEmpty, url.path.isEmpty || url.path == "/",
            url.query == nil, url.fragment == nil, (1...65_535).contains(url.port ?? 1)
        else { throw SettingRule("must be an address such as smtp://user@host:587") }
        guard url.password == nil else {
            throw SettingRule("must not hold a password; it belongs into mail.password")
        }
        let isImplicit = scheme == "smtps"
        return MailServerAddress(
            host: host,
            port: url.port ?? (isImplicit ? 465 : 587),
            isImplicitTLS: isImplicit,
            user: url.user
        )
    }

    static let optionalSecret: Parse<SecretReference?> = { text throws(SettingRule) in
        text.isEmpty ? nil : try secret(text)
    }

    static let mailbox: Parse<Mailbox> = { text throws(SettingRule) in
        do throws(DomainError) {
            return try Mailbox(parsing: text)
        } catch {
            throw SettingRule("must be an address such as Name <name@example.org>; got '\(text)'")
        }
    }

    /// A page's address without the slash at its end.
    static let linkBase: Parse<String> = { text throws(SettingRule) in
        guard let url = URLComponents(string: text),
            ["http", "https"].contains(url.scheme?.lowercased() ?? ""),
            url.host?.isEmpty == false, url.query == nil, url.fragment == nil
        else { throw SettingRule("must be an address such as https://app.example.org") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
