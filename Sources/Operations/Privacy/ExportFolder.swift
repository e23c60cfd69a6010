package import Domain
import Foundation
import Glibc

/// The folder of exports: one file each, closed to other users, gone when it is not wanted.
package struct ExportFolder: Hashable, Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Where the file of a try is.
    package func file(_ id: DataRequestID, attempt: Int32) -> String {
        "\(path)/\(id)-\(attempt).tar"
    }

    /// A new, empty folder for the parts of a try.
    func makeWorkshop(_ id: DataRequestID, attempt: Int32) throws -> String {
        let workshop = "\(path)/\(id)-\(attempt).parts"
        try? FileManager.default.removeItem(atPath: workshop)
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        guard mkdir(workshop, 0o700) == 0 else {
            throw DomainError(
                .unavailable,
                .unavailable,
                "The folder of exports cannot be written."
            )
        }
        return workshop
    }

    func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    /// What is in the folder, with the request and the try that each name tells of.
    func entries() -> [(name: String, id: DataRequestID, attempt: Int32)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name in
            let stem = name.prefix { $0 != "." }
            guard let id = DataRequestID(String(stem.prefix(36))), stem.dropFirst(36).first == "-",
                let attempt = Int32(stem.dropFirst(37))
            else { return nil }
            return (name, id, attempt)
        }
    }
}
