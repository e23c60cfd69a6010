import Console
import Domain
import Operations

extension PrivacyClient {
    init(desk: ConsoleDesk) {
        self.init(
            perform: { try await desk.perform($0, by: $1) },
            platform: { try await desk.perform($0, by: $1) }
        )
    }
}

extension ConsoleDesk {
    fileprivate func perform(
        _ request: PrivacyRequest,
        by caller: TenantCaller
    ) async throws -> PrivacyAnswer {
        switch request {
        case .requests(let page):
            return .requests(try await ListDataRequests(try await open())(page: page, by: caller))
        case .holds(let page):
            return .holds(try await ListLegalHolds(try await open())(page: page, by: caller))
        case .save(let id):
            let (request, file) = try await OpenExport(try await open())(id, by: caller)
            return .saved(try save(request, file))
        case .ask(let kind, let subject):
            return try await change {
                .request(try await RequestData($0)(kind, of: subject, by: caller))
            }
        case .approve(let id):
            return try await change {
                .request(try await ApproveDataRequest($0)(id, by: caller))
            }
        case .hold(let name, let reason):
            let environment = try await open()
            let subject = try await Self.member(name, by: caller, in: environment)
            return try await change {
                .hold(try await PlaceLegalHold($0)(on: subject, reason: reason, by: caller))
            }
        case .release(let id):
            return try await change {
                try await ReleaseLegalHold($0)(id, by: caller)
                return .released
            }
        }
    }

    fileprivate func perform(
        _ request: PersonalDataRequest,
        by caller: Caller
    ) async throws -> PrivacyAnswer {
        switch request {
        case .copies(let user, let page):
            let list = ListExports(try await open())
            return .requests(try await list(of: user, page: page, by: caller))
        case .save(let id):
            let (request, file) = try await OpenExport(try await open())(id, byOperator: caller)
            return .saved(try save(request, file))
        case .ask(let user, let reason):
            return try await change {
                .request(try await RequestExport($0)(of: user, reason: reason, by: caller))
            }
        case .erase(let user, let reason):
            return try await change {
                try await ErasePerson($0)(user, reason: reason, by: caller)
                return .erased
            }
        }
    }

    /// The member whom an owner means; nil for everybody.
    private static func member(
        _ name: String?,
        by caller: TenantCaller,
        in environment: Operations.Environment
    ) async throws -> UserID? {
        guard let name else { return nil }
        if let id = UserID(name) { return id }
        let page = try await ListMembers(environment)(
            MemberFilter(search: name),
            page: PageRequest(limit: PageRequest.limits.upperBound),
            by: caller
        )
        guard let member = page.items.first(where: { $0.email.lowercased() == name.lowercased() })
        else { throw DomainError.invalid("member", "is nobody's mail address here") }
        return member.user
    }

    private func save(_ request: DataRequest, _ file: DataRequest.File) throws -> String {
        let target = AbsolutePath.of(ExportCopy.name(of: request.id))
        do {
            try ExportCopy(folder: exports).write(request, file, to: target)
        } catch let problem as ExitMessage {
            throw DomainError(.conflict, .invalidTransition, problem.sentence)
        }
        return target
    }
}
