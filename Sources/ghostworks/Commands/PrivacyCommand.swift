import ArgumentParser
import Domain
import Foundation
import Operations
import Storage

/// `ghostworks privacy`: what is there about people, and how it goes.
struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "Personal data: copies, erasure, legal holds, the register of columns.",
        subcommands: [
            Export.self, Erase.self, Requests.self, Approve.self, Hold.self, Holds.self,
            Release.self, Reapply.self, Registry.self,
        ]
    )

    /// Whom a command is about.
    enum Subject {
        /// Everything about the person who types.
        case oneself
        /// Everything about somebody, for operators.
        case person(UserID)
        /// What one tenant has about a member.
        case member
    }

    /// Operators mean the platform unless they name a tenant; everybody else means a tenant.
    static func subject(
        _ name: String?,
        _ tenant: TenantOptions,
        _ session: ShellSession
    ) async throws -> Subject {
        guard let name else {
            guard tenant.tenant == nil else {
                throw ExitMessage(
                    "Which member?",
                    hint: "Name the member by mail address or id.",
                    code: ExitMessage.usage
                )
            }
            try tenant.refuseReason("About yourself no reason is kept.")
            return .oneself
        }
        guard session.isOperator, tenant.tenant == nil else { return .member }
        if let id = UserID(name) { return .person(id) }
        return .person(try await FindPerson(session.environment)(name, by: session.caller))
    }

    /// The reason that operators give when they act on somebody.
    static func reason(_ tenant: TenantOptions) throws -> String {
        guard let reason = tenant.reason else {
            throw ExitMessage(
                "A reason is needed.",
                hint: "Say --reason \"why\"; the platform's trail keeps it.",
                code: ExitMessage.usage
            )
        }
        guard tenant.ticket == nil, tenant.supportSession == nil else {
            throw ExitMessage(
                "Tickets and support sessions are for work in a tenant.",
                hint: "Say --tenant SLUG as well, or the --reason alone.",
                code: ExitMessage.usage
            )
        }
        return reason
    }

    /// `privacy registry`.
    struct Registry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "registry",
            abstract: "Every column that holds more than ids, numbers and times.",
            discussion: "The register of personal data: its kind, and what an erasure does to it."
        )
        @Option(name: .long, help: "Output: table, json (one object a line) or csv.")
        var format = OutputFormat.table
        @Flag(name: .long, help: "Only personal data.") var personal = false

        func run() {
            let columns = PersonalData.register.filter { !personal || $0.personal != nil }
            Listing(columns: Self.columns, format: format, zone: .gmt)
                .write(columns.sorted { $0.name < $1.name })
        }

        private static let columns: [Column<PersonalData.Column>] = [
            Column("column") { Cell($0.name) },
            Column("personal") { Cell($0.personal?.kind.rawValue) },
            Column("when_erased") { Cell($0.personal?.erasure.rawValue) },
            Column("why_not") { Cell($0.harmless?.rawValue) },
        ]
    }

    static let requestColumns: [Column<DataRequest>] = [
        Column("id") { Cell($0.id) },
        Column("kind") { Cell($0.kind.rawValue) },
        Column("subject") { Cell($0.subject) },
        Column("status") { Cell($0.status.rawValue) },
        Column("created_at") { Cell($0.createdAt) },
        Column("due_at") { Cell($0.dueAt) },
        Column("requested_by", isShown: false) { Cell($0.requestedBy) },
        Column("finished_at", isShown: false) { Cell($0.finishedAt) },
        Column("file_bytes", isShown: false) { Cell($0.file?.bytes) },
    ]
}
