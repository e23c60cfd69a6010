import Domain
import Fixtures
import HTTPTypes
import Operations
import Postgres
import Testing

@testable import HTTPAPI

/// What clients of AI administration see, whole; `RECORD=1` writes the files anew.
struct `The exchanges of AI administration` {
    @Test func `budgets and alerts`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let log = Transcript("ai-budgets", api)
            let base = "/api/v1/ai/budgets"
            let made = try await log.send(
                "make one that limits cost",
                .post,
                base,
                token: token,
                body: """
                    {"scope":"tenant","metric":"cost","period":"day","hard":"25.00","soft":"20",\
                    "thresholds":[50,80,100]}
                    """
            )
            let item = "\(base)/\(try made.text("id"))"
            try await log.send(
                "twice",
                .post,
                base,
                token: token,
                body: #"{"scope":"tenant","metric":"cost","period":"day","hard":"25.00"}"#
            )
            try await log.send(
                "money without its unit",
                .post,
                base,
                token: token,
                body: #"{"scope":"tenant","metric":"cost","period":"month","hard":25}"#
            )
            try await log.send(
                "money where tokens are counted",
                .post,
                base,
                token: token,
                body: """
                    {"scope":"purpose","scope_id":"chat","metric":"tokens","period":"day",\
                    "hard":"25.00"}
                    """
            )
            try await log.send(
                "with everything wrong",
                .post,
                base,
                token: token,
                body: """
                    {"scope":"tenant","scope_id":"x","metric":"tokens","period":"day","hard":-1,\
                    "thresholds":[100,80],"owner":"me"}
                    """
            )
            try await log.send(
                "with values that are wrong",
                .post,
                base,
                token: token,
                body: """
                    {"scope":"tenant","scope_id":"x","metric":"tokens","period":"day","hard":-1,\
                    "thresholds":[100,80]}
                    """
            )
            try await log.send(
                "a limit of zero, which blocks everything it is about",
                .post,
                base,
                token: token,
                body: """
                    {"scope":"purpose","scope_id":"images","metric":"requests","period":"day",\
                    "hard":0}
                    """
            )
            try await log.send(
                "change",
                .patch,
                item,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"hard":"30","without_soft":true}"#
            )
            try await log.send(
                "change what somebody else changed",
                .patch,
                item,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"hard":"31"}"#
            )
            try await log.send(
                "change blindly",
                .patch,
                item,
                token: token,
                body: #"{"hard":"31"}"#
            )
            try await log.send("one", .get, item, token: token)
            try await log.send("its periods", .get, "\(item)/periods", token: token)
            try await log.send(
                "reset",
                .post,
                "\(item)/reset",
                token: token,
                body: #"{"reason":"a mistake of ours"}"#
            )
            try await log.send(
                "reset without a reason",
                .post,
                "\(item)/reset",
                token: token,
                body: #"{"reason":""}"#
            )
            try await log.send("take away", .delete, item, token: token)
            try await log.send("afterwards", .get, item, token: token)
            try await log.send("alerts", .get, "/api/v1/ai/alerts", token: token)
            try await log.send(
                "see to an alert that is none",
                .post,
                "/api/v1/ai/alerts/none/ack",
                token: token
            )
            try log.check()
        }
    }

    @Test func `models and prices`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            _ = try await api.fixture.makeOperator("second@ghostworks.test")
            let token = try await api.token("root@ghostworks.test")
            let log = Transcript("ai-prices", api)
            let base = "/api/v1/admin/ai"
            try await log.send(
                "a provider",
                .post,
                "\(base)/providers",
                token: token,
                body: #"{"id":"acme-ai","kind":"openai","name":"Acme AI"}"#
            )
            try await log.send("providers", .get, "\(base)/providers", token: token)
            let model = """
                {"id":"acme-ai/large","provider":"acme-ai","context_tokens":128000,\
                "max_output_tokens":4096}
                """
            try await log.send("a model", .post, "\(base)/models", token: token, body: model)
            try await log.send("twice", .post, "\(base)/models", token: token, body: model)
            try await log.send(
                "a model with everything wrong",
                .post,
                "\(base)/models",
                token: token,
                body: #"{"id":"A B","provider":"?","context_tokens":0,"max_output_tokens":9}"#
            )
            let first = """
                {"model":"acme-ai/large","input_usd_per_million":"0.15",\
                "output_usd_per_million":"0.60"}
                """
            try await log.send("its price", .post, "\(base)/prices", token: token, body: first)
            try await log.send(
                "a price in another unit",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"150000",\
                    "output_usd_per_million":"600000"}
                    """
            )
            try await log.send(
                "a price that is no decimal text",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"$0.15/M",\
                    "output_usd_per_million":"0.6"}
                    """
            )
            try await log.send(
                "a price of the past",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"0.2",\
                    "output_usd_per_million":"0.6","effective_from":"2026-01-01T00:00:00Z"}
                    """
            )
            try await log.send(
                "a tier that begins nowhere",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"0.15",\
                    "output_usd_per_million":"0.60","tiers":[{"above_tokens":0,\
                    "input_usd_per_million":"0.30","output_usd_per_million":"1"}]}
                    """
            )
            try await log.send(
                "a tier without its prices",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"0.15",\
                    "output_usd_per_million":"0.60","tiers":[{"above_tokens":100000,"per":1}]}
                    """
            )
            try await log.send(
                "more for long calls",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"0.15",\
                    "output_usd_per_million":"0.60","tiers":[{"above_tokens":100000,\
                    "input_usd_per_million":"0.30","output_usd_per_million":"1.20"}]}
                    """
            )
            let proposed = try await log.send(
                "a hundred times as much",
                .post,
                "\(base)/prices",
                token: token,
                body: """
                    {"model":"acme-ai/large","input_usd_per_million":"15",\
                    "output_usd_per_million":"60"}
                    """
            )
            guard case .string(let id) = try proposed.json()["proposal"]?["id"] else {
                return #expect(Bool(false))
            }
            let one = "\(base)/price-proposals/\(id)"
            try await log.send("approve one's own", .post, "\(one)/approve", token: token)
            let other = try await api.token("second@ghostworks.test")
            try await log.send("another approves", .post, "\(one)/approve", token: other)
            try await log.send("reject it now", .post, "\(one)/reject", token: other)
            try await log.send(
                "prices of the model",
                .get,
                "\(base)/prices?model=acme-ai/large",
                token: token
            )
            try await log.send(
                "keep calls from it",
                .patch,
                "\(base)/models",
                token: token,
                body: #"{"model":"acme-ai/large","status":"disabled"}"#
            )
            try await log.send(
                "take a provider out of use",
                .patch,
                "\(base)/providers",
                token: token,
                body: #"{"provider":"acme-ai","status":"disabled"}"#
            )
            try await log.send(
                "one that is not listed",
                .patch,
                "\(base)/providers",
                token: token,
                body: #"{"provider":"none","status":"disabled"}"#
            )
            try await log.send("the books", .get, "\(base)/reconciliation", token: token)
            try await log.send(
                "the books of no days",
                .get,
                "\(base)/reconciliation?days=0",
                token: token
            )
            let member = try await api.token("owner@acme.test", workspace: "acme")
            try await log.send("what members may name", .get, "/api/v1/ai/models", token: member)
            try log.check()
        }
    }

    @Test func `routes and prompts`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let log = Transcript("ai-routes-and-prompts", api)
            let route = "/api/v1/ai/routes/chat"
            let plan = """
                {"targets":["offline/writer","offline/search"],"cache_scope":"user",\
                "cache_seconds":60,"default_max_tokens":512}
                """
            try await log.send("make a route", .put, route, token: token, body: plan)
            try await log.send(
                "another plan",
                .put,
                route,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"targets":["offline/search"],"channels":["api","console"]}"#
            )
            try await log.send(
                "of a version that is gone",
                .put,
                route,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: plan
            )
            try await log.send(
                "with everything wrong",
                .put,
                route,
                token: token,
                body: #"{"targets":[],"max_attempts":9,"cache_seconds":5}"#
            )
            try await log.send(
                "to a model that is none",
                .put,
                route,
                token: token,
                body: #"{"targets":["none/such"]}"#
            )
            try await log.send("routes", .get, "/api/v1/ai/routes", token: token)
            try await log.send("take it away", .delete, route, token: token)
            try await log.send("afterwards", .get, route, token: token)
            let base = "/api/v1/ai/prompts"
            let made = try await log.send(
                "keep a prompt",
                .post,
                base,
                token: token,
                body: """
                    {"name":"Answer","system":"You answer for {{shop}}.","user":"{{question}}"}
                    """
            )
            let one = "\(base)/\(try made.text("id"))"
            try await log.send(
                "a hole that is not closed",
                .post,
                "\(one)/versions",
                token: token,
                body: #"{"user":"{{question"}"#
            )
            try await log.send(
                "a version that exists",
                .post,
                "\(one)/versions",
                token: token,
                body: #"{"version":1,"user":"Hi"}"#
            )
            try await log.send(
                "the next version",
                .post,
                "\(one)/versions",
                token: token,
                body: #"{"version":2,"user":"{{question}}, please"}"#
            )
            try await log.send("versions", .get, "\(one)/versions", token: token)
            try await log.send(
                "a label",
                .put,
                "\(one)/labels/live",
                token: token,
                body: #"{"version":1}"#
            )
            try await log.send(
                "a label of a version that is none",
                .put,
                "\(one)/labels/live",
                token: token,
                body: #"{"version":7}"#
            )
            try await log.send(
                "fill it",
                .post,
                "\(one)/render",
                token: token,
                body: """
                    {"version":"live","variables":{"shop":"Acme","question":"{{shop}}?"}}
                    """
            )
            try await log.send(
                "with values that are missing and unknown",
                .post,
                "\(one)/render",
                token: token,
                body: #"{"version":"live","variables":{"shop":"Acme","color":"red"}}"#
            )
            try await log.send(
                "with a value that is no text",
                .post,
                "\(one)/render",
                token: token,
                body: #"{"version":"live","variables":{"shop":1,"question":"?"}}"#
            )
            try await log.send("one", .get, one, token: token)
            try log.check()
        }
    }

    @Test func `calls`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            var headers: HTTPFields = [:]
            let path = "/api/v1/ai/requests/{call}"
            let one = try await world.administered(path, &headers, "", world.acme.owner)
            let reply = try await api.send(.get, one, token: token)
            #expect(reply.status == 200)
            #expect(try reply.text("state") == "in_flight")
            let list = try await api.send(.get, "/api/v1/ai/requests?limit=1", token: token)
            #expect(try list.items().count == 1)
            let cancelled = try await api.send(.post, "\(one)/cancel", token: token)
            #expect(try cancelled.text("cancel_requested_at").isEmpty == false)
            for query in ["state=done", "channel=x", "user_id=me", "from=now", "colour=red"] {
                let refused = try await api.send(
                    .get,
                    "/api/v1/ai/requests?\(query)",
                    token: token
                )
                #expect(refused.status == 422, "\(query)")
            }
            let none = try await api.send(.get, "/api/v1/ai/requests/none", token: token)
            #expect(none.status == 404)
        }
    }

    @Test func `the log of use is a file in either format`() async throws {
        try await TestAPI.with { api in
            let world = try await World(api)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            _ = try await api.fixture.migrated.admin(
                """
                INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model,
                    purpose, channel, tokens_in, tenant_charge_nano, created_at)
                SELECT \(world.acme.id.uuid), gen_random_uuid(), 1, '2026-02-01', 'usage',
                    '=HYPERLINK("x"),', 'p', 'api', n, 1500000000, '2026-02-03T00:00:00Z'
                FROM generate_series(1, 1001) AS n
                """
            )
            let path = "/api/v1/ai/usage/export?from=2026-02-01&to=2026-03-01"
            let csv = try await api.send(.get, path, token: token)
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count == 1_002)
            #expect(lines[0].hasPrefix("created_at,request_id,entry,kind,model"))
            #expect(lines[1].contains(#""'=HYPERLINK(""x""),""#))
            #expect(lines[1].contains(",1.500000000,"))
            let jsonl = try await api.send(.get, "\(path)&format=jsonl", token: token)
            #expect(jsonl.headers[.contentType] == "application/x-ndjson")
            let objects = try jsonl.text.split(separator: "\n").map {
                try JSONReader.read(Array($0.utf8))
            }
            #expect(objects.count == 1_001)
            #expect(objects[0]["cost_usd"] == .string("1.500000000"))
            for query in ["&format=xml", "&from=2026-02-01", "&x=1"] {
                #expect(try await api.send(.get, path + query, token: token).status == 422)
            }
            let backwards = "/api/v1/ai/usage/export?from=2026-02-01&to=2026-01-01"
            #expect(try await api.send(.get, backwards, token: token).error == "validation_error")
        }
    }
}
