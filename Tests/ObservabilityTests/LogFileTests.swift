import Foundation
import Glibc
import Testing

@testable import Observability

/// An empty folder that is removed when the test is over.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "observability-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func mode(_ name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return attributes[.posixPermissions] as? Int
    }

    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    }
}

@Suite struct RotatingLogFileTests {
    let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func file(_ maximumSize: Int, kept: Int = 2) -> RotatingLogFile {
        RotatingLogFile(
            path: "\(folder.path)/log",
            maximumSize: maximumSize,
            keptFiles: kept
        )
    }

    @Test func `a full file moves on, and only so many are kept`() throws {
        let file = file(8)
        for line in ["1111\n", "22\n", "3333\n", "4444\n", "5555\n"] {
            file.write(Array(line.utf8))
        }
        #expect(folder.names == ["log", "log.1", "log.2"])
        #expect(try folder.text("log") == "5555\n")
        #expect(try folder.text("log.1") == "4444\n")
        #expect(try folder.text("log.2") == "3333\n")
        #expect(file.droppedLines == 0)
    }

    @Test func `lines fill a file to its last byte`() throws {
        let file = file(8)
        for line in ["1111\n", "22\n"] { file.write(Array(line.utf8)) }
        #expect(try folder.text("log") == "1111\n22\n")
        #expect(folder.names == ["log"])
    }

    @Test func `an existing file goes on, and its size counts`() throws {
        file(8).write(Array("1111\n".utf8))
        file(8).write(Array("22\n".utf8))
        file(8).write(Array("3\n".utf8))
        #expect(try folder.text("log.1") == "1111\n22\n")
        #expect(try folder.text("log") == "3\n")
    }

    @Test func `no old file need be kept, and a long line is still written`() throws {
        let file = file(4, kept: 0)
        for line in ["1111111\n", "2\n"] { file.write(Array(line.utf8)) }
        #expect(folder.names == ["log"])
        #expect(try folder.text("log") == "2\n")
    }

    @Test func `only the owner can read the files`() throws {
        let path = "\(folder.path)/log"
        try "old\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let file = file(4)
        for line in ["1\n", "2\n"] { file.write(Array(line.utf8)) }
        #expect(try folder.mode("log") == 0o600)
        #expect(try folder.mode("log.1") == 0o600)
    }

    @Test func `a file that cannot be opened loses lines and counts them`() throws {
        let lost = RotatingLogFile(path: "\(folder.path)/none/log")
        lost.write(Array("1\n".utf8))
        #expect(lost.droppedLines == 1)
        symlink("/dev/null", "\(folder.path)/log")
        let linked = file(100)
        linked.write(Array("1\n".utf8))
        #expect(linked.droppedLines == 1)
    }

    @Test func `lines of many tasks do not mix or vanish`() async throws {
        let file = file(1_000, kept: 1_000)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for line in 0..<100 { file.write(Array("\(task)-\(line)\n".utf8)) }
                }
            }
        }
        let lines = try folder.names.flatMap { try folder.text($0).split(separator: "\n") }
        let expected = (0..<8).flatMap { task in (0..<100).map { "\(task)-\($0)" } }
        #expect(lines.map(String.init).sorted() == expected.sorted())
    }
}

@Suite struct LineDescriptorTests {
    private func pipePair() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    private func drain(_ descriptor: Int32) -> String {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `a line arrives whole`() throws {
        let ends = try pipePair()
        defer { for end in [ends.read, ends.write] { close(end) } }
        let descriptor = LineDescriptor(reopening: ends.write)
        descriptor.write(Array("one\n".utf8))
        #expect(drain(ends.read) == "one\n")
        #expect(fcntl(ends.write, F_GETFL) & O_NONBLOCK == 0)
    }

    @Test func `a reader that stopped loses lines, not the program, and can come back`() throws {
        let ends = try pipePair()
        defer { for end in [ends.read, ends.write] { close(end) } }
        let descriptor = LineDescriptor(reopening: ends.write, patience: 1)
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 9_999) + [UInt8(ascii: "\n")]
        for _ in 0..<10 { descriptor.write(line) }
        #expect(descriptor.droppedLines > 0)
        let early = drain(ends.read)
        descriptor.write(Array("back\n".utf8))
        let late = (early + drain(ends.read)).split(separator: "\n")
        #expect(late.last == "back")
        #expect(late.filter { $0.count == 9_999 }.count + Int(descriptor.droppedLines) == 10)
    }

    @Test func `a socket is written to without waiting`() throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        let descriptor = LineDescriptor(reopening: ends[0], patience: 1)
        descriptor.write(Array("one\n".utf8))
        #expect(drain(ends[1]) == "one\n")
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000) + [UInt8(ascii: "\n")]
        for _ in 0..<100 { descriptor.write(line) }
        #expect(descriptor.droppedLines > 0)
    }

    @Test func `a regular file keeps its place`() throws {
        let folder = try Folder()
        let number = open("\(folder.path)/log", O_WRONLY | O_CREAT, 0o600)
        defer { close(number) }
        LineDescriptor(reopening: number).write(Array("one\n".utf8))
        _ = write(number, "two\n", 4)
        #expect(try folder.text("log") == "one\ntwo\n")
    }
}
