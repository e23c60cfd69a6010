import Domain
import Mustache

/// A letter before it is text or HTML.
struct LetterPage {
    let language: Mail.Language
    let subject: String
    let opening: [String]
    let link: (label: String, address: String)?
    let closing: [String]
    let code: String?

    var text: String {
        let parts = opening + [link?.address].compactMap { $0 } + closing + [code].compactMap { $0 }
        return parts.joined(separator: "\n\n") + "\n"
    }

    func html() throws -> String {
        let template = try MustacheTemplate(string: Self.layout)
        var values: [String: Any] = [
            "language": language.rawValue,
            "direction": language == .arabic ? "rtl" : "ltr",
            "subject": Self.escape(subject),
            "opening": opening.map(Self.escape),
            "closing": closing.map(Self.escape),
        ]
        if let link {
            values["link"] = [
                "label": Self.escape(link.label), "address": Self.escape(link.address),
            ]
        }
        if let code { values["code"] = Self.escape(code) }
        return template.render(values)
    }

    /// Escapes scalar by scalar: by characters, a quote with a combining mark behind it would be
    /// another character, and stay.
    static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    private static let layout = """
        {{% CONTENT_TYPE:TEXT}}<!DOCTYPE html>
        <html lang="{{language}}" dir="{{direction}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{{subject}}</title>
        </head>
        <body style="font-family: sans-serif; line-height: 1.5; max-width: 36em; margin: 2em auto">
        {{#opening}}
        <p>{{.}}</p>
        {{/opening}}
        {{#link}}
        <p><a href="{{address}}">{{label}}</a></p>
        {{/link}}
        {{#closing}}
        <p>{{.}}</p>
        {{/closing}}
        {{#code}}
        <p dir="ltr"><code>{{.}}</code></p>
        {{/code}}
        </body>
        </html>

        """
}
