import Foundation
import Support
import Testing

extension DemoTests {
    /// The shell of the owner of acme-charity, with a session of its own.
    func asker() throws -> Shell {
        var shell = try #require(DemoPlatform.shell)
        shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/asker"
        let login = try shell.run(
            "login",
            "omar@acme-charity.example",
            "--password-stdin",
            input: DemoPlatform.password + "\n"
        )
        try #require(login.status == 0, "\(login.errors)")
        return shell
    }

    @Test func `ai test asks a model, says what it took, and is in the books`() throws {
        let shell = try asker()
        let trial = try shell.run("ai", "test", "--model", "offline/search", "Where is the report?")
        #expect(trial.status == 0, "\(trial.errors)")
        #expect(trial.output.lowercased().contains("offline"), "\(trial.output)")
        let account = #/offline/search: \d+ tokens read, \d+ written, \$\d+\.\d+; .* ms\n/#
        #expect(trial.errors.contains(account), "\(trial.errors)")
        let calls = try shell.run("ai", "requests", "--format", "json").objects
        let call = try #require(calls.first)
        #expect(call["purpose"] as? String == "test")
        #expect(call["state"] as? String == "settled")
        #expect(call["channel"] as? String == "console")
    }

    @Test(arguments: [
        (["prices", "--model", "offline/serch"], "Did you mean \"offline/search\"?"),
        (["prices", "--model", "nobody/nothing"], "See: ghostworks ai models --all"),
        (["set-model", "offline/serch", "active"], "Did you mean \"offline/search\"?"),
    ])
    func `a model that is not there is told, with the nearest`(
        arguments: [String],
        hint: String
    ) throws {
        let shell = try #require(DemoPlatform.shell)
        let run = try shell.run(["ai"] + arguments)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains("No model \""), "\(run.errors)")
        #expect(run.errors.contains(hint), "\(run.errors)")
    }

    @Test(arguments: [
        (["--model", "nobody/nothing"], 2, "The model \"nobody/nothing\" is not available."),
        (["--max-tokens", "0"], 2, "max_tokens"),
        (["--max-tokens", "many"], 2, "--max-tokens"),
        ([""], 2, "messages"),
    ])
    func `a trial that cannot be made says why, and charges nothing`(
        arguments: [String],
        status: Int32,
        words: String
    ) throws {
        let shell = try asker()
        let before = try shell.run("ai", "requests", "--format", "json").objects.count
        let trial = try shell.run(["ai", "test"] + arguments)
        #expect(trial.status == status, "\(trial.status) \(trial.errors)")
        #expect(trial.errors.contains(words), "\(trial.errors)")
        #expect(try shell.run("ai", "requests", "--format", "json").objects.count == before)
    }

    @Test func `an amount that no budget takes is told in the words of whoever types`() throws {
        let shell = try asker()
        for (arguments, sentence) in [
            (["--metric", "cost", "--hard", "25"], "hard must say its unit: write $25 or 25 USD"),
            (
                ["--metric", "tokens", "--hard", "$25"],
                "hard is in USD, but the budget counts tokens; write 2M tokens"
            ),
            (
                ["--hard", "$25", "--soft", "2M tokens"],
                "soft is in tokens, but the budget counts USD; write $25 or 25 USD"
            ),
            (["--hard", "2.5 tokens"], "hard must be a whole number that fits"),
            (["--hard", "$100000001"], "hard must be at most 100000000000000000"),
        ] {
            // The one is there and would be changed, the other would be made.
            for budget in [[], ["--scope", "purpose", "--of", "chat", "--period", "day"]] {
                let run = try shell.run(["ai", "set-budget"] + arguments + budget)
                #expect(run.status == 2 && run.output.isEmpty)
                #expect(run.errors.contains("Invalid input: \(sentence)."), "\(run.errors)")
            }
        }
    }

    @Test func `a key's budget is set by the key's name, which must be one key's`() throws {
        let shell = try asker()
        let make = ["api-key", "create", "Budgeted", "--scope", "artifact.read"]
        #expect(try shell.run(make).status == 0)
        let set = ["ai", "set-budget", "--scope", "api_key", "--hard", "5 requests"]
        let made = try shell.run(set + ["--of", "Budgeted"])
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("Budgeted"), "\(made.output)")
        let missing = try shell.run(set + ["--of", "nobody"])
        #expect(missing.status == 2)
        #expect(
            missing.errors.contains("--of must be the name or id of an API key"),
            "\(missing.errors)"
        )
        #expect(try shell.run(make).status == 0)
        let several = try shell.run(set + ["--of", "Budgeted"])
        #expect(several.errors.contains("2 API keys have this name"), "\(several.errors)")
        let nothing = try shell.run("ai", "set-budget", "--scope", "purpose", "--hard", "$5")
        #expect(
            nothing.errors.contains("--of must be a purpose that calls name"),
            "\(nothing.errors)"
        )
    }

    @Test func `setting the limit of a budget that is off turns it on, and says so`() throws {
        let shell = try asker()
        let set = [
            "ai", "set-budget", "--scope", "purpose", "--of", "race", "--period", "day",
            "--hard",
        ]
        #expect(try shell.run(set + ["9 requests", "--disable-measuring"]).status == 0)
        let kept = try shell.run(
            set + ["8 requests", "--disable-measuring", "--format", "json"]
        )
        #expect(kept.objects.first?["enabled"] as? Bool == false)
        let again = try shell.run(set + ["6 requests", "--format", "json"])
        #expect(again.status == 0)
        #expect(again.objects.first?["enabled"] as? Bool == true, "\(again.output)")
        #expect(again.errors.contains("was off and is on again"), "\(again.errors)")
        let then = try shell.run(set + ["7 requests"])
        #expect(then.errors.isEmpty, "\(then.errors)")
    }

    @Test func `a price that waits shows every amount beside that of now`() throws {
        let shell = try #require(DemoPlatform.shell)
        for arguments in [
            ["add-provider", "dear", "--kind", "compatible"],
            [
                "add-model", "dear/m", "--provider", "dear", "--context", "20000",
                "--max-output", "8000",
            ],
            ["set-price", "dear/m", "--input", "$0.15/M", "--output", "$0.60/M"],
        ] {
            let made = try shell.run(["ai"] + arguments)
            try #require(made.status == 0, "\(made.errors)")
        }
        let proposed = try shell.run(
            ["ai", "set-price", "dear/m", "--input", "$1/M", "--output", "$2/M"]
                + ["--cache-write", "$90/M", "--tier", "5000:$90/M:$600/M", "--request", "$0.5"]
        )
        #expect(
            proposed.output.hasPrefix(
                "The price of cache write changes by more than ten times: $0.15/M → $90.00/M.\n"
                    + "It waits for a second operator; until then the price of now holds.\n"
            ),
            "\(proposed.output)"
        )
        let block = try shell.run("ai", "price-proposals").output
        for words in [
            "$0.15/M → $1.00/M", "$0.15/M → $90.00/M", "$0.00 → $0.50",
            "above 5,000: – → $90.00/M:$600.00/M", "when approved",
        ] {
            #expect(block.contains(words), "\(words)\n\(block)")
        }
        let item = try #require(
            shell.run("ai", "price-proposals", "--format", "json").objects.first {
                $0["model"] as? String == "dear/m"
            }
        )
        #expect(item["request_usd"] as? String == "0.500000000")
        #expect(item["cache_write_usd_per_million"] as? String == "90.000000000")
        #expect(item["now_cache_write_usd_per_million"] as? String == "0.150000000")
        #expect(item["now_request_usd"] as? String == "0.000000000")
        let prices = try shell.run("ai", "prices", "--model", "dear/m").output
        #expect(prices.contains("REQUEST USD") && prices.contains("TIERS"), "\(prices)")
    }

    @Test func `a service that is told to stop writes down the call that it is in`()
        async throws
    {
        let server = try ModelServer { _, _ in
            [.stream, .piece("Half an answer"), .tell("half"), .untilGone("gone")]
        }
        defer { server.stop() }
        let root = try #require(DemoPlatform.shell)
        for arguments in [
            ["add-provider", "stub", "--kind", "compatible"],
            [
                "add-model", "stub/m", "--provider", "stub", "--context", "20000",
                "--max-output", "8000",
            ],
            ["set-price", "stub/m", "--input", "$1/M", "--output", "$2/M"],
        ] {
            let made = try root.run(["ai"] + arguments)
            try #require(made.status == 0, "\(made.errors)")
        }
        var shell = try asker()
        shell.environment["GHOSTWORKS_AI_PROVIDERS_STUB_KIND"] = "compatible"
        shell.environment["GHOSTWORKS_AI_PROVIDERS_STUB_URL"] = server.url
        shell.environment["GHOSTWORKS_HTTP_SHUTDOWN_TIMEOUT"] = "2s"
        let port = try Socket.freePort()
        let program = try RunningProgram(
            shell,
            ["serve", "--port", "\(port)", "--admin-port", "0"]
        )
        try await program.expect("listening on 127.0.0.1:\(port)")
        let socket = try Socket(port: port)
        defer { socket.close() }
        let ask = HTTPAsk(
            "POST",
            "/api/v1/ai/chat",
            headers: ["Authorization": "Bearer \(try DemoPlatform.token(port))"],
            body: #"{"model":"stub/m","stream":true,"on_disconnect":"drain","#
                + #""messages":[{"role":"user","content":"Go"}]}"#
        )
        socket.send(ask.text)
        try await server.reached("half")
        program.signal(SIGTERM)
        let told = await socket.readAll()
        #expect(told.contains(#""error":"unavailable""#), "\(told.suffix(400))")
        #expect(try await program.exit() == 0)
        try await server.reached("gone")
        let calls = try shell.run("ai", "requests", "--model", "stub/m", "--format", "json")
        let call = try #require(calls.objects.first, "\(calls.errors)")
        #expect(call["state"] as? String == "settled")
        #expect(call["cost_usd"] as? String != "0.000000000", "\(call)")
    }
}
