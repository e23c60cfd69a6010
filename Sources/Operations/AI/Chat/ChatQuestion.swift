import Domain
import Inference
import Sealing
import Storage

/// A question and whom it goes to.
struct ChatQuestion: Sendable {
    let order: ChatOrder
    let plan: ChatPlan
    let principal: CallPrincipal
    /// What is said now: of a prompt what it asks, not what it tells the model.
    let said: [ChatMessage]
    /// What the model is told, what was said before, and what is said now.
    let messages: [ChatMessage]
    /// No more than each of the models writes.
    let outputCap: Int64
    let inputTokens: Int64

    init(order: ChatOrder, plan: ChatPlan, principal: CallPrincipal) {
        self.order = order
        self.plan = plan
        self.principal = principal
        said = (plan.prompt?.asked ?? []) + order.messages
        let told = order.instruction.map { [ChatMessage(.system, $0)] } ?? []
        messages = told + (plan.prompt?.before ?? []) + plan.history + said
        let wanted = order.outputCap ?? plan.route?.plan.defaultMaxTokens
        outputCap = max(1, min(wanted ?? order.wantedOutput, plan.outputTokens))
        inputTokens = TokenEstimator.estimate(
            ChatRequest(messages: messages, maxOutputTokens: outputCap, tools: order.tools)
        )
    }

    /// What a model is asked that may write so much.
    func request(outputCap: Int64) -> ChatRequest {
        ChatRequest(
            messages: messages,
            maxOutputTokens: outputCap,
            parameters: order.parameters,
            tools: order.tools
        )
    }

    /// What was asked for, or what the route says.
    var whenLeft: ChatOptions.LeavePolicy {
        order.options.whenLeft ?? (plan.route?.plan.onDisconnect == .drain ? .drain : .cancel)
    }

    /// Whether others of the workspace may get the answer: where route and prompt say so, and it
    /// does not come of what this one person may read, as the offline provider's do.
    private var sharesAnswer: Bool {
        plan.route?.plan.cache.scope == .tenant && plan.prompt?.isShareable == true
            && plan.targets.allSatisfy { $0.provider != "offline" }
    }

    /// Nil for a question whose answer is not kept.
    var cacheKey: CacheKey? {
        guard CacheKey.mayHave(order, plan.route?.plan.cache), principal.user != nil else {
            return nil
        }
        return CacheKey(
            tenant: principal.tenant,
            principal: sharesAnswer ? "tenant" : principal.name,
            route: plan.route?.name,
            model: plan.targets[0].model,
            prompt: plan.prompt?.origin,
            outputCap: outputCap,
            order: order,
            messages: messages
        )
    }

    /// The wish to call, with a new id.
    func draft(_ source: ChatSource, at environment: Environment) -> CallDraft {
        let now = environment.database.clock.now().microseconds
        let conversation: ConversationID? =
            switch order.options.conversation {
            case .none: nil
            case .new: ConversationID(Random.uuidV7(now: now))
            case .continued(let id): id
            }
        return CallDraft(
            id: AICallID(Random.uuidV7(now: now)),
            principal: principal,
            channel: source.channel,
            purpose: order.purpose,
            targets: plan.targets,
            inputTokens: inputTokens,
            outputCap: outputCap,
            isSliced: plan.targets.allSatisfy { target in
                environment.models[target.provider]?.canStream ?? true
            },
            origin: CallOrigin(
                route: plan.route?.name,
                prompt: plan.prompt?.origin,
                conversation: conversation,
                storefront: source.storefront
            ),
            idempotency: source.idempotency,
            visit: source.visit
        )
    }
}

/// Where a question comes from.
struct ChatSource: Sendable {
    let channel: AICall.Channel
    let storefront: String?
    /// What a visitor may take.
    let visit: VisitBounds?
    let idempotency: IdempotencyMark?
}
