import Console
import Domain
import Foundation
import Sealing

/// The files that a console writes for its operator.
actor ConsoleFiles {
    private var files: [String: NewFile] = [:]

    /// Does the next piece of work; the path to go on with.
    func perform(_ request: FileRequest) throws -> String {
        switch request {
        case .begin(let path): return try begin(Self.absolute(path))
        case .scratch:
            let folder = FileManager.default.temporaryDirectory.path
            return try begin("\(folder)/ghostworks-\(Hex.encode(Random.bytes(8))).txt")
        case .append(let path, let text):
            try file(path).write(text)
            return path
        case .finish(let path):
            try file(path).finish()
            files[path] = nil
            return path
        case .discard(let path):
            files[path] = nil
            return path
        }
    }

    private func begin(_ path: String) throws -> String {
        files[path] = try NewFile(path: path)
        return path
    }

    private func file(_ path: String) throws -> NewFile {
        guard let file = files[path] else {
            throw DomainError(.internal, .internalError, "No file is open under \(path).")
        }
        return file
    }

    /// A path as an operator types it: from the folder of the console, or from home.
    static func absolute(_ path: String) -> String {
        guard path.hasPrefix("~/") else { return AbsolutePath.of(path) }
        return FileManager.default.homeDirectoryForCurrentUser.path + path.dropFirst()
    }
}

extension FileClient {
    init(files: ConsoleFiles = ConsoleFiles()) {
        self.init { try await files.perform($0) }
    }
}
