import Domain
import Foundation
import Sealing

/// A tar archive as any reader of the format sees it, independent of the writer.
struct Archive {
    struct Broken: Error {
        let what: String
    }

    /// Names in their order.
    private(set) var names: [String] = []
    private var contents: [String: [UInt8]] = [:]

    init(path: String) throws {
        var rest = [UInt8](try Data(contentsOf: URL(filePath: path)))[...]
        guard rest.count.isMultiple(of: 512) else { throw Broken(what: "blocks") }
        while let header = rest.prefix(512).contains(where: { $0 != 0 }) ? rest.prefix(512) : nil {
            let block = Array(header)
            guard Self.text(block, 257, 5) == "ustar" else { throw Broken(what: "magic") }
            var blanked = block
            for index in 148..<156 { blanked[index] = 32 }
            let sum = blanked.reduce(0) { $0 + Int($1) }
            guard sum == Int(Self.text(block, 148, 6), radix: 8) else { throw Broken(what: "sum") }
            guard let size = Int(Self.text(block, 124, 11), radix: 8) else {
                throw Broken(what: "size")
            }
            rest = rest.dropFirst(512)
            let name = Self.text(block, 0, 100)
            names.append(name)
            contents[name] = Array(rest.prefix(size))
            rest = rest.dropFirst((size + 511) / 512 * 512)
        }
        guard rest.count == 1_024 else { throw Broken(what: "end") }
    }

    /// A file's bytes.
    func bytes(_ name: String) throws -> [UInt8] {
        guard let bytes = contents[name] else { throw Broken(what: "no \(name)") }
        return bytes
    }

    /// A file's lines, each a JSON object.
    func lines(_ name: String) throws -> [[String: Any]] {
        try bytes(name).split(separator: 10).map { line in
            let value = try JSONSerialization.jsonObject(with: Data(line))
            guard let object = value as? [String: Any] else { throw Broken(what: "line") }
            return object
        }
    }

    /// What the manifest says, held against the files; the manifest's members.
    func checkedManifest() throws -> [String: Any] {
        guard let manifest = try lines("manifest.json").first,
            let files = manifest["files"] as? [[String: Any]]
        else { throw Broken(what: "manifest") }
        guard names == ["manifest.json"] + files.compactMap({ $0["name"] as? String }) else {
            throw Broken(what: "files")
        }
        for file in files {
            let name = file["name"] as? String ?? ""
            let content = try bytes(name)
            guard file["bytes"] as? Int == content.count,
                file["lines"] as? Int == (try lines(name)).count,
                file["sha256"] as? String == Hex.encode(Digest.sha256(content))
            else { throw Broken(what: "hash of \(name)") }
        }
        return manifest
    }

    private static func text(_ block: [UInt8], _ start: Int, _ count: Int) -> String {
        let field = block[start..<min(start + count, block.count)]
        return String(decoding: field.prefix { $0 != 0 && $0 != 32 }, as: UTF8.self)
    }
}
