extension SQL: ExpressibleByStringInterpolation {
    /// A statement without parameters.
    public init(stringLiteral value: StaticString) {
        self.init(text: value.description)
    }

    /// A statement with its bound parameters.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Collects literal segments and interpolated values.
    public struct StringInterpolation: StringInterpolationProtocol {
        /// Literal segments cannot be built at run time.
        public typealias StringLiteralType = StaticString

        fileprivate var sql: SQL

        /// Starts empty; the capacities are hints.
        public init(literalCapacity: Int, interpolationCount: Int) {
            var text = ""
            text.reserveCapacity(literalCapacity + 4 * interpolationCount)
            sql = SQL(text: text)
        }

        /// Takes a segment as it stands in the source.
        public mutating func appendLiteral(_ literal: StaticString) {
            sql.append(text: literal.description)
        }

        /// Binds a value to the next parameter.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value) {
            sql.bind(SQLParameter(value))
        }

        /// Binds a value, or NULL of its type, to the next parameter.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            sql.bind(SQLParameter(value))
        }

        /// Splices a fragment with its parameters.
        public mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// Takes raw text.
        ///
        /// Never text that came from a user: it becomes SQL.
        public mutating func appendInterpolation(unsafe text: String) {
            sql.append(text: text)
        }

        /// Takes a name as a quoted identifier.
        public mutating func appendInterpolation(identifier name: String) {
            sql.append(text: SQL.quotedIdentifier(name))
        }
    }

    /// The name in double quotes, its own doubled, without NUL.
    static func quotedIdentifier(_ name: String) -> String {
        var quoted = "\""
        for scalar in name.unicodeScalars where scalar != "\0" {
            quoted.unicodeScalars.append(scalar)
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "\""
    }
}

extension SQL: CustomStringConvertible {
    /// The text without the parameters' values.
    public var description: String {
        text
    }
}
