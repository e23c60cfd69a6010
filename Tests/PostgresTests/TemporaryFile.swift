import Foundation

/// A file that lives as long as its owner.
final class TemporaryFile {
    let path = "\(NSTemporaryDirectory())/gwtest-file-\(UUID())"

    init(_ text: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
