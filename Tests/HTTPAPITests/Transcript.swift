import Foundation
import HTTPTypes
import Testing

/// Whole exchanges as text, compared with a file of `Exchanges`; `RECORD=1` writes the file.
///
/// Ids, times and secrets become names, the same thing the same name.
final class Transcript {
    private let name: String
    private let api: TestAPI
    private var text = ""
    private var mask = Mask()

    init(_ name: String, _ api: TestAPI) {
        self.name = name
        self.api = api
    }

    @discardableResult
    func send(
        _ title: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> Reply {
        let reply = try await api.send(
            method,
            path,
            token: token,
            headers: headers,
            body: body
        )
        text += "### \(title)\n\n\(method.rawValue) \(path)\n"
        if token != nil { text += "Authorization: Bearer …\n" }
        for field in headers { text += "\(field.name): \(field.value)\n" }
        if let body { text += "\n\(PrettyJSON.lines(body))\n" }
        text += "\n\(reply.status)\n"
        let fields = reply.headers.sorted { $0.name.rawName < $1.name.rawName }
        for field in fields where !Self.common.contains(field.name.canonicalName) {
            text += "\(field.name): \(field.value)\n"
        }
        if !reply.text.isEmpty { text += "\n\(PrettyJSON.lines(reply.text))\n" }
        text += "\n"
        return reply
    }

    /// The headers that every answer has; a test of their own pins them.
    private static let common: Set<String> = [
        "cache-control", "content-security-policy", "referrer-policy",
        "strict-transport-security", "x-content-type-options", "x-frame-options",
        "x-xss-protection", "content-length", "date",
    ]

    func check(
        sourceLocation: SourceLocation = #_sourceLocation,
        file: String = #filePath
    ) throws {
        let masked = mask.apply(text)
        let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Exchanges")
        let url = folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try masked.write(to: url, atomically: true, encoding: .utf8)
            return
        }
        let recorded = try String(contentsOf: url, encoding: .utf8)
        guard masked != recorded else { return }
        let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
        let new = masked.split(separator: "\n", omittingEmptySubsequences: false)
        let line =
            zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        let context = new.dropFirst(max(0, line - 8)).prefix(16).joined(separator: "\n")
        Issue.record(
            "Exchanges/\(name).txt differs from line \(line + 1):\n\(context)",
            sourceLocation: sourceLocation
        )
    }
}

/// Replaces what is new in every run.
private struct Mask {
    private var names: [String: String] = [:]
    private var counts: [String: Int] = [:]

    mutating func apply(_ text: String) -> String {
        var text = text
        replace(&text, #/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, "id")
        replace(&text, #/\b[0-9a-f]{64}\b/#, "hash")
        replace(&text, #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/#, nil, fixed: "<time>")
        replace(&text, #/eyJ[A-Za-z0-9_.-]+/#, nil, fixed: "<token>")
        replace(&text, #/gwr_[0-9a-f]{64}/#, nil, fixed: "<refresh-token>")
        replace(&text, #/_[0-9a-f]{64}/#, nil, fixed: "_<secret>")
        replace(&text, #/-device=[A-Za-z0-9_.-]{43,}/#, nil, fixed: "-device=<device-token>")
        replace(&text, #/Max-Age=[1-9]\d*/#, nil, fixed: "Max-Age=<seconds>")
        replace(&text, #/req_[0-9a-f]{16}/#, nil, fixed: "<request-id>")
        replace(&text, #/AQA[A-Za-z0-9_-]{30,}/#, "cursor")
        replace(&text, #/"expires_in": \d+/#, nil, fixed: "\"expires_in\": <seconds>")
        return text
    }

    private mutating func replace(
        _ text: inout String,
        _ pattern: Regex<Substring>,
        _ kind: String?,
        fixed: String = ""
    ) {
        for match in text.matches(of: pattern) {
            let found = String(match.output)
            guard names[found] == nil, let kind else { continue }
            counts[kind, default: 0] += 1
            names[found] = "<\(kind)-\(counts[kind, default: 0])>"
        }
        let names = names
        text = text.replacing(pattern) { match in
            kind == nil ? fixed : names[String(match.output)] ?? fixed
        }
    }
}

/// Indents JSON without changing the order of its members.
enum PrettyJSON {
    static func lines(_ json: String) -> String {
        guard json.first == "{" else { return json }
        var text = ""
        var depth = 0
        var inString = false
        var escaped = false
        var last: Character = " "
        for character in json {
            if inString {
                text.append(character)
                if character == "\"" && !escaped { inString = false }
                escaped = character == "\\" && !escaped
                last = character
                continue
            }
            switch character {
            case "\"":
                inString = true
                text.append(character)
            case "{", "[":
                depth += 1
                text += "\(character)\n" + String(repeating: "  ", count: depth)
            case "}", "]":
                depth -= 1
                if last == "{" || last == "[" {
                    while text.last?.isWhitespace == true { text.removeLast() }
                    text.append(character)
                } else {
                    text += "\n" + String(repeating: "  ", count: depth) + "\(character)"
                }
            case ",": text += ",\n" + String(repeating: "  ", count: depth)
            case ":": text += ": "
            case " ", "\n": continue
            default: text.append(character)
            }
            last = character
        }
        return text
    }
}
