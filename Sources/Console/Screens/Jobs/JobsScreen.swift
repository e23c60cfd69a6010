import Domain
import Terminal

/// What workers do and did: mails, copies of data, erasures.
struct JobsScreen: ListScreen {
    static let kind = ScreenKind.jobs
    var list = Listing<Job, JobID>(columns: Self.columns)
    private var filter = JobFilter()
    private(set) var text: String

    init(filter: String?) {
        text = filter ?? ""
    }

    var title: String { "Jobs" }
    var filterText: String? { text }

    var status: String {
        let filter = text.isEmpty ? "newest first" : "filter: \(text)"
        return [list.count("job"), filter].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    func ask(_ page: PageRequest) -> Ask? { .platform(.jobs(.list(filter, page))) }

    func page(in answer: ConsoleAnswer) -> Page<Job>? {
        if case .jobs(.list(let page)) = answer { return page }
        return nil
    }

    mutating func filter(
        _ text: String,
        _ context: ScreenContext
    ) throws(DomainError) -> [SlotAsk] {
        filter = try JobFilter(try FilterReading(text, .jobs), context.clock)
        self.text = text.trimmed
        list.clear()
        return listAsk(.first)
    }

    mutating func note(_ answer: ConsoleAnswer, _ context: ScreenContext) {
        guard let job = answer.changedJob else { return }
        let screen = self
        list.replace(job, now: context.now) { screen.row($0, context) }
    }

    // Below 120 columns the next try folds first, then the tenant, then the number of tries.
    private static let columns = [
        TableColumn(id: "state", title: "STATE", span: .fixed(16)),
        TableColumn(id: "kind", title: "KIND", span: .fixed(8)),
        TableColumn(id: "what", title: "WHAT", span: .flexible(minimum: 16, weight: 3)),
        TableColumn(
            id: "tenant",
            title: "TENANT",
            span: .flexible(minimum: 10, weight: 1),
            foldOrder: 2
        ),
        TableColumn(id: "age", title: "AGE", span: .fixed(8), alignment: .trailing),
        TableColumn(
            id: "tries",
            title: "TRIES",
            span: .fixed(5),
            alignment: .trailing,
            foldOrder: 1
        ),
        TableColumn(id: "next", title: "NEXT TRY", span: .fixed(16), foldOrder: 3),
        TableColumn(id: "error", title: "LAST ERROR", span: .flexible(minimum: 14, weight: 2)),
    ]

    func row(_ job: Job, _ context: ScreenContext) -> TableRow<JobID> {
        TableRow(
            id: job.id,
            cells: [
                .text(job.stateRole.sign + SafeText(job.stateText), job.stateRole),
                .text(SafeText(job.kind.rawValue)),
                .text(SafeText(job.what, limit: 100)),
                .text(SafeText(job.tenantSlug ?? "–", limit: 63), .muted),
                .text(SafeText(age(of: job, context)), .muted),
                .text(SafeText(Format.count(Int64(job.attempts)))),
                .text(SafeText(job.nextAt.map(context.zone.minute) ?? "–"), .muted),
                .text(SafeText(job.failure ?? "–", limit: 300), job.failureRole),
            ]
        )
    }

    /// The head of the column says that it is an age.
    private func age(of job: Job, _ context: ScreenContext) -> String {
        Format.age(job.createdAt.duration(to: context.now)).replacing(" ago", with: "")
    }

    func draw(into frame: inout Frame, in rect: Rect, _ context: DrawContext) {
        let empty =
            text.isEmpty
            ? "Nothing waits and nothing was done.\nMails and copies of data stand here."
            : "No job fits \"\(text)\".\n\(context.key("filter")) and an empty line shows all."
        drawList(into: &frame, in: rect, context, emptyText: empty)
    }
}

extension ConsoleAnswer {
    /// The job that a write of this console has changed.
    var changedJob: Job? {
        switch self {
        case .jobs(.retried(let job)), .jobs(.cancelled(let job)): job
        default: nil
        }
    }
}

extension Job {
    /// The state, with how far the job is.
    var stateText: String {
        guard state == .running, let progress else { return state.rawValue }
        return "running \(progress.done) of \(progress.total)"
    }

    /// What tells the state beside its word; one that waits longer than workers take is marked.
    var stateRole: Terminal.Role {
        switch state {
        case .waiting: failure == nil ? .text : .warning
        case .running: .accent
        case .done: .good
        case .failed: .error
        case .cancelled: .muted
        }
    }

    var failureRole: Terminal.Role {
        switch state {
        case .waiting, .running, .failed: failure == nil ? .muted : .warning
        case .done, .cancelled: .muted
        }
    }

    /// What is done, in words; nobody's name and no whole address.
    var what: String {
        switch kind {
        case .mail:
            "\(name.replacing("_", with: " ")) → \(destination ?? "–")"
        case .copy: tenant == nil ? "a person's data" : "a member's data"
        case .erasure: "a member"
        }
    }

    /// The same as questions name it.
    var named: String {
        switch kind {
        case .mail: "the mail \(what)"
        case .copy: "the copy of \(what)"
        case .erasure: "the erasure of \(what)"
        }
    }
}
