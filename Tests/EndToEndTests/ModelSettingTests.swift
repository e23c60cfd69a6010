import Foundation
import Testing

/// Providers of models as the settings name them, before any database is looked for.
@Suite(WaitsForPrograms()) struct ModelSettingTests {
    private func run(
        _ arguments: String...,
        environment: [String: String] = [:],
        config: String
    ) throws -> Shell.Ending {
        var shell = try Shell()
        defer { shell.remove() }
        shell.environment = environment
        return try shell.run(arguments + ["--config", try shell.file("config.yaml", config)])
    }

    private static let provider = """
        ai:
          providers:
            local:
              kind: compatible
              url: http://127.0.0.1:11434/v1
              key: env:LOCAL_KEY
        """

    @Test func `a provider of models is a setting like any other`() throws {
        let ending = try run(
            "settings",
            "--format",
            "json",
            environment: [
                "GHOSTWORKS_AI_PROVIDERS_LOCAL_IDLE_TIMEOUT": "90s",
                "GHOSTWORKS_AI_PROVIDERS_CLAUDE_KIND": "anthropic",
                "GHOSTWORKS_AI_PROVIDERS_CLAUDE_KEY": "env:CLAUDE_KEY",
            ],
            config: Self.provider
        )
        #expect(ending.status == 0, "\(ending.errors)")
        let values = Dictionary(
            uniqueKeysWithValues: ending.objects.compactMap { object in
                (object["name"] as? String).map { ($0, object["value"] as? String) }
            }
        )
        #expect(values["ai.providers.local.url"] == "http://127.0.0.1:11434/v1")
        #expect(values["ai.providers.local.key"] == "env:LOCAL_KEY")
        #expect(values["ai.providers.local.idle_timeout"] == "90s")
        #expect(values["ai.providers.local.connect_timeout"] == "5s")
        #expect(values["ai.providers.claude.kind"] == "anthropic")
    }

    @Test(arguments: [
        ("      kind: oracle\n", "must be one of openai, compatible, anthropic; got 'oracle'"),
        ("      url: http://llm.example.org/v1\n", "must be an https:// URL"),
        ("      url: https://hunter2@llm.example.org\n", "must be an https:// URL"),
        ("      url: https://llm.example.org/v1?key=hunter2\n", "must be an https:// URL"),
        ("      key: hunter2\n", "must be a reference: env:NAME or file:"),
        ("      streams: maybe\n", "must be true or false; got 'maybe'"),
        ("      limit_field: length\n", "must be max_tokens or max_completion_tokens"),
        ("      first_byte_timeout: soon\n", "must be a time such as 500ms"),
        ("      idle_timeout: 0s\n", "must be a time such as 500ms"),
        ("      urll: https://llm.example.org\n", "There is no setting ai.providers.local.urll"),
        ("    My-LLM:\n      kind: openai\n", "must be small letters and digits"),
        ("    offline:\n      kind: openai\n", "The provider offline is built in"),
        ("    other:\n      kind: openai\n", "Setting ai.providers.other.key is needed"),
        ("    other:\n      key: env:KEY\n", "must be one of openai, compatible, anthropic"),
        ("    other:\n      kind: compatible\n", "Setting ai.providers.other.url is needed"),
    ])
    func `a wrong setting of a provider is refused in one sentence`(
        line: String,
        sentence: String
    ) throws {
        let field = line.split(separator: ":")[0]
        let others = Self.provider.split(separator: "\n").filter { !$0.hasPrefix("\(field):") }
        let ending = try run("settings", config: others.joined(separator: "\n") + "\n" + line)
        #expect(ending.status == 2)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
        #expect(!ending.errors.contains("hunter2"))
    }

    @Test func `plain HTTP to another machine must be allowed`() throws {
        let text = """
            ai:
              providers:
                local:
                  kind: compatible
                  url: http://llm.internal:8000/v1
                  insecure_http: true
            """
        #expect(try run("settings", config: text).status == 0)
    }

    @Test func `a variable of a provider that has no such field names the near one`() throws {
        let name = "GHOSTWORKS_AI_PROVIDERS_LOCAL_KEE"
        let ending = try run("settings", environment: [name: "env:KEY"], config: "")
        #expect(ending.status == 2)
        #expect(ending.errors.contains("Did you mean \"GHOSTWORKS_AI_PROVIDERS_LOCAL_KEY\"?"))
    }

    /// The doctor's finding about models; the database it is given is not there.
    private func finding(_ key: [String: String]) throws -> [String: Any] {
        let nowhere = ["GHOSTWORKS_DATABASE_URL": "postgres://ghostworks_app@127.0.0.1:1/g"]
        let ending = try run(
            "doctor",
            "--format",
            "json",
            environment: nowhere.merging(key) { $1 },
            config: Self.provider
        )
        #expect(!ending.output.contains("hunter2"))
        return try #require(ending.objects.first { $0["check"] as? String == "models" })
    }

    @Test func `the doctor names the providers`() throws {
        let finding = try finding(["LOCAL_KEY": "hunter2"])
        #expect(finding["state"] as? String == "ok")
        let detail = finding["detail"] as? String
        #expect(detail == "offline (built in), local (http://127.0.0.1:11434/v1)")
    }

    @Test(arguments: [
        ([:], "the secret 'env:LOCAL_KEY' must be set and not empty"),
        (["LOCAL_KEY": "hunter2 and more"], "the secret env:LOCAL_KEY must be one word of ASCII"),
    ])
    func `the doctor says which key cannot be used`(
        key: [String: String],
        sentence: String
    ) throws {
        let finding = try finding(key)
        #expect(finding["state"] as? String == "failed")
        let detail = try #require(finding["detail"] as? String)
        #expect(detail.contains("Setting ai.providers.local.key"))
        #expect(detail.contains(sentence), "\(detail)")
    }
}
