import Domain
import Inference
import Storage

/// Whom a call goes to, and what the model is given besides the question.
struct ChatPlan: Sendable {
    /// In the order in which they are tried; never none.
    let models: [ChatModel]
    /// The route's name, where one was asked for.
    let route: String?
    let rules: RoutePlan.Rules
    /// What was said before, the oldest first.
    let history: [ChatMessage]

    var targets: [CallTarget] {
        models.map { CallTarget(provider: $0.provider, model: $0.id) }
    }

    /// The most that each of the targets writes.
    var outputTokens: Int64 { models.map(\.outputTokens).min() ?? 0 }
}

/// The order of models behind a name.
struct ChatRoute: Sendable {
    let models: [String]
    let rules: RoutePlan.Rules

    /// The workspace's route of a name; nil where it has none.
    ///
    /// The one place to ask a store of routes.
    static func find(_ name: String, in scope: Scope) throws -> ChatRoute? {
        nil
    }
}

/// Finds out whom a call goes to; the guard is asked in the same round trip.
struct PlanChat: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `model_not_allowed` for a model that is not there for calls, not found for a
    ///   route or a conversation, and the guard's refusal.
    func callAsFunction(_ order: ChatOrder, by principal: CallPrincipal) async throws -> ChatPlan {
        try await environment.database.read(principal.access) { scope in
            var statements = [ChatModelStore.active]
            if case .continued(let id) = order.options.conversation {
                statements += [
                    ConversationStore.find(id, in: principal.tenant),
                    ConversationStore.recent(of: id, in: principal.tenant),
                ]
            }
            let rows = try scope.batch(statements)
            let models = try rows[0].map(ChatModel.init)
            let history = try Self.history(rows.dropFirst(), order, principal)
            switch order.model {
            case .usual:
                return ChatPlan(try Self.pick(models.first?.id, of: models), history: history)
            case .named(let name):
                return ChatPlan(try Self.pick(name, of: models), history: history)
            case .route(let name):
                guard let route = try ChatRoute.find(name, in: scope) else {
                    throw DomainError.notFound("route", Validation.quotable(name))
                }
                return ChatPlan(
                    models: try route.models.map { try Self.pick($0, of: models) },
                    route: name,
                    rules: route.rules,
                    history: history
                )
            }
        }
    }

    private static func pick(_ name: String?, of models: [ChatModel]) throws -> ChatModel {
        guard let model = models.first(where: { $0.id == name }) else {
            throw DomainError.modelNotAllowed
        }
        return model
    }

    /// People go on with their own conversations only.
    private static func history(
        _ rows: ArraySlice<Found>,
        _ order: ChatOrder,
        _ principal: CallPrincipal
    ) throws -> [ChatMessage] {
        guard case .continued(let id) = order.options.conversation, let found = rows.first,
            let messages = rows.last
        else { return [] }
        let entry = try found.first.map(ConversationEntry.init)
        guard let entry, entry.user == principal.user else {
            throw DomainError.notFound("conversation", id.description)
        }
        let recent = try messages.map { try KeptMessage($0).message }.reversed()
        // A tool's answer means nothing without the question that was cut off before it.
        return Array(recent.drop { $0.role == .tool })
    }
}

extension ChatPlan {
    fileprivate init(_ model: ChatModel, history: [ChatMessage]) {
        self.init(models: [model], route: nil, rules: RoutePlan.Rules(), history: history)
    }
}

extension CallPrincipal {
    /// How the tables are reached before anything is held.
    var access: Access {
        switch self {
        case .member(let caller): .tenant(caller, .aiUse)
        case .visitor(let tenant, _):
            Access(
                context: AccessContext(
                    kind: .system(.aiGateway),
                    tenant: tenant,
                    mode: .readWrite
                ),
                guard: .process,
                requestID: nil
            )
        }
    }

    /// The member, for a search with their rights.
    var member: TenantCaller? {
        if case .member(let caller) = self { caller } else { nil }
    }
}
