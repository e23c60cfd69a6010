import ArgumentParser
import Domain
import Foundation
import Operations
import Sealing

extension AuditCommand {
    /// `audit export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write events to a file, with a signed digest beside it.",
            discussion: """
                The file holds exactly what the filter lets through, the oldest event first. \
                FILE.manifest.json says what is in it and is signed with the platform's key; \
                `audit verify-export FILE` compares the two.
                """
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var wanted: AuditFilterOptions
        @Flag(help: "The platform's own trail, for operators.") var platform = false
        @Option(help: "csv, or jsonl: one JSON object a line.") var format = ExportFormat.csv
        @Option(
            help: ArgumentHelp(
                "The file; it must not exist. A name with the time unless told.",
                valueName: "file"
            )
        )
        var output: String?

        func run() async throws {
            if platform { try tenant.refuseForPlatform() }
            _ = try wanted.reading()
            let progress = ProgressLine()
            let show: Headway.Report = { progress.show($0, "event") }
            defer { progress.clear() }
            if platform {
                let settings = try await global.settings()
                try await ShellSession.with(settings) { session in
                    let export = ExportAuditEvents(session.environment)
                    let filter = try await wanted.filter(of: session, settings)
                    try await write(filter) { request, sink in
                        try await export(request, by: session.caller, progress: show, to: sink)
                    }
                }
                return
            }
            try await TenantWork(global: global, tenant: tenant).read { place in
                let export = ExportAuditEvents(place.environment)
                let filter = try await wanted.filter(in: place)
                try await write(filter) { request, sink in
                    try await export(request, by: place.caller, progress: show, to: sink)
                }
            }
        }

        private func write(
            _ filter: AuditFilter,
            _ export: (AuditExportRequest, ExportAuditEvents.Sink) async throws -> ExportManifest
        ) async throws {
            let path = AbsolutePath.of(output ?? proposal)
            let manifest = try await SignedExport.write(
                filter,
                format,
                to: path,
                export
            )
            ProgressLine().clear()
            StandardStream.output.line(
                "Wrote \(Cell.grouped(manifest.rows)) events to \(path); "
                    + "the digest is signed by key \(manifest.kid)."
            )
        }

        private var proposal: String {
            let place = platform ? "platform" : tenant.tenant ?? "own"
            return ExportName.proposal("audit-\(place)", format, at: SystemTime.now)
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}

/// Writes an export and its manifest, both or none.
enum SignedExport {
    static func write(
        _ filter: AuditFilter,
        _ format: ExportFormat,
        to path: String,
        _ export: (AuditExportRequest, ExportAuditEvents.Sink) async throws -> ExportManifest
    ) async throws -> ExportManifest {
        let file = try NewFile(path: path)
        let digest = try NewFile(path: ExportManifest.path(beside: path))
        let request = AuditExportRequest(
            filter: filter,
            format: format,
            file: URL(filePath: path).lastPathComponent
        )
        let interruption = Interruption()
        let manifest = try await export(request) { text in
            try interruption.check()
            try file.write(text)
        }
        try digest.write(manifest.text)
        try file.finish()
        try digest.finish()
        return manifest
    }
}
