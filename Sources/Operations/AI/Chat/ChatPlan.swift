import Domain
import Inference
import Storage

/// Whom a call goes to, and what the model is given besides the question.
struct ChatPlan: Sendable {
    /// In the order in which they are tried; never none.
    let models: [ChatModel]
    /// The route, where one was asked for.
    let route: ModelRoute?
    /// What was said before, the oldest first.
    let history: [ChatMessage]
    /// The prompt, where one was asked for.
    var prompt: ChatPrompt?

    var targets: [CallTarget] {
        models.map { CallTarget(provider: $0.provider, model: $0.id) }
    }

    /// How often it is tried.
    var rules: RoutePlan.Rules {
        guard let retry = route?.plan.retry else { return RoutePlan.Rules() }
        return RoutePlan.Rules(
            attempts: retry.maxAttempts,
            allowsAmbiguousRetry: retry.allowsAmbiguous
        )
    }

    /// The most that each of the targets writes.
    var outputTokens: Int64 { models.map(\.outputTokens).min() ?? 0 }

    /// The most that any of the targets' providers was seen to bill beyond what it was asked for.
    var overhead: Int64 { models.compactMap(\.overhead).max() ?? 0 }
}

/// Finds out whom a call goes to; the guard is asked in the same round trip.
struct PlanChat: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Throws: `model_not_allowed` for a model that is not there for calls, not found for a
    ///   route, a conversation or a prompt, and the guard's refusal.
    func callAsFunction(
        _ order: ChatOrder,
        at channel: AICall.Channel = .api,
        by principal: CallPrincipal
    ) async throws -> ChatPlan {
        let prompt = try await ChatPrompt.find(order, environment, by: principal)
        var plan = try await way(order, at: channel, by: principal)
        plan.prompt = prompt
        return plan
    }

    /// The same for a call that is held next: the hold asks the guard, and whether the model may
    /// still be called, so one that was seen a moment ago needs no round trip.
    func beforeHold(
        _ order: ChatOrder,
        at channel: AICall.Channel = .api,
        by principal: CallPrincipal
    ) async throws -> ChatPlan {
        guard !order.needsLookup, let name = order.model.name,
            let model = environment.desk.models.find(name, at: .now)
        else { return try await callAsFunction(order, at: channel, by: principal) }
        var plan = ChatPlan(model)
        plan.prompt = try await ChatPrompt.find(order, environment, by: principal)
        return plan
    }

    private func way(
        _ order: ChatOrder,
        at channel: AICall.Channel,
        by principal: CallPrincipal
    ) async throws -> ChatPlan {
        guard order.needsLookup else {
            let asked = ContinuousClock.now
            let fetched = try await environment.database.fetch(
                principal.access,
                ChatModelStore.active
            )
            let models = try fetched.rows.map(ChatModel.init)
            environment.desk.models.keep(models, asked: asked)
            return ChatPlan(try Self.pick(order.model.name ?? models.first?.id, of: models))
        }
        try await requireOwnWords(order, principal)
        return try await environment.database.read(principal.access) { scope in
            let models = try scope.query(ChatModelStore.active).map(ChatModel.init)
            let history = try Self.history(order, principal, in: scope)
            guard let route = try Self.route(order.model, at: channel, in: scope) else {
                let model = try Self.pick(order.model.name ?? models.first?.id, of: models)
                return ChatPlan(model, history: history)
            }
            // What is switched off for a while is passed over.
            let targets = route.plan.targets.compactMap { name in
                models.first { $0.id == name }
            }
            guard !targets.isEmpty else { throw DomainError.routeClosed(route) }
            return ChatPlan(models: targets, route: route, history: history)
        }
    }

    /// A key that goes on with a conversation reads it, which its scopes must allow.
    private func requireOwnWords(_ order: ChatOrder, _ principal: CallPrincipal) async throws {
        guard case .continued = order.options.conversation, let caller = principal.member,
            caller.key != nil
        else { return }
        _ = try await environment.database.fetch(
            .tenant(caller, .aiConversationRead),
            ChatModelStore.active
        )
    }

    /// The route that was asked for; one that is not for a door is not there.
    private static func route(
        _ choice: ChatOrder.ModelChoice,
        at channel: AICall.Channel,
        in scope: Scope
    ) throws -> ModelRoute? {
        guard let name = choice.route else { return nil }
        let rows = try scope.query(RouteStore.find(name, in: try scope.tenant))
        if let route = try rows.first.map(RouteStore.route),
            route.plan.channels.isEmpty || route.plan.channels.contains(channel)
        {
            return route
        }
        if case .routeOrUsual = choice { return nil }
        throw DomainError.notFound("route", Validation.quotable(name))
    }

    private static func pick(_ name: String?, of models: [ChatModel]) throws -> ChatModel {
        guard let model = models.first(where: { $0.id == name }) else {
            throw name.map(DomainError.modelNotAllowed) ?? .modelNotAllowed
        }
        return model
    }

    /// Everybody goes on with their own conversations only.
    private static func history(
        _ order: ChatOrder,
        _ principal: CallPrincipal,
        in scope: Scope
    ) throws -> [ChatMessage] {
        guard case .continued(let id) = order.options.conversation else { return [] }
        let rows = try scope.batch([
            ConversationStore.find(id, in: principal.tenant),
            ConversationStore.recent(of: id, principal.owner, in: principal.tenant),
        ])
        let entry = try rows[0].first.map(ConversationEntry.init)
        guard let entry, entry.owner == principal.owner else {
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
        if model.route != nil { return true }
        if case .continued = options.conversation { return true }
        return false
    }
}

extension ChatOrder.ModelChoice {
    /// The model that was named.
    fileprivate var name: String? {
        if case .named(let name) = self { name } else { nil }
    }

    /// The route that was named.
    fileprivate var route: String? {
        switch self {
        case .usual, .named: nil
        case .route(let name), .routeOrUsual(let name): name
        }
    }
}

extension ChatPlan {
    fileprivate init(_ model: ChatModel, history: [ChatMessage] = []) {
        self.init(models: [model], route: nil, history: history)
    }
}
