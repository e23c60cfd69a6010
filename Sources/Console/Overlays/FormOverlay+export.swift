import Domain
import Terminal

extension FormOverlay {
    static func export(_ content: any ListScreen, at now: Instant) -> FormOverlay {
        let stem = [content.kind.rawValue, content.tenant?.slug].compactMap(\.self)
            .joined(separator: "-")
        let filter = content.filterText ?? ""
        let isTrail = content is AuditScreen
        return FormOverlay(
            title: SafeText("Export \(content.title)", limit: 60),
            plan: [
                SafeText(
                    (filter.isEmpty ? "Writes all of the list" : "Writes what fits \"\(filter)\"")
                        + " to a new file; nothing is overwritten."
                ),
                isTrail
                    ? "A signed digest is written beside it, and the trail says so."
                    : "Only you can read the file.",
            ],
            form: Form([
                choice("format", "Format", ExportFormat.allCases.map(\.rawValue)),
                text(
                    "path",
                    "File",
                    value: ExportName.proposal(stem, .csv, at: now),
                    limit: 1_000,
                    hint: "from where the console was started"
                ),
            ]),
            intent: .local(.export(stem: stem, at: now))
        )
    }

    static func export(
        _ values: FormValues,
        stem: String,
        at now: Instant
    ) throws(DomainError) -> Order {
        let format = ExportFormat(rawValue: values["format"]) ?? .csv
        guard var path = values["path"].nonBlank?.trimmed else {
            throw .invalid("path", "must name a file")
        }
        // Read out, all answers come at once: the name of a proposal follows here.
        if path == ExportName.proposal(stem, .csv, at: now) {
            path = ExportName.proposal(stem, format, at: now)
        }
        return .export(path, format)
    }

    /// Gives a proposed name that nobody touched the ending of the format that was chosen.
    mutating func followFormat() {
        guard case .local(.export(let stem, let now)) = intent,
            let format = ExportFormat(rawValue: form.values["format"] ?? ""),
            let index = form.fields.firstIndex(where: { $0.id == "path" }),
            case .text(var field) = form.fields[index].content
        else { return }
        let proposals = ExportFormat.allCases.map { ExportName.proposal(stem, $0, at: now) }
        guard proposals.contains(field.text) else { return }
        field.text = ExportName.proposal(stem, format, at: now)
        form.fields[index].content = .text(field)
    }
}
