/// What somebody wants of a model, checked as far as it can be without asking anybody.
package struct ChatOrder: Hashable, Sendable {
    package var model: ModelChoice
    package var messages: [ChatMessage]
    /// What the door tells the model before everything else; no part of a conversation.
    package var instruction: String?
    /// What the model is given before the messages; nil for nothing.
    package var prompt: PromptOrder?
    /// The most tokens to write; nil for the usual number.
    package var outputCap: Int64?
    package var parameters: ChatParameters
    package var tools: [ChatTool]
    /// What it is for, in the words of whoever pays: a heading of the bill.
    package var purpose: String
    package var options: ChatOptions

    /// Which model answers.
    package enum ModelChoice: Hashable, Sendable {
        /// The one that is there for everybody who names none.
        case usual
        case named(String)
        /// A route of the tenant's.
        case route(String)
        /// The tenant's route of that name where there is one for the door; else the usual model.
        case routeOrUsual(String)
    }

    package static let usualOutputCap: Int64 = 1_024
    package static let outputCaps: ClosedRange<Int64> = 1...1_000_000
    package static let usualPurpose = "chat"

    private static let mostMessages = 500
    private static let mostTools = 64

    /// - Throws: A validation error that names what is wrong.
    package init(
        model: ModelChoice = .usual,
        messages: [ChatMessage],
        instruction: String? = nil,
        prompt: PromptOrder? = nil,
        outputCap: Int64? = nil,
        parameters: ChatParameters = ChatParameters(),
        tools: [ChatTool] = [],
        purpose: String? = nil,
        options: ChatOptions = ChatOptions()
    ) throws(DomainError) {
        self.model = model
        self.messages = messages
        self.instruction = instruction
        self.prompt = prompt
        self.outputCap = outputCap
        self.parameters = parameters
        self.tools = tools
        self.purpose = purpose ?? Self.usualPurpose
        self.options = options
        var problems = Self.problems(messages, prompt) + Self.problems(parameters)
        if let outputCap, !Self.outputCaps.contains(outputCap) {
            problems.append(
                FieldProblem("max_tokens", "must be 1 to 1000000; got \(outputCap)")
            )
        }
        if tools.count > Self.mostTools {
            problems.append(FieldProblem("tools", "must be at most \(Self.mostTools)"))
        }
        for tool in tools where !Self.isName(tool.name, limit: 64) {
            problems.append(
                FieldProblem("tools", "must have names of 1 to 64 letters, digits, _ and -")
            )
        }
        if !Self.isPurpose(self.purpose) {
            problems.append(FieldProblem("purpose", Self.purposeRule))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    /// What may be written at most.
    package var wantedOutput: Int64 { outputCap ?? Self.usualOutputCap }

    private static func problems(
        _ messages: [ChatMessage],
        _ prompt: PromptOrder?
    ) -> [FieldProblem] {
        // A prompt may be the whole question.
        if prompt != nil, messages.isEmpty { return [] }
        guard (1...mostMessages).contains(messages.count) else {
            return [FieldProblem("messages", "must be 1 to \(mostMessages); got \(messages.count)")]
        }
        var problems: [FieldProblem] = []
        for (index, message) in messages.enumerated() {
            if message.content.isEmpty, message.toolCalls.isEmpty {
                problems.append(FieldProblem("messages[\(index)].content", "must not be empty"))
            }
            if message.role == .tool, message.toolCallID == nil {
                problems.append(FieldProblem("messages[\(index)].tool_call_id", "is required"))
            }
        }
        if prompt == nil, messages.allSatisfy({ $0.role == .system }) {
            problems.append(FieldProblem("messages", "must have one that is not of the system"))
        }
        return problems
    }

    private static func problems(_ parameters: ChatParameters) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if let value = parameters.temperature, !(0...2).contains(value) {
            problems.append(FieldProblem("temperature", "must be 0 to 2"))
        }
        if let value = parameters.topP, !(0...1).contains(value) {
            problems.append(FieldProblem("top_p", "must be 0 to 1"))
        }
        if parameters.stop.count > 4 || parameters.stop.contains(where: { $0.isEmpty }) {
            problems.append(FieldProblem("stop", "must be at most 4 texts that are not empty"))
        }
        return problems
    }

    /// Whether a call may be for it.
    static func isPurpose(_ text: String) -> Bool { isName(text, limit: 50) }

    static let purposeRule = "must have 1 to 50 letters, digits, dots, dashes or underscores"

    private static func isName(_ text: String, limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
            }
    }
}

/// How a call is handled besides what the model is asked.
package struct ChatOptions: Hashable, Sendable {
    package var conversation: Conversing
    /// Whether an answer that was given before may be given again.
    package var usesCache: Bool
    /// Nil for what the route says.
    package var whenLeft: LeavePolicy?

    /// Whether the turn is kept.
    package enum Conversing: Hashable, Sendable {
        case none
        /// As the first of a new one.
        case new
        case continued(ConversationID)
    }

    /// What becomes of an answer whose reader has gone.
    package enum LeavePolicy: String, CaseIterable, Hashable, Sendable {
        /// The model is stopped; what it wrote is paid.
        case cancel
        /// The model may end, so that the answer is kept and the provider's own count is paid.
        case drain
    }

    package init(
        conversation: Conversing = .none,
        usesCache: Bool = false,
        whenLeft: LeavePolicy? = nil
    ) {
        self.conversation = conversation
        self.usesCache = usesCache
        self.whenLeft = whenLeft
    }
}
