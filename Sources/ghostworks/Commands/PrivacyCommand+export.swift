import ArgumentParser
import Domain
import Operations

extension PrivacyCommand {
    /// `privacy export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "A copy of everything about you, about somebody, or about a member.",
            discussion: "Without a person it is about you. Operators name a person and a --reason. "
                + "With --tenant it is what that tenant has about a member. The copy is a tar "
                + "archive of NDJSON files and a manifest with their SHA-256."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "Mail address or id.") var person: String?
        @Option(
            name: .long,
            help: ArgumentHelp("Where to; a file must not be there yet.", valueName: "file")
        )
        var output: String?

        func run() async throws {
            let settings = try await global.settings()
            let folder = ExportFolder(path: settings.folders.exports)
            try await ShellSession.with(settings) { session in
                let errand = ExportErrand(session: session, folder: folder, output: output)
                switch try await PrivacyCommand.subject(person, tenant, session) {
                case .oneself: try await errand.own()
                case .person(let id):
                    try await errand.person(id, reason: try PrivacyCommand.reason(tenant))
                case .member:
                    let entrance = TenantEntrance(session: session, options: tenant)
                    try await entrance.enter(.readWrite) { caller in
                        try await errand.member(person ?? "", caller, settings)
                    }
                }
            }
        }
    }
}

/// Asks for an export, sees it made, and copies its file to where it is wanted.
private struct ExportErrand {
    let session: ShellSession
    let folder: ExportFolder
    let output: String?

    private var environment: Operations.Environment { session.environment }

    func own() async throws {
        let request = try await RequestExport(environment)(by: session.caller)
        try await make(request) { try await FindOwnExport(environment)($0, by: session.caller) }
        let (made, file) = try await OpenExport(environment)(request.id, by: session.caller)
        try copy(made, file)
    }

    func person(_ id: UserID, reason: String) async throws {
        let request = try await RequestExport(environment)(
            of: id,
            reason: reason,
            by: session.caller
        )
        try await make(request) {
            try await FindExport(environment)($0, by: session.caller)
        }
        let (made, file) = try await OpenExport(environment)(
            request.id,
            byOperator: session.caller
        )
        try copy(made, file)
    }

    func member(_ name: String, _ caller: TenantCaller, _ settings: Settings) async throws {
        let place = TenantWork.Place(session: session, caller: caller, settings: settings)
        let user = try await MemberNames(place: place).resolve(name)
        let request = try await RequestData(environment)(.export, of: user, by: caller)
        try await make(request) { try await FindDataRequest(environment)($0, by: caller) }
        let (made, file) = try await OpenExport(environment)(request.id, by: caller)
        try copy(made, file)
    }

    /// Makes it here; when a worker has it in hand, shows how far that is.
    private func make(
        _ request: DataRequest,
        _ find: (DataRequestID) async throws -> DataRequest
    ) async throws {
        if try await RunExport(environment, folder: folder)(request.id)?.outcome == .done { return }
        let progress = ProgressLine()
        defer { progress.clear() }
        while true {
            let now = try await find(request.id)
            guard [.queued, .running].contains(now.status) else { return }
            let fraction = Double(now.progress.done) / Double(max(1, now.progress.total))
            progress.show(ProgressBar.text(fraction, "A worker makes the copy"))
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func copy(_ request: DataRequest, _ file: DataRequest.File) throws {
        let target = AbsolutePath.of(output ?? ExportCopy.name(of: request.id))
        try ExportCopy(folder: folder).write(request, file, to: target)
        StandardStream.output.line("Wrote \(target) (\(Cell.grouped(file.bytes)) bytes).")
    }
}
