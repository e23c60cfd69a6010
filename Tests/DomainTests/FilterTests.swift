import Testing

@testable import Domain

/// The filter language: what it reads, what it refuses, and where it points.
struct FilterTests {
    private let clock = FilterClock(
        now: Instant(rfc3339: "2026-03-02T10:14:00Z") ?? Instant(seconds: 0),
        minutesEast: 180
    )
    private let ada = UserID("00000000-0000-4000-8000-00000000000a")
    private let omar = UserID("00000000-0000-4000-8000-00000000000b")

    private func audit(_ text: String) throws -> AuditFilter {
        var people: [String: UserID] = [:]
        people["ada"] = ada
        people["omar"] = omar
        return try AuditFilter(FilterReading(text, .audit), clock, people: people)
    }

    @Test func `every part of the language is read`() throws {
        let filter = try audit(
            "actor:ada,omar action:member.*,artifact.deleted -outcome:success since:7d "
                + "before:2026-03-01 -actor:\(ada?.description ?? "") resource:artifact:42,tenant "
                + "request:\"a \\\"b\\\" c\" kind:user op:delete"
        )
        #expect(filter.actors.any == [ada, omar].compactMap(\.self))
        #expect(filter.actors.none == [ada].compactMap(\.self))
        #expect(filter.actions.any == [.beginning("member."), .whole("artifact.deleted")])
        #expect(filter.outcomes == Among(none: [.success]))
        #expect(filter.from == Instant(rfc3339: "2026-02-23T10:14:00Z"))
        #expect(filter.to == Instant(rfc3339: "2026-02-28T21:00:00Z"))
        #expect(
            filter.resources.any == [
                AuditResource(type: "artifact", id: "42"), AuditResource(type: "tenant", id: nil),
            ]
        )
        #expect(filter.requestID == "a \"b\" c")
        #expect(filter.kinds.sole == .user)
        #expect(filter.operations.sole == .delete)
    }

    @Test(
        arguments: [
            ("today", "2026-03-01T21:00:00Z"), ("yesterday", "2026-02-28T21:00:00Z"),
            ("90m", "2026-03-02T08:44:00Z"), ("2w", "2026-02-16T10:14:00Z"),
            ("2026-03-01T10:00:00+03:00", "2026-03-01T07:00:00Z"),
        ])
    func `times are counted from now and from the days of a zone`(
        text: String,
        instant: String
    ) throws {
        #expect(try audit("since:\(text)").from == Instant(rfc3339: instant))
    }

    @Test(
        arguments: [
            ("colour:red", 1, "There is no filter \"colour:\"."),
            ("outcome:denied -colour:red", 17, "There is no filter \"colour:\"."),
            ("outcome:", 9, "The filter outcome: needs a value."),
            ("outcome:denied,", 16, "The filter outcome: needs a value."),
            ("outcome:denied,,failed", 16, "The filter outcome: needs a value."),
            ("outcome:\"\"", 9, "The filter outcome: needs a value."),
            ("outcome:denied,maybe", 16, "There is no outcome \"maybe\"."),
            ("since:soon", 7, "\"soon\" is no time."),
            ("since:99999999999999999999d", 7, "\"99999999999999999999d\" is no time."),
            ("since:-7d", 7, "\"-7d\" is no time."),
            ("since:2026-02-30", 7, "\"2026-02-30\" is no time."),
            ("since:7d since:1d", 10, "The filter since: occurs twice."),
            ("since:7d from:1d", 10, "The filter since: occurs twice."),
            ("since:7d,1d", 10, "The filter since: takes one value."),
            ("-since:7d", 1, "The filter since: cannot be turned round with a minus."),
            ("request:\"abc", 9, "The quote is not closed."),
            ("action:mem*ber", 8, "A star can only stand at the end of action:."),
            ("outcome:denied word", 16, "This list has no search for \"word\"."),
            ("' OR 1=1 --", 1, "This list has no search for \"'\"."),
            ("actor:nobody", 7, "Nobody here is called \"nobody\"."),
            ("request:a\u{0}b", 10, "A filter must not contain NUL characters."),
            ("\u{1B}[2Jx:y", 1, "There is no filter \"[2jx:\"."),
        ])
    func `what is wrong is said at its column`(text: String, column: Int, sentence: String) {
        let error = #expect(throws: DomainError.self) { try audit(text) }
        #expect(error?.message == sentence)
        #expect(error?.column == column)
        #expect(error?.code == .validationError)
    }

    @Test(
        arguments: [
            String(repeating: "x", count: 10_000), String(repeating: "\"", count: 10_001),
            String(repeating: "actor:a,", count: 1_250), String(repeating: "👩‍👩‍👧‍👦", count: 10_000),
        ])
    func `10,000 characters are refused in a sentence`(text: String) {
        let error = #expect(throws: DomainError.self) { try FilterText(text) }
        #expect(error?.message == "A filter has at most 1,000 characters.")
        #expect(error?.column == 1_001)
    }

    @Test func `parts, values and people are counted`() {
        for text in [
            String(repeating: "a ", count: 33),
            "outcome:" + String(repeating: "x,", count: 40) + "x",
        ] {
            #expect(throws: DomainError.self) { try FilterText(text) }
        }
        let names = (1...9).map { "p\($0)" }.joined(separator: ",")
        let error = #expect(throws: DomainError.self) {
            try FilterReading("actor:\(names)", .audit)
        }
        #expect(error?.message == "A filter names at most 8 people.")
    }

    @Test func `words are searched, and may look like anything in quotes`() throws {
        let filter = try ArtifactFilter(
            FilterReading("zakat \"tag:x ' OR 1=1 --\" tag:\"two words\" tag:b", .artifacts),
            clock
        )
        #expect(filter.query == "zakat tag:x ' OR 1=1 --")
        #expect(filter.tags == ["two words", "b"])
        #expect(throws: DomainError.self) {
            try ArtifactFilter(FilterReading("word deleted:yes", .artifacts), clock)
        }
        #expect(throws: DomainError.self) { try FilterReading("tag:a,b", .artifacts) }
    }

    @Test(arguments: ["plain", "two words", "a\"b", "back\\slash", "a,b", ""])
    func `a quoted value is read back`(value: String) throws {
        let text = try FilterText("key:x\(FilterText.quoted(value))")
        #expect(text.terms.first?.values.map(\.text) == ["x\(value)"])
    }

    @Test func `the other lists read their own keys`() throws {
        let members = try MemberFilter(
            FilterReading("omar role:admin,Editors -status:suspended since:1d", .members),
            clock
        )
        #expect(members.search == "omar")
        #expect(members.roles.any == [.system(.admin), .named("Editors")])
        #expect(members.statuses.none == [.suspended])
        #expect(members.joinedFrom == Instant(rfc3339: "2026-03-01T10:14:00Z"))
        let tenants = try TenantFilter(FilterReading("acme plan:pro,free", .tenants), clock)
        #expect(tenants.plans.any == [.pro, .free])
        let users = try AccountFilter(FilterReading("-status:active", .users), clock)
        #expect(users.statuses.none == [.active])
        let calls = try AICallFilter(
            FilterReading("state:settled -channel:api model:a/b", .calls),
            clock
        )
        #expect(calls.state == .settled)
        #expect(calls.channels.none == [.api])
        #expect(calls.models.any == ["a/b"])
        #expect(try FilterReading("live:yes", .visits).isLive == true)
        #expect(try FilterReading("", .operators).endedToo == false)
        #expect(try FilterReading("status:expired", .invitations).invitationStatus == .expired)
    }

    @Test(
        arguments: [
            ("", 0, 0..<0, "actor:"), ("act", 3, 0..<3, "actor:"),
            ("since:7d -out", 13, 10..<13, "outcome:"), ("outcome:den", 11, 8..<11, "denied"),
            ("outcome:denied,f", 16, 15..<16, "failed"), ("since:", 6, 6..<6, "7d"),
        ])
    func `keys and closed values are proposed at the cursor`(
        text: String,
        cursor: Int,
        range: Range<Int>,
        candidate: String
    ) {
        let completion = FilterCompletion(Array(text), cursor: cursor, .audit)
        #expect(completion.range == range)
        #expect(completion.candidates.contains { $0.text == candidate })
    }

    @Test func `every schema names each key once and every example is read`() throws {
        let schemas: [FilterSchema] = [
            .audit, .members, .tenants, .users, .artifacts, .invitations, .operators, .visits,
            .calls,
        ]
        for schema in schemas {
            let names = schema.keys.flatMap { [$0.name] + $0.others }
            #expect(Set(names).count == names.count)
            for key in schema.keys {
                #expect(throws: Never.self) {
                    try FilterReading("\(key.name):\(key.example)", schema)
                }
                for value in key.values {
                    #expect(throws: Never.self) {
                        try FilterReading("\(key.name):\(value)", schema)
                    }
                }
            }
        }
    }

    @Test func `any text is read or refused, and never more`() {
        // Each beginning and each single replacement of a text that uses all of the grammar.
        let whole = Array("a -actor:\"x \\\" y\",me action:b.* since:7d")
        for length in 0...whole.count {
            _ = try? FilterReading(String(whole[..<length]), .audit)
            for replacement in ["\"", ":", ",", "-", "\\", " ", "*", "\u{202E}"] as [Character]
            where length < whole.count {
                var text = whole
                text[length] = replacement
                do throws(DomainError) {
                    _ = try FilterReading(String(text), .audit)
                } catch {
                    #expect((1...text.count + 1).contains(error.column ?? 0))
                }
            }
        }
    }
}
