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
        guard order.needsLookup else {
            let fetched = try await environment.database.fetch(
                principal.access,
                ChatModelStore.active
            )
            let models = try fetched.rows.map(ChatModel.init)
            return ChatPlan(try Self.pick(order.model.name ?? models.first?.id, of: models))
        }
        return try await environment.database.read(principal.access) { scope in
            let models = try scope.query(ChatModelStore.active).map(ChatModel.init)
            let history = try Self.history(order, principal, in: scope)
            guard case .route(let name) = order.model else {
                let model = try Self.pick(order.model.name ?? models.first?.id, of: models)
                return ChatPlan(model, history: history)
            }
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

    private static func pick(_ name: String?, of models: [ChatModel]) throws -> ChatModel {
        guard let model = models.first(where: { $0.id == name }) else {
            throw DomainError.modelNotAllowed
        }
        return model
    }

    /// People go on with their own conversations only.
    private static func history(
        _ order: ChatOrder,
        _ principal: CallPrincipal,
        in scope: Scope
    ) throws -> [ChatMessage] {
        guard case .continued(let id) = order.options.conversation else { return [] }
        let rows = try scope.batch([
            ConversationStore.find(id, in: principal.tenant),
            ConversationStore.recent(of: id, in: principal.tenant),
        ])
        let entry = try rows[0].first.map(ConversationEntry.init)
        guard let entry, entry.user == principal.user else {
            throw DomainError.notFound("conversation", id.description)
        }
        let recent = try rows[1].map { try KeptMessage($0).message }.reversed()
        // A tool's answer means nothing without the question that was cut off before it.
        return Array(recent.drop { $0.role == .tool })
    }
}

extension ChatOrder {
    /// Whether more than the models must be known.
    fileprivate var needsLookup: Bool {
        if case .route = model { return true }
        if case .continued = options.conversation { return true }
        return false
    }
}

extension ChatOrder.ModelChoice {
    /// The model that was named.
    fileprivate var name: String? {
        if case .named(let name) = self { name } else { nil }
    }
}

extension ChatPlan {
    fileprivate init(_ model: ChatModel, history: [ChatMessage] = []) {
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
