/// A JSON Schema of OpenAPI 3.1.
struct Schema: Sendable {
    let json: JSON

    static let text = Schema(json: ["type": "string"])
    static let integer = Schema(json: ["type": "integer", "format": "int64"])
    static let number = Schema(json: ["type": "number"])
    static let boolean = Schema(json: ["type": "boolean"])
    static let uuid = Schema(json: ["type": "string", "format": "uuid"])
    static let time = Schema(json: ["type": "string", "format": "date-time"])
    static let file = Schema(json: ["type": "string", "format": "binary"])
    static let anyObject = Schema(json: ["type": "object"])
    /// A decimal number as text, with nine places.
    static let money = Schema(json: [
        "type": "string", "pattern": #"^-?[0-9]+\.[0-9]{9}$"#,
    ])

    /// Tokens or requests as a whole number, or money as `money` is.
    static let amount = Schema(json: ["anyOf": [Schema.integer.json, Schema.money.json]])
    /// USD for a million tokens as text, with six places.
    static let tokenPrice = Schema(json: ["type": "string", "pattern": #"^[0-9]+\.[0-9]{6}$"#])

    static func choice(_ values: [String]) -> Schema {
        Schema(json: ["type": "string", "enum": .array(values.map { .string($0) })])
    }

    static func array(_ items: Schema) -> Schema {
        Schema(json: ["type": "array", "items": items.json])
    }

    static func optional(_ schema: Schema) -> Schema {
        Schema(json: ["anyOf": [schema.json, ["type": "null"]]])
    }

    /// A schema among the document's components.
    static func named(_ name: String) -> Schema {
        Schema(json: ["$ref": .string("#/components/schemas/\(name)")])
    }

    /// An object whose members are all there.
    static func object(_ members: [(String, Schema)]) -> Schema {
        Schema(json: [
            "type": "object",
            "properties": .object(members.map { ($0.0, $0.1.json) }),
            "required": .array(members.map { .string($0.0) }),
        ])
    }

    /// The envelope of a list.
    static func page(of item: String, adding members: [(String, Schema)] = []) -> Schema {
        object([("items", array(.named(item))), ("page", .named("Page"))] + members)
    }
}

extension BodyShape {
    var schema: Schema {
        Schema(json: [
            "type": "object",
            "properties": .object(fields.map { ($0.name, $0.schema.json) }),
            "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
            "additionalProperties": .bool(ignoresOthers),
        ])
    }
}

extension BodyField {
    fileprivate var schema: Schema {
        let base: Schema =
            switch kind {
            case .text, .money: .text
            case .secret: Schema(json: ["type": "string", "format": "password"])
            case .integer: .integer
            case .boolean: .boolean
            case .texts: .array(.text)
            case .integers: .array(.integer)
            case .amount: Schema(json: ["anyOf": [Schema.integer.json, Schema.text.json]])
            case .object: .anyObject
            case .objects: .array(.anyObject)
            case .number: .number
            case .any: Schema(json: [:])
            case .choice(let values): .choice(values)
            }
        // `null` for what may be left out says the same as leaving it out.
        let whole = isRequired ? base : .optional(base)
        return Schema(json: whole.json.adding([("description", .string(note))]))
    }
}

extension QueryParameter {
    var schema: Schema {
        switch kind {
        case .text: .text
        case .texts: .array(.text)
        case .integer: .integer
        case .boolean: .boolean
        case .time: .time
        case .id: .uuid
        case .choice(let values): .choice(values)
        }
    }
}
