// DESIGN
// 1. A file is named NNNN_verb_object.up.sql or NNNN_verb_object.down.sql; nothing else is let in.
// 2. Versions start at 1 and have no gaps, so "the version of the database" is one number.
// 3. Every step can be taken back: an up file without its down file is refused.

/// The migrations that this program knows, in their order.
package struct MigrationSet: Sendable, Equatable {
    /// All migrations; the one at index `i` has version `i + 1`.
    package let migrations: [Migration]

    /// The version of a database that has all of them; 0 when there are none.
    package var newest: Int { migrations.count }

    /// Reads migrations from files, in any order.
    ///
    /// - Parameter files: Each file's name without folder, and its bytes.
    /// - Throws: ``SchemaError`` for a wrong name, text that is not UTF-8, a duplicate, a gap, or
    ///   a missing half.
    package init(files: [(name: String, bytes: [UInt8])]) throws(SchemaError) {
        var steps: [Int: Halves] = [:]
        for file in files {
            let name = try FileName(file.name)
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                throw .notText(file: file.name)
            }
            var halves = steps[name.version] ?? Halves(name: name.name)
            try halves.add(text, as: name, file: file.name)
            steps[name.version] = halves
        }
        var migrations: [Migration] = []
        for version in steps.keys.sorted() {
            guard version == migrations.count + 1 else {
                throw .gap(missing: migrations.count + 1)
            }
            guard let halves = steps[version] else { continue }
            migrations.append(try halves.migration(version: version))
        }
        self.migrations = migrations
    }

    /// The migration of a version.
    package subscript(_ version: Int) -> Migration? {
        migrations.indices.contains(version - 1) ? migrations[version - 1] : nil
    }
}

/// The parts of `0003_create_tenants.up.sql`.
private struct FileName {
    let version: Int
    let name: String
    let direction: Migration.Direction

    init(_ file: String) throws(SchemaError) {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        guard
            parts.count == 3, parts[2] == "sql",
            let direction = Migration.Direction(rawValue: String(parts[1])),
            parts[0].utf8.count > 5, parts[0].utf8.allSatisfy(Self.isAllowed)
        else { throw .fileName(file) }
        let digits = parts[0].prefix(4)
        let name = parts[0].dropFirst(5)
        guard
            digits.allSatisfy(\.isWholeNumber), let version = Int(digits), version > 0,
            parts[0].dropFirst(4).first == "_", name.first?.isLetter == true
        else { throw .fileName(file) }
        self.version = version
        self.name = String(name)
        self.direction = direction
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"): true
        default: false
        }
    }
}

/// A migration while its files are being collected.
private struct Halves {
    let name: String
    var up: String?
    var down: String?

    mutating func add(
        _ text: String,
        as file: FileName,
        file path: String
    ) throws(SchemaError) {
        guard file.name == name else {
            throw .duplicate(version: file.version, names: [name, file.name].sorted())
        }
        switch file.direction {
        case .up where up == nil: up = text
        case .down where down == nil: down = text
        default: throw .duplicate(version: file.version, names: [path])
        }
    }

    func migration(version: Int) throws(SchemaError) -> Migration {
        let label = Migration.label(version: version, name: name)
        guard let up else { throw .missingFile("\(label).up.sql") }
        guard let down else { throw .missingFile("\(label).down.sql") }
        return Migration(version: version, name: name, up: up, down: down)
    }
}
