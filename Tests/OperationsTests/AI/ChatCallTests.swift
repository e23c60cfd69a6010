import Domain
import Fixtures
import Operations
import Postgres
import Support
import Testing

/// Calls whose reader goes before the answer is whole.
@Suite struct ChatCallTests {
    private static let question = [ChatMessage(.user, "What is it?")]

    /// How somebody goes.
    enum Leaving: CaseIterable, Sendable {
        case says
        case drops
    }

    @Test(arguments: Leaving.allCases)
    func `a reader that leaves stops the model, and pays for what came`(
        leaving: Leaving
    ) async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half an answer"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            try await Self.readOnce(fixture, order, acme, leaving)
            try await server.reached("gone")
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.count == 1)
            #expect(try await fixture.failures() == ["ai_call_abandoned"])
            let charge = try #require(calls.first?.split(separator: " ").last.flatMap { Int($0) })
            // The input as it was estimated, and five tokens of output.
            #expect(charge > 10_000 && charge < 50_000, "\(charge)")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `an answer that may end without its reader is paid exactly`() async throws {
        let script: ModelServer.Script = { _, _ in
            [
                .stream, .piece("Half"), .wait("go"), .piece(" and half"), .finish(), .usage(10, 5),
                .done, .end,
            ]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(conversation: .new, whenLeft: .drain)
            )
            try await Self.readOnce(fixture, order, acme, .says)
            server.open("go")
            #expect(try await fixture.ended(in: acme.id) == ["settled 20000"])
        }
    }

    @Test func `a client that goes before the first word pays for its question`() async throws {
        let script: ModelServer.Script = { _, _ in [.tell("asked"), .untilGone("gone")] }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            let asking = Task {
                try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            }
            try await server.reached("asked")
            asking.cancel()
            await #expect(throws: (any Error).self) { try await asking.value }
            try await server.reached("gone")
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.first?.hasPrefix("settled ") == true && calls != ["settled 0"])
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `a call that somebody stops ends with the next sign of life`() async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half an answer"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(whenLeft: .drain)
            )
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            _ = try await fixture.migrated.admin(
                "UPDATE ai_requests SET cancel_requested_at = now() WHERE state = 'in_flight'"
            )
            try await BeatHeart(fixture.environment)()
            try await server.reached("gone")
            let error = await #expect(throws: DomainError.self) { try await reply.answer() }
            #expect(error?.code == .aiCallStopped)
            #expect(
                error?.hint
                    == "Nothing of the answer is given; what the model took until then is charged."
            )
            #expect(error?.call == reply.id)
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.first?.hasPrefix("settled ") == true)
            #expect(fixture.environment.calls.ids == [])
        }
    }

    @Test func `a process that stops waits for the ends of its calls`() async throws {
        let script: ModelServer.Script = { _, _ in
            [
                .stream, .piece("Half"), .wait("go"), .piece(" and half"), .finish(), .usage(10, 5),
                .done, .end,
            ]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(whenLeft: .drain)
            )
            try await Self.readOnce(fixture, order, acme, .says)
            #expect(fixture.environment.calls.running == 1)
            async let left = DrainCalls(fixture.environment)(within: .seconds(60))
            server.open("go")
            #expect(await left == 0)
            #expect(fixture.environment.calls.running == 0)
            #expect(try await fixture.calls(of: acme.id) == ["settled 20000"])
        }
    }

    @Test func `a call that goes on for too long is stopped with its process`() async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half an answer"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(whenLeft: .drain)
            )
            try await Self.readOnce(fixture, order, acme, .says)
            #expect(await DrainCalls(fixture.environment)(within: .seconds(6)) == 0)
            try await server.reached("gone")
            let calls = try await fixture.calls(of: acme.id)
            #expect(calls.first?.hasPrefix("settled ") == true, "\(calls)")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test(arguments: [
        (false, DomainError.Code.aiCallStopped), (true, .unavailable),
    ])
    func `a reader who stays is told who ended the call`(
        endsProcess: Bool,
        code: DomainError.Code
    ) async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half an answer"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            let chat = CompleteChat(fixture.environment)
            let reply = try await chat(order, by: .member(acme.owner))
            if endsProcess {
                #expect(await DrainCalls(fixture.environment)(within: .seconds(6)) == 0)
            } else {
                _ = try await fixture.migrated.admin(
                    "UPDATE ai_requests SET cancel_requested_at = now()"
                )
                try await BeatHeart(fixture.environment)()
            }
            let error = await #expect(throws: DomainError.self) { try await reply.answer() }
            #expect(error?.code == code)
            #expect(try await fixture.ended(in: acme.id).first?.hasPrefix("settled ") == true)
            #expect(try await fixture.failures() == [code.rawValue])
        }
    }

    @Test func `vectors that somebody stops end with the next sign of life`() async throws {
        let script: ModelServer.Script = { _, _ in [.tell("asked"), .untilGone("gone")] }
        try await Self.with(script) { fixture, server, acme in
            let asking = Task {
                try await EmbedTexts(fixture.environment)(
                    ["one", "two"],
                    model: Fixture.model,
                    by: acme.owner
                )
            }
            try await server.reached("asked")
            _ = try await fixture.migrated.admin(
                "UPDATE ai_requests SET cancel_requested_at = now() WHERE state = 'in_flight'"
            )
            try await BeatHeart(fixture.environment)()
            try await server.reached("gone")
            let error = await #expect(throws: DomainError.self) { try await asking.value }
            #expect(error?.code == .aiCallStopped)
            let calls = try await fixture.ended(in: acme.id)
            #expect(calls.first?.hasPrefix("settled ") == true && calls != ["settled 0"])
            #expect(try await fixture.books(of: acme.id).held == 0)
            #expect(fixture.environment.calls.ids == [])
        }
    }

    @Test func `nothing is kept of somebody who was erased meanwhile`() async throws {
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece("Half"), .wait("go"), .finish(), .usage(10, 5), .done, .end]
        }
        try await Self.with(script) { fixture, server, acme in
            let member = try await fixture.makeMember("ada@acme.test", role: .member, in: acme)
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(conversation: .new)
            )
            let reply = try await CompleteChat(fixture.environment)(
                order,
                idempotencyKey: IdempotencyKey("k", of: "ai.chat"),
                by: .member(member)
            )
            _ = try await fixture.migrated.admin(
                """
                UPDATE memberships SET status = 'removed'
                WHERE user_id = \(member.caller.user.uuid)
                """
            )
            server.open("go")
            let answer = try await reply.answer()
            #expect(answer.text == "Half" && answer.conversation == nil)
            #expect(try await fixture.calls(of: acme.id) == ["settled 20000"])
            #expect(try await fixture.count("ai_conversations") == 0)
            #expect(try await fixture.count("ai_messages") == 0)
            #expect(try await fixture.count("ai_replies") == 0)
        }
    }

    @Test func `no answer outlives the deletion of its conversation`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0
                ? ModelServer.answer(["Hello"])
                : [.stream, .piece("Half"), .wait("go"), .finish(), .usage(10, 5), .done, .end]
        }
        try await Self.with(script) { fixture, server, acme in
            let id = try await Self.converse(fixture, acme)
            let ask = CompleteChat(fixture.environment)
            let more = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(conversation: .continued(id))
            )
            let reply = try await ask(
                more,
                idempotencyKey: IdempotencyKey("k", of: "ai.chat"),
                by: .member(acme.owner)
            )
            try await DeleteConversation(fixture.environment)(id, by: .member(acme.owner))
            server.open("go")
            let answer = try await reply.answer()
            #expect(answer.text == "Half")
            #expect(try await fixture.calls(of: acme.id) == ["settled 20000", "settled 20000"])
            for table in ["ai_replies", "ai_messages", "ai_conversations"] as [StaticString] {
                #expect(try await fixture.count(table) == 0, "\(table)")
            }
            // The key is free: the question is one of a conversation that is not there.
            let error = await #expect(throws: DomainError.self) {
                try await ask(
                    more,
                    idempotencyKey: IdempotencyKey("k", of: "ai.chat"),
                    by: .member(acme.owner)
                )
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test func `a call that was held behind the deletion keeps no answer either`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0
                ? ModelServer.answer(["Hello"])
                : [.stream, .piece("Half"), .wait("go"), .finish(), .usage(10, 5), .done, .end]
        }
        try await Self.with(script) { fixture, server, acme in
            let id = try await Self.converse(fixture, acme)
            let more = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                options: ChatOptions(conversation: .continued(id))
            )
            let reply = try await CompleteChat(fixture.environment)(
                more,
                idempotencyKey: IdempotencyKey("k", of: "ai.chat"),
                by: .member(acme.owner)
            )
            // As if it had been deleted between the plan and the hold.
            _ = try await fixture.migrated.admin([
                "DELETE FROM ai_messages", "DELETE FROM ai_conversations",
            ])
            server.open("go")
            #expect(try await reply.answer().text == "Half")
            #expect(try await fixture.count("ai_replies") == 0)
        }
    }

    @Test func `what calls take is what the plan's quota of tokens shows`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0
                ? ModelServer.answer(["Hello"]) : [.stream, .piece("Half"), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            let ask = CompleteChat(fixture.environment)
            _ = try await ask(order, by: .member(acme.owner)).answer()
            let quota = {
                try await ListQuotas(fixture.environment)(by: acme.owner)
                    .first { $0.resource == .aiTokens }
            }
            #expect(try await quota()?.used == 15)
            #expect(try await quota()?.reserved == 0)
            let running = try await ask(order, by: .member(acme.owner))
            let held = try await fixture.books(of: acme.id).held
            #expect(held > 0)
            #expect(try await quota()?.reserved == held)
            running.leave()
            try await server.reached("gone")
            _ = try await fixture.ended(in: acme.id)
        }
    }

    @Test func `lines that are left alone are counted by provider`() async throws {
        let script: ModelServer.Script = { _, _ in ModelServer.refusal(401) }
        try await Self.with(script) { fixture, _, acme in
            let lines = ShowClosedLines(fixture.environment)
            #expect(lines() == ["mock": 0, "offline": 0])
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            await #expect(throws: DomainError.self) {
                try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            }
            #expect(lines() == ["mock": 1, "offline": 0])
        }
    }

    @Test func `a failure that may have been billed is not tried again`() async throws {
        let script: ModelServer.Script = { _, number in
            number == 0 ? ModelServer.refusal(503) : ModelServer.answer(["Second"])
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            await #expect(throws: DomainError.self) {
                try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            }
            // It costs the tenant nothing.
            #expect(server.requests.count == 1)
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            #expect(try await reply.answer().text == "Second")
            #expect(try await fixture.ended(in: acme.id) == ["released 0", "settled 20000"])
        }
    }

    @Test func `a long answer grows its hold, and leaves none behind`() async throws {
        let text = String(repeating: "x", count: 3_000)
        let script: ModelServer.Script = { _, _ in
            ModelServer.answer([text, text, text, text], input: 10, output: 4_000)
        }
        try await Self.with(script) { fixture, _, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                outputCap: 5_000
            )
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            #expect(try await reply.answer().text.utf8.count == 12_000)
            let books = try await fixture.books(of: acme.id)
            #expect(books.used == 4_010)
            #expect(books.held == 0)
        }
    }

    @Test func `a server that breaks off behind its end has answered`() async throws {
        let script: ModelServer.Script = { _, _ in [.stream, .piece("Whole"), .finish(), .cut] }
        try await Self.with(script) { fixture, _, acme in
            let order = try ChatOrder(model: .named(Fixture.model), messages: Self.question)
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            #expect(try await reply.answer().text == "Whole")
            #expect(try await fixture.books(of: acme.id).held == 0)
        }
    }

    @Test func `a server that goes on beyond its limit is stopped`() async throws {
        let text = String(repeating: "x", count: 3_000)
        let script: ModelServer.Script = { _, _ in
            [.stream, .piece(text), .piece(text), .piece(text), .untilGone("gone")]
        }
        try await Self.with(script) { fixture, server, acme in
            let order = try ChatOrder(
                model: .named(Fixture.model),
                messages: Self.question,
                outputCap: 10
            )
            let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
            await #expect(throws: DomainError.self) { try await reply.answer() }
            try await server.reached("gone")
            #expect(try await fixture.books(of: acme.id).held == 0)
            // By our own count nobody pays for more than was asked for.
            let row = try await fixture.migrated.admin("SELECT tokens_out FROM ai_requests")[0]
            #expect(try row.decode("tokens_out", as: Int64.self) == 10)
        }
    }

    /// Begins a conversation that is kept.
    private static func converse(
        _ fixture: Fixture,
        _ acme: TestTenant
    ) async throws -> ConversationID {
        let order = try ChatOrder(
            model: .named(Fixture.model),
            messages: question,
            options: ChatOptions(conversation: .new)
        )
        let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
        return try #require(try await reply.answer().conversation)
    }

    /// Reads the first part of an answer, and goes.
    private static func readOnce(
        _ fixture: Fixture,
        _ order: ChatOrder,
        _ acme: TestTenant,
        _ leaving: Leaving
    ) async throws {
        let reply = try await CompleteChat(fixture.environment)(order, by: .member(acme.owner))
        var parts = reply.makeAsyncIterator()
        guard case .text = await parts.next() else {
            Issue.record("no text came")
            return
        }
        if leaving == .says { reply.leave() }
    }

    private static func with(
        _ script: @escaping ModelServer.Script,
        _ body: (Fixture, ModelServer, TestTenant) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try await fixture.withModel(script: script) { fixture, server in
                let acme = try await fixture.makeTenant(by: try await fixture.makeOperator())
                try await body(fixture, server, acme)
            }
        }
    }
}

extension Fixture {
    fileprivate func count(_ table: StaticString) async throws -> Int64 {
        try await migrated.admin("SELECT count(*) AS n FROM \(unsafe: "\(table)")")[0].decode("n")
    }

    /// Why calls failed.
    fileprivate func failures() async throws -> [String] {
        try await migrated.admin("SELECT failure FROM ai_requests WHERE failure IS NOT NULL")
            .map { try $0.decode("failure") }
    }

    /// The calls of a tenant once none of them is in flight.
    fileprivate func ended(in tenant: TenantID) async throws -> [String] {
        while true {
            let calls = try await calls(of: tenant)
            if !calls.isEmpty, !calls.contains(where: { $0.hasPrefix("in_flight") }) {
                return calls
            }
            await Task.yield()
        }
    }
}
