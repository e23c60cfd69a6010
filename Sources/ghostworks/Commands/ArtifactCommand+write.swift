import ArgumentParser
import Domain
import Foundation
import Operations

extension ArtifactCommand {
    /// `artifact show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show an artifact, or the history of its changes."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The artifact's id.") var id: ArtifactID
        @Flag(help: "Show the changes instead, the newest first.") var history = false

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                if history {
                    let list = ListRevisions(place.environment)
                    try await place.listing(ArtifactColumns.revision, output.format)
                        .write(limit: 0) { try await list(id, page: $0, by: place.caller) }
                } else {
                    let artifact = try await FindArtifact(place.environment)(
                        id,
                        deletedToo: true,
                        by: place.caller
                    )
                    place.listing(ArtifactColumns.artifact, output.format).write(one: artifact)
                }
            }
        }
    }

    /// The fields that people write.
    struct FieldOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp("The text, or @FILE; @- reads standard input.", valueName: "text")
        )
        var description: String?
        @Option(
            name: .customLong("tag"),
            help: ArgumentHelp("A tag; may be repeated.", valueName: "tag")
        )
        var tags: [String] = []
        @Option(
            help: ArgumentHelp(
                "A JSON object, or @FILE; @- reads standard input.",
                valueName: "json"
            )
        )
        var metadata: String?

        func text() throws -> String? {
            try description.map { try InputText.read($0, field: "description") }
        }

        func object() throws -> JSONValue? {
            try metadata.map { given in
                let text = try InputText.read(given, field: "metadata")
                return try JSONValue(parsing: text, field: "metadata")
            }
        }
    }

    /// `artifact create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Create an artifact."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var fields: FieldOptions
        @Argument(help: "The name.") var name: String
        @Option(help: ArgumentHelp("Makes a repetition harmless.", valueName: "key"))
        var idempotencyKey: String?

        func run() async throws {
            let draft = try ArtifactDraft(
                name: name,
                description: try fields.text() ?? "",
                tags: fields.tags,
                metadata: try fields.object() ?? .object([:])
            )
            try await TenantWork(global: global, tenant: tenant).write { place in
                let create = CreateArtifact(place.environment)
                let key = idempotencyKey
                let artifact = try await create(draft, idempotencyKey: key, by: place.caller)
                place.listing(ArtifactColumns.artifact, output.format).write(one: artifact)
            }
        }
    }

    /// `artifact update`.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Change fields of an artifact; what is not given stays.",
            discussion: "With --if-version the change is refused when somebody else was faster."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @OptionGroup var fields: FieldOptions
        @Argument(help: "The artifact's id.") var id: ArtifactID
        @Option(help: ArgumentHelp("The new name.", valueName: "text")) var name: String?
        @Flag(name: .customLong("no-tags"), help: "Remove all tags.") var removesTags = false
        @Option(
            name: .customLong("if-version"),
            help: ArgumentHelp("Only when it still has this version.", valueName: "number")
        )
        var version: Int64?

        func run() async throws {
            let edit = ArtifactEdit(
                name: name,
                description: try fields.text(),
                tags: removesTags ? [] : fields.tags.isEmpty ? nil : fields.tags,
                metadata: try fields.object()
            )
            guard edit != ArtifactEdit() else {
                throw ExitMessage(
                    "Nothing to change.",
                    hint: "Give --name, --description, --tag or --metadata.",
                    code: ExitMessage.usage
                )
            }
            try await TenantWork(global: global, tenant: tenant).write { place in
                let artifact = try await UpdateArtifact(place.environment)(
                    id,
                    edit,
                    version: try await base(place),
                    by: place.caller
                )
                place.listing(ArtifactColumns.artifact, output.format).write(one: artifact)
            }
        }

        private func base(_ place: TenantWork.Place) async throws -> Int64 {
            if let version { return version }
            return try await FindArtifact(place.environment)(id, by: place.caller).version
        }
    }
}

/// Text given as an argument, as a file, or on standard input.
enum InputText {
    private static let longest = 4_000_000

    static func read(_ argument: String, field: String) throws -> String {
        guard argument.hasPrefix("@") else { return argument }
        let path = String(argument.dropFirst())
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle, let data = try? handle.read(upToCount: longest) ?? Data() else {
            throw ExitMessage("The file \(path) cannot be read.", code: ExitMessage.usage)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw DomainError.invalid(field, "must be UTF-8 text")
        }
        return text
    }
}
