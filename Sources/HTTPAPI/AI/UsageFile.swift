import Domain
import Hummingbird
import NIOCore
import Operations

/// The log of use as a file that is written while it is read: no more of it is in memory than one
/// part.
struct UsageFile: Sendable {
    let format: Format
    let export: ExportUsage
    let from: Instant
    let end: Instant
    let caller: TenantCaller

    enum Format: String, CaseIterable, Sendable {
        case csv
        case jsonl

        var mediaType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .jsonl: "application/x-ndjson"
            }
        }
    }

    /// The answer, once its first part was read: until then a refusal has a status of its own.
    ///
    /// A part that cannot be read later cuts the connection, so that nobody takes the file for
    /// whole.
    func answer() async throws -> Answer {
        let first = try await export(from: from, to: end, by: caller)
        let body = ResponseBody { writer in
            var part = first
            if format == .csv { try await writer.write(ByteBuffer(string: Self.head)) }
            while true {
                try await writer.write(ByteBuffer(string: text(of: part.entries)))
                guard let next = part.next else { break }
                part = try await export(from: from, to: end, after: next, by: caller)
            }
            try await writer.finish(nil)
        }
        return Answer(
            content: .stream(body, type: format.mediaType),
            headers: [.contentDisposition: "attachment; filename=\"ai-usage.\(format.rawValue)\""]
        )
    }

    private func text(of entries: [UsageEntry]) -> String {
        entries.map { entry in
            switch format {
            case .csv: Self.line(CallJSON.fields(entry).map(\.1.csv))
            case .jsonl: String(decoding: CallJSON.entry(entry).bytes, as: UTF8.self) + "\n"
            }
        }.joined()
    }

    static let head = line([
        "created_at", "request_id", "entry", "kind", "model", "purpose", "channel", "user_id",
        "api_key_id", "tokens_in", "tokens_out", "tokens_cached", "tokens_cache_write",
        "tokens_reasoning", "cost_usd", "saved_usd", "price_version", "estimated",
    ])

    /// A line of RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe.
    static func line(_ fields: [String]) -> String { CSV.line(fields) }
}
