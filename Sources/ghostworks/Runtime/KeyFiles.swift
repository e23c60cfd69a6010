import Foundation
import Sealing

/// The key files that are made for an installation that brings none of its own.
struct KeyFiles: Sendable {
    private let folder: String

    init(dataDirectory: String) {
        folder = dataDirectory + "/keys"
    }

    /// One key file and the setting's value that names it.
    struct Location: Hashable, Sendable {
        let path: String

        var reference: String { "file:" + path }
    }

    var signing: Location { Location(path: folder + "/signing.pem") }
    var context: Location { Location(path: folder + "/context.key") }
    var pepper: Location { Location(path: folder + "/pepper") }
    var sealing: Location { Location(path: folder + "/sealing.key") }

    /// Makes the files that are missing, of mode 0600, in a folder of mode 0700.
    ///
    /// Keys that the settings look for elsewhere are not made.
    func createMissing(for settings: KeySettings) throws {
        let wanted = [signing, context, pepper, sealing].filter { location in
            [settings.signing, settings.context, settings.pepper, settings.sealing]
                .contains { $0.description == location.reference }
        }
        guard !wanted.isEmpty else { return }
        try PrivateFolder(path: folder).create()
        for location in wanted { try create(location) }
    }

    private func create(_ location: Location) throws {
        if location == signing {
            _ = try SigningKey.loadOrCreate(path: location.path)
        } else if location == context {
            _ = try ContextKeys.loadOrCreate(path: location.path)
        } else if location == sealing {
            _ = try KeyRing.loadOrCreate(path: location.path)
        } else {
            _ = try KeyFile(path: location.path).readOrCreate {
                SecretBytes(copying: Array(Hex.encode(Random.bytes(48)).utf8))
            }
        }
    }
}

/// A folder that only its owner may enter.
struct PrivateFolder {
    let path: String

    /// Makes the folder with mode 0700 unless it is there; folders above it get the usual mode.
    func create() throws {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        if files.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue { return }
            throw ExitMessage("\(path) is a file, no folder.")
        }
        do {
            let parent = (path as NSString).deletingLastPathComponent
            try files.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw ExitMessage("The folder \(path) cannot be made.")
        }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            let reason = String(cString: strerror(errno))
            throw ExitMessage("The folder \(path) cannot be made: \(reason).")
        }
    }
}
