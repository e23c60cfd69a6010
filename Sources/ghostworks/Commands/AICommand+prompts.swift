import ArgumentParser
import Domain
import Operations

extension AICommand {
    /// `ai prompts`.
    struct Prompts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List prompts with their labels, or the versions of one."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions
        @Argument(help: "A prompt's name or id, for its versions.") var prompt: String?

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListPrompts(place.environment)
                guard let prompt else {
                    return try await place.listing(AICommand.promptColumns, output.format)
                        .write(limit: output.limit) { try await list(page: $0, by: place.caller) }
                }
                let id = try await PromptNames(place: place).resolve(prompt)
                let versions = ListPromptVersions(place.environment)
                try await place.listing(AICommand.promptVersionColumns, output.format)
                    .write(limit: output.limit) {
                        try await versions(of: id, page: $0, by: place.caller)
                    }
            }
        }
    }

    /// `ai add-prompt`.
    struct AddPrompt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add-prompt",
            abstract: "Keep a prompt under a name, or add a version to the one that has it."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The prompt's name.") var name: String
        @Option(help: ArgumentHelp("System template, or @FILE; @- reads.", valueName: "text"))
        var system: String?
        @Option(help: ArgumentHelp("Message template, or @FILE; @- reads.", valueName: "text"))
        var user: String?
        @Option(help: ArgumentHelp("What it is for.", valueName: "text")) var description: String?
        @Flag(help: "The whole workspace may share cached answers to it.") var shareable = false
        @Option(help: ArgumentHelp("The number it is expected to get.", valueName: "number"))
        var number: Int?

        func run() async throws {
            let system = try system.map { try InputText.read($0, field: "system") } ?? ""
            let user = try user.map { try InputText.read($0, field: "user") } ?? ""
            let text = try PromptText(system: system, user: user)
            try await TenantWork(global: global, tenant: tenant).write { place in
                let names = PromptNames(place: place)
                if let present = try await names.find(name) {
                    _ = try await AddPromptVersion(place.environment)(
                        text,
                        number: number,
                        to: present,
                        by: place.caller
                    )
                } else {
                    guard number ?? 1 == 1 else {
                        throw DomainError.invalid("number", "must be 1: the prompt is new")
                    }
                    let new = try NewPrompt(
                        name: name,
                        description: description ?? "",
                        shareable: shareable,
                        system: system,
                        user: user
                    )
                    _ = try await CreatePrompt(place.environment)(new, by: place.caller)
                }
                let id = try await names.resolve(name)
                let prompt = try await ListPrompts(place.environment)(id, by: place.caller)
                place.listing(AICommand.promptColumns, output.format).write(one: prompt)
            }
        }
    }

    /// `ai label-prompt`.
    struct LabelPrompt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "label-prompt",
            abstract: "Point a label at a version, such as production at 3."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @Argument(help: "The prompt's name or id.") var prompt: String
        @Argument(help: "The label.") var label: String
        @Argument(help: "The version.") var number: Int

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let id = try await PromptNames(place: place).resolve(prompt)
                let moved = try await Operations.LabelPrompt(place.environment)(
                    label,
                    at: number,
                    of: id,
                    by: place.caller
                )
                StandardStream.output.line("\(moved.label) is version \(moved.version) now.")
            }
        }
    }

    /// `ai render-prompt`.
    struct RenderPrompt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "render-prompt",
            abstract: "Fill a version of a prompt with values, as a call would send it."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The prompt's name or id.") var prompt: String
        @Option(help: ArgumentHelp("A number, a label or latest.", valueName: "version"))
        var version = "latest"
        @Option(
            name: .customLong("set"),
            help: ArgumentHelp("A value, as name=text; repeat it.", valueName: "pair")
        )
        var values: [String] = []

        func run() async throws {
            let choice = try PromptChoice(version)
            let values = try pairs()
            try await TenantWork(global: global, tenant: tenant).read { place in
                let id = try await PromptNames(place: place).resolve(prompt)
                let rendered = try await Operations.RenderPrompt(place.environment)(
                    id,
                    choice,
                    values: values,
                    by: place.caller
                )
                place.listing(AICommand.renderedColumns, output.format).write(one: rendered.text)
            }
        }

        private func pairs() throws -> [String: String] {
            var pairs: [String: String] = [:]
            for value in values {
                let parts = value.split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                guard parts.count == 2, !parts[0].isEmpty else {
                    throw DomainError.invalid("set", "must be name=text")
                }
                pairs[String(parts[0])] = String(parts[1])
            }
            return pairs
        }
    }

    static let promptColumns: [Column<TenantPrompt>] = [
        Column("name") { Cell($0.name) },
        Column("latest") { Cell($0.latest) },
        Column("labels") { .list($0.labels.map { "\($0.label)=\($0.version)" }) },
        Column("description") { Cell($0.description.isEmpty ? nil : $0.description) },
        Column("created_at") { Cell($0.createdAt) },
        Column("shareable", isShown: false) { .flag($0.shareable) },
        Column("id", isShown: false) { Cell($0.id) },
    ]

    static let promptVersionColumns: [Column<PromptVersion>] = [
        Column("version") { Cell($0.number) },
        Column("variables") { .list($0.text.variables) },
        Column("system") { Cell($0.text.system.source) },
        Column("user") { Cell($0.text.user.source) },
        Column("created_at") { Cell($0.createdAt) },
        Column("created_by", isShown: false) { Cell($0.createdBy) },
    ]

    static let renderedColumns: [Column<RenderedPrompt>] = [
        Column("system") { Cell($0.system) },
        Column("user") { Cell($0.user) },
    ]
}

/// Finds prompts by what people type.
struct PromptNames {
    let place: TenantWork.Place

    func resolve(_ name: String) async throws -> PromptID {
        if let id = PromptID(name) { return id }
        guard let id = try await find(name) else {
            throw ExitMessage("No prompt \"\(name)\" exists.", hint: "See: ghostworks ai prompts")
        }
        return id
    }

    /// The prompt of exactly this name.
    func find(_ name: String) async throws -> PromptID? {
        let list = ListPrompts(place.environment)
        var position: PagePosition?
        repeat {
            let request = try PageRequest(limit: PageRequest.limits.upperBound, after: position)
            let page = try await list(page: request, by: place.caller)
            if let prompt = page.items.first(where: { $0.name == name }) { return prompt.id }
            position = page.next
        } while position != nil
        return nil
    }
}
