import Foundation
import Logging
import Postgres
import Sealing
import Themes

/// The rules that values of settings follow.
enum SettingParser {
    typealias Parse<Value> = @Sendable (String) throws(SettingRule) -> Value

    static func number(_ range: ClosedRange<Int>) -> Parse<Int> {
        { text throws(SettingRule) in
            guard let number = Int(text), range.contains(number) else {
                throw SettingRule(
                    "must be a number from \(range.lowerBound) to \(range.upperBound); "
                        + "got '\(text)'"
                )
            }
            return number
        }
    }

    /// `500ms`, `3s`, `5m`; a bare number means seconds.
    static let duration: Parse<Duration> = { text throws(SettingRule) in
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let amount = Int64(digits), (1...86_400_000).contains(amount) else {
            throw SettingRule("must be a time such as 500ms, 3s or 5m; got '\(text)'")
        }
        switch text.dropFirst(digits.count) {
        case "ms": return .milliseconds(amount)
        case "s", "": return .seconds(amount)
        case "m": return .seconds(amount * 60)
        default: throw SettingRule("must be a time such as 500ms, 3s or 5m; got '\(text)'")
        }
    }

    static let text: Parse<String> = { text throws(SettingRule) in
        guard !text.isEmpty else { throw SettingRule("must not be empty") }
        return text
    }

    static let absolutePath: Parse<String> = { text throws(SettingRule) in
        guard text.hasPrefix("/"), !text.utf8.contains(0) else {
            throw SettingRule("must be an absolute path; got '\(text)'")
        }
        return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    static let optionalPath: Parse<String?> = { text throws(SettingRule) in
        text.isEmpty ? nil : try absolutePath(text)
    }

    /// A `postgres://` URL, or a reference to a secret that holds one.
    static let databaseAddress: Parse<DatabaseAddress?> = { text throws(SettingRule) in
        if text.isEmpty { return nil }
        if let reference = try? SecretReference(parsing: text) { return .reference(reference) }
        do throws(PostgresError) {
            _ = try ConnectionSettings(url: text)
        } catch {
            guard case .settings(let phrase) = error.kind else {
                throw SettingRule("must be a postgres:// URL")
            }
            throw SettingRule(phrase)
        }
        return .url(text)
    }

    /// `https://app.example.org`, several with commas; as browsers write them.
    static let origins: Parse<Set<String>> = { text throws(SettingRule) in
        var origins: Set<String> = []
        for part in text.split(separator: ",") {
            let origin = part.trimmingCharacters(in: .whitespaces)
            let url = URLComponents(string: origin)
            guard let url, let scheme = url.scheme, ["https", "http"].contains(scheme),
                let host = url.host, !host.isEmpty, origin == origin.lowercased(),
                !host.contains("*"), url.user == nil,
                origin == "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
            else {
                throw SettingRule(
                    "must be origins such as https://app.example.org, in lower case and without "
                        + "a path; got '\(origin)'"
                )
            }
            origins.insert(origin)
        }
        return origins
    }

    static let secret: Parse<SecretReference> = { text throws(SettingRule) in
        do throws(SealingError) {
            return try SecretReference(parsing: text)
        } catch {
            throw SettingRule("must be a reference: env:NAME or file:/absolute/path")
        }
    }

    static let logLevel: Parse<Logger.Level> = { text throws(SettingRule) in
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingRule("must be one of \(names); got '\(text)'")
        }
        return level
    }

    static let theme: Parse<String> = { text throws(SettingRule) in
        guard Themes.yaml(named: text) == nil else { return text }
        let folder = ThemeFolder()
        guard folder.names.contains(text) else {
            let names = folder.names.joined(separator: ", ")
            throw SettingRule("must be one of \(names); got '\(text)'")
        }
        return text
    }

    static let timeZone: Parse<TimeZone> = { text throws(SettingRule) in
        if text.isEmpty { return TimeZone.current }
        guard let zone = TimeZone(identifier: text) else {
            throw SettingRule("must be a time zone; got '\(text)'")
        }
        return zone
    }
}

/// Where a database is: given openly, or by a reference to a secret.
enum DatabaseAddress: Hashable, Sendable {
    case url(String)
    case reference(SecretReference)

    /// The address, with the secret fetched.
    func connection(for setting: any SettingDescription) throws -> ConnectionSettings {
        switch self {
        case .url(let url):
            return try ConnectionSettings(url: url)
        case .reference(let reference):
            let url = try reference.resolve()
                .withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            do {
                return try ConnectionSettings(url: url)
            } catch {
                // The text may be anything, a password included: it is not repeated.
                throw SettingProblem(
                    "Setting \(setting.name): the secret \(reference) must hold a postgres:// URL.",
                    hint: "For example: \(setting.example)"
                )
            }
        }
    }
}
