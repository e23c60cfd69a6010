import Domain
import Foundation
import Operations

/// Puts the file of a finished copy of somebody's data where it is wanted.
struct ExportCopy {
    let folder: ExportFolder

    /// The name that a copy gets when none is given.
    static func name(of request: DataRequestID) -> String { "ghostworks-export-\(request).tar" }

    /// Copies it to an absolute path at which no file is yet.
    func write(_ request: DataRequest, _ file: DataRequest.File, to target: String) throws {
        let source = folder.file(request.id, attempt: file.attempt)
        guard FileManager.default.isReadableFile(atPath: source) else {
            throw ExitMessage(
                "The file of the export is not on this machine.",
                hint: "Look where the worker runs, in its folder privacy.export_directory."
            )
        }
        guard !FileManager.default.fileExists(atPath: target) else {
            throw ExitMessage("The file \(target) is there already.", hint: "Say --output FILE.")
        }
        do {
            try FileManager.default.copyItem(atPath: source, toPath: target)
        } catch {
            throw ExitMessage("The file \(target) cannot be written.", hint: "Say --output FILE.")
        }
    }
}
