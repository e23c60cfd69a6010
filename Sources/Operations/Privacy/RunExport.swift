package import Domain
import Foundation
import Sealing
import Storage

// DESIGN
//
// 1. An export is claimed under a lease that each page extends; a claim counts the try up, and a
//    worker that finds its try overtaken stops and changes nothing.
// 2. Pages are read in transactions of their own, each behind the walls of the tenant it is about:
//    a long export holds no snapshot.
// 3. Each part is a file of NDJSON; the archive holds them and a manifest with their hashes. A
//    file's name holds the try, so no try writes over another's.

/// Makes the oldest export that waits.
package struct RunExport: Sendable {
    private let environment: Environment
    private let folder: ExportFolder

    package init(_ environment: Environment, folder: ExportFolder) {
        self.environment = environment
        self.folder = folder
    }

    /// - Parameter id: this one only; nil for the oldest.
    /// - Returns: What became of it; nil when none waits.
    /// - Throws: What kept it from being made; it is tried again, five times in all.
    package func callAsFunction(_ id: DataRequestID? = nil) async throws -> ExportReport? {
        let claimed = try await environment.database.system(reason: .privacy) { scope in
            try scope.last([DataRequestStore.claim(id)])[0].first.map(DataRequestStore.claimed)
        }
        guard let claimed else { return nil }
        do {
            let isOwn = try await run(claimed)
            return ExportReport(id: claimed.request.id, outcome: isOwn ? .done : .superseded)
        } catch is Superseded {
            return ExportReport(id: claimed.request.id, outcome: .superseded)
        } catch {
            _ = try await environment.database.system(reason: .privacy) { scope in
                try scope.change(DataRequestStore.fail(claimed, reason: Self.reason(error)))
            }
            throw error
        }
    }

    private struct Superseded: Error {}

    /// What operators may read of a failure: our own sentences, nothing that a file or a row said.
    private static func reason(_ error: any Error) -> String {
        (error as? DomainError)?.message ?? "The copy could not be written."
    }

    /// One part, written.
    private struct Written {
        let name: String
        let path: String
        let bytes: Int64
        let lines: Int
        let sha256: [UInt8]
    }

    private func run(_ claimed: ClaimedExport) async throws -> Bool {
        let request = claimed.request
        let workshop = try folder.makeWorkshop(request.id, attempt: claimed.attempt)
        defer { try? FileManager.default.removeItem(atPath: workshop) }
        let parts = try await parts(of: request)
        var written: [Written] = []
        for (number, part) in parts.enumerated() {
            try await advance(claimed, done: number, of: parts.count)
            written.append(try await write(part, claimed, number, parts.count, in: workshop))
        }
        try await advance(claimed, done: parts.count, of: parts.count)
        let path = folder.file(request.id, attempt: claimed.attempt)
        let (bytes, hash) = try archive(written, of: request, to: path)
        return try await environment.database.system(reason: .privacy) { scope in
            try scope.change(
                DataRequestStore.complete(claimed, bytes: bytes, sha256: hash)
            ) == 1
        }
    }

    private func parts(of request: DataRequest) async throws -> [ExportPart] {
        if let tenant = request.tenant {
            return ExportStore.workspace(request.subject, tenant: tenant)
        }
        let tenants = try await environment.database.system(reason: .privacy) { scope in
            try ErasureStore.tenants(of: request.subject, in: scope)
        }
        return ExportStore.personal(request.subject, tenants: tenants)
    }

    private func advance(_ claimed: ClaimedExport, done: Int, of total: Int) async throws {
        let changed = try await environment.database.system(reason: .privacy) { scope in
            try scope.change(DataRequestStore.advance(claimed, done: done, of: total))
        }
        guard changed == 1 else { throw Superseded() }
    }

    private func write(
        _ part: ExportPart,
        _ claimed: ClaimedExport,
        _ number: Int,
        _ total: Int,
        in workshop: String
    ) async throws -> Written {
        let file = try ExportFile(path: "\(workshop)/\(number).ndjson")
        var key: String?
        while true {
            let after = key
            let lines = try await environment.database.system(
                reason: .privacy,
                tenant: part.tenant
            ) { scope in
                try ExportStore.page(part, after: after, in: scope)
            }
            for line in lines { try file.write(line: line.json) }
            guard lines.count == ExportStore.pageSize, let last = lines.last else { break }
            key = last.key
            try await advance(claimed, done: number, of: total)
        }
        return Written(
            name: "\(part.name).ndjson",
            path: file.path,
            bytes: file.bytes,
            lines: file.lines,
            sha256: try file.finish()
        )
    }

    private func archive(
        _ parts: [Written],
        of request: DataRequest,
        to path: String
    ) throws -> (Int64, [UInt8]) {
        let now = environment.database.clock.now()
        let file = try ExportFile(path: path)
        let manifest = Array((manifest(parts, of: request, at: now).canonical + "\n").utf8)
        func add(_ name: String, _ size: Int64, _ content: () throws -> Void) throws {
            try file.write(TarHeader(name: name, size: size, modified: now.seconds).bytes)
            try content()
            try file.write(TarHeader.padding(after: size))
        }
        try add("manifest.json", Int64(manifest.count)) { try file.write(manifest) }
        for part in parts {
            try add(part.name, part.bytes) { try file.append(contentsOf: part.path) }
        }
        // Two empty blocks end an archive.
        try file.write([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
        let hash = try file.finish()
        return (file.bytes, hash)
    }

    private func manifest(
        _ parts: [Written],
        of request: DataRequest,
        at now: Instant
    ) -> JSONValue {
        .object([
            "format": .string("ghostworks-export-1"),
            "request": .string(request.id.description),
            "subject": .string(request.subject.description),
            "workspace": request.tenant.map { .string($0.description) } ?? .null,
            "created_at": .string(now.rfc3339),
            "files": .array(
                parts.map { part in
                    .object([
                        "name": .string(part.name), "bytes": .integer(part.bytes),
                        "lines": .integer(Int64(part.lines)),
                        "sha256": .string(Hex.encode(part.sha256)),
                    ])
                }
            ),
        ])
    }
}

/// What became of one export, for logs and metrics.
package struct ExportReport: Hashable, Sendable {
    package let id: DataRequestID
    package let outcome: Outcome

    package enum Outcome: String, Hashable, Sendable {
        case done
        /// Another worker had it meanwhile.
        case superseded
    }
}
