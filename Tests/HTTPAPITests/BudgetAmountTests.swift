import Domain
import Fixtures
import HTTPTypes
import Testing

@testable import HTTPAPI

/// What the HTTP API says of amounts, which is not what people type.
struct `An amount of a budget over HTTP` {
    private static let money = "must be USD as a decimal text such as \"25.00\""
    private static let either = BodyField.Kind.amount.rule
    private static let tokens = "must be a whole number of tokens"

    @Test(arguments: [
        ("cost", "25", money), ("cost", #""-1.00""#, "must not be negative"),
        ("cost", #""$25""#, either),
        ("cost", #""25 USD""#, either), ("cost", #""""#, either), ("cost", "2.5", either),
        ("tokens", #""25.00""#, tokens), ("tokens", #""2M tokens""#, either),
        ("tokens", #""500""#, tokens), ("requests", #""1""#, "must be a whole number of requests"),
        ("tokens", "-1", "must not be negative"), ("tokens", #""-1""#, "must not be negative"),
        ("cost", #""99999999999999999999""#, "is too large"),
        ("tokens", #""99999999999999999999""#, "is too large"),
        ("tokens", "100000000000000001", "must be at most 100000000000000000"),
        ("cost", #""100000000.000000001""#, "must be at most 100000000000000000"),
        ("cost", #""0.0000000001""#, "must have at most nine decimals and fit"),
    ])
    func `is told what may be sent, when it is made and when it is changed`(
        metric: String,
        amount: String,
        rule: String
    ) async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: try await api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let base = "/api/v1/ai/budgets"
            func body(_ hard: String) -> String {
                #"{"scope":"purpose","scope_id":"p","metric":"\#(metric)","period":"day","hard":\#(hard)}"#
            }
            let refused = try await api.send(.post, base, token: token, body: body(amount))
            let made = try await api.send(
                .post,
                base,
                token: token,
                body: body(metric == "cost" ? #""25.00""# : "25")
            )
            #expect(made.status == 201, "\(made.text)")
            let changed = try await api.send(
                .patch,
                "\(base)/\(try made.text("id"))",
                token: token,
                headers: [.ifMatch: "*"],
                body: #"{"hard":\#(amount)}"#
            )
            for reply in [refused, changed] {
                #expect(reply.status == 422, "\(reply.text)")
                #expect(try reply.json()["validation_errors"] == Self.problems("hard", rule))
            }
        }
    }

    private static func problems(_ field: String, _ rule: String) -> JSONValue {
        .array([.object(["field": .string(field), "message": .string(rule)])])
    }

    @Test(arguments: ["soft", "overage_allowance"])
    func `is told so at its own field`(field: String) async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeTenant(by: try await api.fixture.makeOperator())
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let base = "/api/v1/ai/budgets"
            func body(_ rest: String) -> String {
                #"{"scope":"purpose","scope_id":"p","metric":"requests","period":"day","hard":25\#(rest)}"#
            }
            let made = try await api.send(.post, base, token: token, body: body(""))
            let refused = try await api.send(
                .post,
                base,
                token: token,
                body: body(#","\#(field)":"1""#)
            )
            let changed = try await api.send(
                .patch,
                "\(base)/\(try made.text("id"))",
                token: token,
                headers: [.ifMatch: "*"],
                body: #"{"\#(field)":"1"}"#
            )
            let problems = Self.problems(field, "must be a whole number of requests")
            for reply in [refused, changed] {
                #expect(reply.status == 422, "\(reply.text)")
                #expect(try reply.json()["validation_errors"] == problems)
            }
        }
    }
}

/// What the HTTP API says of prices.
struct `A price over HTTP` {
    @Test func `that is a number is told how it is written`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            let reply = try await api.send(
                .post,
                "/api/v1/admin/ai/prices",
                token: try await api.token("root@ghostworks.test"),
                body: """
                    {"model":"offline/search","input_usd_per_million":0.15,\
                    "output_usd_per_million":"0.60"}
                    """
            )
            #expect(reply.status == 422, "\(reply.text)")
            let problem = JSONValue.object([
                "field": .string("input_usd_per_million"),
                "message": .string("must be USD as a decimal text in quotes, such as \"0.15\""),
            ])
            #expect(try reply.json()["validation_errors"] == .array([problem]))
        }
    }
}
