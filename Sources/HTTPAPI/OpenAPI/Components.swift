import Domain

/// The schemas that routes refer to by name; the renderings beside the routes make the same
/// members.
enum Components {
    static let all = [
        common, signIn, workspaces, members, keys, artifacts, audit, ai, chat, platform,
        accounts, privacy, jobs, AIComponents.all,
    ].flatMap { $0 }

    /// What every part of the API answers with.
    private static let common: [(String, Schema)] = [
        ("Page", page), ("Problem", problem), ("Health", health),
    ]

    private static let page = Schema.object([
        ("limit", .integer), ("next_cursor", .optional(.text)),
        ("prev_cursor", Schema(json: ["type": "null"])), ("has_more", .boolean),
    ])

    /// The column stands beside what is wrong inside a text, such as a filter.
    private static let fieldProblem: JSON = [
        "type": "object",
        "properties": [
            "field": Schema.text.json, "message": Schema.text.json,
            "column": Schema.integer.json,
        ],
        "required": ["field", "message"],
    ]

    private static let problem = Schema(json: [
        "type": "object",
        "properties": [
            "type": Schema.text.json, "title": Schema.text.json, "status": Schema.integer.json,
            "detail": Schema.text.json, "instance": Schema.text.json,
            "error": Schema.choice(DomainError.Code.allCases.map(\.rawValue)).json,
            "message": Schema.text.json, "details": Schema.optional(.anyObject).json,
            "validation_errors": Schema.array(Schema(json: fieldProblem)).json,
            "request_id": Schema.text.json, "timestamp": Schema.time.json,
        ],
        "required": [
            "type", "title", "status", "detail", "instance", "error", "message", "details",
            "request_id", "timestamp",
        ],
    ])

    private static let health = Schema.object([
        ("status", .choice(["ok"])), ("version", .text),
    ])
}
