import Domain
import Testing

/// What providers' consoles write, and what is no such file.
@Suite struct UsageExportTests {
    private static let openAI = """
        start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,\
        api_key_id,model,batch,input_tokens,output_tokens,input_cached_tokens
        1761523200,1761523260,2025-10-27T00:00:00+00:00,2025-10-27T00:01:00+00:00,,,,,,,,,
        1761523260,1761523320,2025-10-27T00:01:00+00:00,2025-10-27T00:02:00+00:00,p,2,u,k,\
        gpt-4o-2024-08-06,false,1200,30,1000
        1761523320,1761523380,2025-10-27T00:02:00+00:00,2025-10-27T00:03:00+00:00,p,1,u,k,\
        "gpt-4o",false,100,5,0
        1761609599,1761609659,2025-10-27T23:59:59-01:00,2025-10-28T00:59:59Z,p,1,u,k,o1,,7,9,0

        """

    private static let anthropic = """
        \u{FEFF}usage_date_utc,model_version,api_key,workspace,usage_type,context_window,\
        usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,\
        usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,\
        web_search_count\r
        2025-11-28,claude-sonnet-4-5-20250929,"key, the first",Default,standard,0-200k,\
        10,20,30,40,5,0\r
        2025-11-28 15:00:00,claude-sonnet-4-5-20250929,k,Default,standard,0-200k,1,0,0,0,2,0\r
        """

    private static func day(_ text: String, _ model: String) throws -> UsageDay {
        UsageDay(day: try #require(Instant(rfc3339: text)).date, model: model)
    }

    @Test func `usage of OpenAI's console is summed by day and model`() throws {
        let export = try UsageExport(csv: Array(Self.openAI.utf8))
        #expect(
            export.sums == [
                try Self.day("2025-10-27", "gpt-4o"): UsageTokens(read: 1_300, written: 35),
                try Self.day("2025-10-28", "o1"): UsageTokens(read: 7, written: 9),
            ]
        )
    }

    @Test func `usage of Anthropic's console counts what was cached, too`() throws {
        let export = try UsageExport(csv: Array(Self.anthropic.utf8))
        #expect(
            export.sums == [
                try Self.day("2025-11-28", "claude-sonnet-4-5"):
                    UsageTokens(read: 101, written: 7)
            ]
        )
    }

    private static let head = "start_time_iso,model,input_tokens,output_tokens\n"

    @Test(
        arguments: [
            ("", "line 1", "empty"),
            ("day,model\n", "line 1", "start_time_iso"),
            ("start_time_iso,model,input_tokens\n", "line 1", "output_tokens"),
            ("usage_date_utc,model\n", "line 1", "usage_input_tokens_no_cache"),
            (head, "line 2", "no use"),
            (head + "2026-01-31,,0,0\n", "line 2", "no use"),
            (head + "2026-01-31,m,1\n", "line 2, column 4", "3 columns"),
            (head + "2026-01-31,m,1.5,1\n", "line 2, column 3", "1.5"),
            (head + "2026-01-31,m,1,-1\n", "line 2, column 4", "-1"),
            (head + "2026-01-31,m,1,99999999999999999999\n", "line 2, column 4", "whole"),
            (head + "2026-01-31,m,1,1\n2026-02-30,m,1,1\n", "line 3, column 1", "2026-02-30"),
            (head + "31.01.2026,m,1,1\n", "line 2, column 1", "31.01.2026"),
            (head + "2026-01-31,,1,1\n", "line 2, column 2", "grouped by model"),
            (head + "2026-01-31,\"m,1,1\n", "line 2, column 2", "not closed"),
            (head + "2026-01-31,\"m\"x,1,1\n", "line 2, column 2", "closing quote"),
        ]
    )
    func `a file that is none says where and why`(text: String, place: String, word: String) {
        let error = #expect(throws: DomainError.self) { try UsageExport(csv: Array(text.utf8)) }
        guard case .invalid(let problems) = error?.kind, let first = problems.first else {
            return #expect(Bool(false))
        }
        #expect(first.field == place, "\(first)")
        #expect(first.problem.contains(word), "\(first)")
    }

    @Test func `bytes that are no text are refused`() {
        let bytes = Array(Self.head.utf8) + Array("2026-01-31,".utf8) + [0xFF, 0xFE]
        let error = #expect(throws: DomainError.self) { try UsageExport(csv: bytes) }
        #expect(error?.message.contains("line 2, column 2 is no UTF-8 text") == true)
    }

    @Test(
        arguments: [
            ("gpt-4o-2024-08-06", "gpt-4o"), ("claude-3-5-20241022", "claude-3-5"),
            ("gpt-4o", "gpt-4o"), ("m-123", "m-123"), ("20241022", "20241022"),
            ("a-2024-8-06x", "a-2024-8-06x"), ("", ""),
        ]
    )
    func `the date of a version is cut`(name: String, undated: String) {
        #expect(UsageExport.undated(name) == undated)
    }

    @Test(
        arguments: [
            (100, 100, 0, false), (100, 101, 1, false), (99, 100, 1, false), (98, 100, 1, true),
            (0, 1, 1, true), (0, 1, 100, false), (.max, 0, 100, false), (.max, 0, 99, true),
        ] as [(Int64, Int64, Int, Bool)]
    )
    func `a difference is measured by the larger number`(
        logged: Int64,
        exported: Int64,
        percent: Int,
        isBeyond: Bool
    ) throws {
        let difference = UsageDifference(
            day: try Self.day("2026-01-31", "m").day,
            model: "m",
            kind: .read,
            logged: logged,
            exported: exported
        )
        #expect(difference.isBeyond(percent: percent) == isBeyond)
    }
}
