import ArgumentParser
import Domain
import Operations
import Terminal

extension PrivacyCommand {
    /// `privacy erase`.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "Make a person nobody, for good: you, somebody, or a tenant's member.",
            discussion: "Without a person it is you; that takes your password, or a code of your "
                + "second factor. Operators name a person and a --reason. With "
                + "--tenant the member is forgotten in that tenant; a member's own request waits "
                + "for an owner. Trails stay whole: they hold ids, which then name nobody."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var password: PasswordOptions
        @Argument(help: "Mail address or id.") var person: String?
        @Flag(name: .long, help: "Do not ask whether it is meant.") var yes = false

        func run() async throws {
            let settings = try await global.settings()
            try await ShellSession.with(settings) { session in
                switch try await PrivacyCommand.subject(person, tenant, session) {
                case .oneself: try await eraseOneself(session)
                case .person(let id): try await erase(id, session)
                case .member:
                    let entrance = TenantEntrance(session: session, options: tenant)
                    try await entrance.enter(.readWrite) { caller in
                        try await forget(
                            TenantWork.Place(session: session, caller: caller, settings: settings)
                        )
                    }
                }
            }
        }

        private func eraseOneself(_ session: ShellSession) async throws {
            let email = session.identity.email
            try ask("\(SafeText(email).string): you will be forgotten; nothing brings you back.")
            try await ProofQuestion(password: password).with { proof in
                try await ErasePerson(session.environment)(
                    confirming: email,
                    proof: proof,
                    by: session.caller
                )
            }
            StandardStream.output.line("You are forgotten. All your sessions have ended.")
        }

        private func erase(_ id: UserID, _ session: ShellSession) async throws {
            let reason = try PrivacyCommand.reason(tenant)
            try ask("\(shown) will be forgotten everywhere; nothing brings the person back.")
            try await ErasePerson(session.environment)(id, reason: reason, by: session.caller)
            StandardStream.output.line("Erased \(id).")
        }

        private func forget(_ place: TenantWork.Place) async throws {
            let user = try await MemberNames(place: place).resolve(person ?? "")
            try ask("\(shown) will be forgotten in this tenant; nothing brings the member back.")
            let request = try await RequestData(place.environment)(
                .erase,
                of: user,
                by: place.caller
            )
            StandardStream.output.line(
                request.status == .done
                    ? "Erased \(user)." : "The request \(request.id) waits for an owner."
            )
        }

        private var shown: String { SafeText(person ?? "").string }

        private func ask(_ warning: String) throws {
            if !yes { try Question.requireYes(warning) }
        }
    }

    /// `privacy requests`.
    struct Requests: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "requests",
            abstract: "Requests about people's data in a tenant, newest first."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: ListingOptions

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).read { place in
                let list = ListDataRequests(place.environment)
                try await place.listing(PrivacyCommand.requestColumns, output.format)
                    .write(limit: output.limit) { try await list(page: $0, by: place.caller) }
            }
        }
    }

    /// `privacy approve`.
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve",
            abstract: "Carry out an erasure that a member asked for."
        )
        @OptionGroup var global: GlobalOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: FormatOptions
        @Argument(help: "The request's id.") var request: DataRequestID

        func run() async throws {
            try await TenantWork(global: global, tenant: tenant).write { place in
                let done = try await ApproveDataRequest(place.environment)(
                    request,
                    by: place.caller
                )
                place.listing(PrivacyCommand.requestColumns, output.format).write(one: done)
            }
        }
    }
}
