import Foundation
import Testing

@testable import Sealing

/// An empty folder that is removed when the test is over.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sealing-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func mode(_ name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return attributes[.posixPermissions] as? Int
    }

    func write(_ text: String, to name: String, mode: Int) throws {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }

    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    }
}

@Suite struct KeyFileTests {
    let folder: Folder
    let file: KeyFile

    init() throws {
        folder = try Folder()
        file = KeyFile(path: "\(folder.path)/key")
    }

    @Test func `a missing file is created once, for its owner only`() throws {
        let first = try file.readOrCreate { SecretBytes("first") }
        let second = try file.readOrCreate { SecretBytes("second") }
        #expect(text(first) == "first" && text(second) == "first")
        #expect(try folder.mode("key") == 0o600)
        #expect(folder.names == ["key"])
    }

    @Test func `of many that create it at once, one wins and all agree`() async throws {
        let file = file
        let contents = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<16 {
                group.addTask { text(try file.readOrCreate { SecretBytes("content \(number)") }) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(contents.count == 1)
        #expect(folder.names == ["key"])
    }

    @Test func `a replaced file has the new content and the same mode`() throws {
        _ = try file.readOrCreate { SecretBytes("old") }
        try file.replace(with: SecretBytes("new"))
        #expect(text(try file.read()) == "new")
        #expect(try folder.mode("key") == 0o600)
        #expect(folder.names == ["key"])
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o620, 0o601])
    func `a file open to others is refused with the sentence that helps`(mode: Int) throws {
        try folder.write("secret", to: "key", mode: mode)
        let shown = String(mode, radix: 8)
        let error = #expect(throws: SealingError.self) { try file.read() }
        #expect(
            error?.description == "file '\(file.path)' must be readable by its owner only, "
                + "but has mode 0\(shown); run: chmod 600 '\(file.path)'"
        )
    }

    @Test func `a link, a folder and a missing file are refused`() throws {
        try folder.write("secret", to: "real", mode: 0o600)
        try FileManager.default.createSymbolicLink(
            atPath: file.path,
            withDestinationPath: "\(folder.path)/real"
        )
        #expect(throws: SealingError.self) { try file.read() }
        #expect(throws: SealingError.self) { try file.readOrCreate { SecretBytes("x") } }
        #expect(throws: SealingError.file(path: folder.path, rule: "must be a regular file")) {
            try KeyFile(path: folder.path).read()
        }
        #expect(throws: SealingError.self) { try KeyFile(path: "\(folder.path)/none").read() }
    }

    @Test func `a file in a missing folder is not created`() {
        let file = KeyFile(path: "\(folder.path)/none/key")
        #expect(throws: SealingError.self) { try file.readOrCreate { SecretBytes("x") } }
    }

    @Test func `a very large file is refused`() throws {
        try folder.write(String(repeating: "x", count: 70_000), to: "key", mode: 0o600)
        #expect(throws: SealingError.self) { try file.read() }
    }

    @Test func `a key that cannot be made leaves no file`() {
        #expect(throws: SealingError.cancelled) {
            try file.readOrCreate { () throws(SealingError) in throw .cancelled }
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `a signing key is kept as PEM and found again`() throws {
        let made = try SigningKey.loadOrCreate(path: file.path)
        #expect(try SigningKey.loadOrCreate(path: file.path).kid == made.kid)
    }
}

@Suite struct ContextKeysTests {
    let line = "00c0ffee:" + String(repeating: "0b", count: 32)

    @Test func `keys are made once, kept for the owner, and rotated`() throws {
        let folder = try Folder()
        let path = "\(folder.path)/context.key"
        let made = try ContextKeys.loadOrCreate(path: path)
        #expect(try ContextKeys.loadOrCreate(path: path).current.kid == made.current.kid)
        #expect(made.previous == nil)
        try made.rotated().save(path: path)
        let rotated = try ContextKeys(path: path)
        #expect(rotated.previous?.kid == made.current.kid)
        #expect(rotated.current.kid != made.current.kid)
        #expect(rotated.previous?.secret.exposed == made.current.secret.exposed)
        #expect(try folder.mode("context.key") == 0o600)
    }

    @Test func `the text of a file is exactly this`() throws {
        let keys = try ContextKeys(parsing: SecretBytes(line + "\nc0ffee00:" + line.dropFirst(9)))
        #expect(keys.current.kid == "00c0ffee" && keys.previous?.kid == "c0ffee00")
        #expect(keys.current.secret.exposed == [UInt8](repeating: 0x0B, count: 32))
        #expect(text(keys.encoded()) == "\(line)\nc0ffee00:\(line.dropFirst(9))\n")
    }

    @Test func `text of another form is refused without being repeated`() {
        let wrong = [
            "", "\n", line + "x", line.uppercased(), String(line.dropLast()),
            line.replacing(":", with: "="), "\(line)\n\(line)", "\(line)\n\n", "\n\(line)",
            "\(line)\nc0ffee00:\(line.dropFirst(9))\nc0ffee01:\(line.dropFirst(9))",
            "zzzzzzzz" + line.dropFirst(8),
        ]
        for content in wrong {
            let error = #expect(throws: SealingError.self, "\(content)") {
                try ContextKeys(parsing: SecretBytes(content))
            }
            #expect(error?.description.contains("0b0b") == false)
        }
    }

    @Test func `a key of another size or name is refused`() {
        #expect(throws: SealingError.self) {
            try ContextKey(kid: "00c0ffee", secret: .random(count: 31))
        }
        #expect(throws: SealingError.self) {
            try ContextKey(kid: "00C0FFEE", secret: .random(count: 32))
        }
    }

    @Test func `new keys are new`() {
        let keys = (0..<20).map { _ in ContextKey.generate() }
        #expect(Set(keys.map(\.kid)).count == 20)
        #expect(Set(keys.map(\.secret.exposed)).count == 20)
    }
}

@Suite struct SecretReferenceTests {
    @Test func `references are read and written in one form`() throws {
        #expect(try SecretReference(parsing: "env:DB_KEY_2") == .environment(name: "DB_KEY_2"))
        #expect(try SecretReference(parsing: "file:/run/key") == .file(path: "/run/key"))
        #expect("\(SecretReference.file(path: "/run/key"))" == "file:/run/key")
        #expect("\(SecretReference.environment(name: "A"))" == "env:A")
    }

    @Test(arguments: [
        "hunter2", "", "env:", "env:2A", "env:A B", "env:A=B", "file:", "file:relative",
        "file:/a\0b", "ENV:A", "env:Ä",
    ])
    func `anything else is refused and not repeated`(text: String) {
        let error = #expect(throws: SealingError.self) { try SecretReference(parsing: text) }
        #expect(
            error?.description
                == "a secret must be given as 'env:NAME' or 'file:/absolute/path'"
        )
    }

    @Test func `a variable is looked up, and must not be empty`() throws {
        let reference = SecretReference.environment(name: "KEY")
        #expect(text(try reference.resolve { $0 == "KEY" ? "value" : nil }) == "value")
        for value in [nil, ""] as [String?] {
            let error = #expect(throws: SealingError.self) { try reference.resolve { _ in value } }
            #expect(error?.description == "the secret 'env:KEY' must be set and not empty")
        }
    }

    @Test func `a file is read without its last line break`() throws {
        let folder = try Folder()
        try folder.write("value\n", to: "key", mode: 0o640)
        let reference = SecretReference.file(path: "\(folder.path)/key")
        #expect(text(try reference.resolve()) == "value")
    }

    @Test func `a file that everybody can read, an empty and a missing one are refused`() throws {
        let folder = try Folder()
        try folder.write("value\n", to: "open", mode: 0o644)
        try folder.write("\n", to: "empty", mode: 0o600)
        for name in ["open", "empty", "missing"] {
            let error = #expect(throws: SealingError.self) {
                try SecretReference.file(path: "\(folder.path)/\(name)").resolve()
            }
            #expect(error?.description.contains("value") == false)
        }
        #expect(throws: SealingError.self) {
            try SecretReference.file(path: folder.path).resolve()
        }
    }
}
