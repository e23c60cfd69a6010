import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Operations

extension Exchange {
    static let exportType = "application/x-tar"

    /// The file of an export, read from the disk as the client takes it.
    func file(of request: DataRequest, _ file: DataRequest.File) async throws -> Answer {
        let path = services.configuration.exports.file(request.id, attempt: file.attempt)
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw DomainError(
                .unavailable,
                .unavailable,
                "The file of the export is not on this server.",
                hint: "Servers and workers need one folder privacy.export_directory."
            )
        }
        let body = try await FileIO().loadFile(path: path, context: context)
        let name = "ghostworks-export-\(request.id).tar"
        return Answer(
            content: .stream(body, type: Self.exportType),
            headers: [.contentDisposition: "attachment; filename=\"\(name)\""]
        )
    }
}
