import Domain
import Fixtures
import HTTPTypes
import Testing

@testable import HTTPAPI

/// What clients see, whole; `RECORD=1` writes the files anew.
struct `The exchanges of` {
    @Test func `signing in`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let log = Transcript("auth", api)
            let path = "/api/v1/auth/login"
            let login = #"{"email":"owner@acme.test","password":"\#(Fixture.password)"}"#
            let reply = try await log.send("sign in", .post, path, body: login)
            let token = try reply.text("access_token")
            try await log.send(
                "a wrong password",
                .post,
                path,
                body: #"{"email":"owner@acme.test","password":"wrong"}"#
            )
            try await log.send(
                "an unknown address looks the same",
                .post,
                path,
                body: #"{"email":"nobody@acme.test","password":"wrong"}"#
            )
            try await log.send(
                "a workspace that is not one's own",
                .post,
                path,
                body:
                    #"{"email":"owner@acme.test","password":"\#(Fixture.password)","workspace":"other"}"#
            )
            try await log.send(
                "fields that are missing, wrong and unknown",
                .post,
                path,
                body: #"{"email":7,"role":"super_admin"}"#
            )
            try await log.send("who am I", .get, "/api/v1/me", token: token)
            try await log.send("my workspaces", .get, "/api/v1/me/workspaces", token: token)
            try await log.send("the same list", .get, "/api/v1/organizations", token: token)
            try await log.send("without a token", .get, "/api/v1/me")
            try await log.send("with a bad token", .get, "/api/v1/me", token: "abc")
            try await log.send("sign out", .post, "/api/v1/auth/logout", token: token)
            try await log.send("afterwards", .get, "/api/v1/me", token: token)
            try log.check()
        }
    }

    @Test func `a workspace and its people`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(plan: .free, by: root)
            let token = try await api.token("owner@acme.test")
            let log = Transcript("workspaces", api)
            let base = "/api/v1/workspaces/acme"
            let members = "\(base)/members"
            try await log.send("a workspace", .get, base, token: token)
            try await log.send("its limits", .get, "\(base)/quotas", token: token)
            try await log.send(
                "consent to support",
                .patch,
                "\(base)/settings",
                token: token,
                body: #"{"support":{"write_consent":true}}"#
            )
            let added = try await log.send(
                "add a member",
                .post,
                members,
                token: token,
                body: #"{"email":"ada@acme.test","role":"employee","name":"Ada"}"#
            )
            let ada = try added.text("id")
            try await log.send(
                "twice",
                .post,
                members,
                token: token,
                body: #"{"email":"Ada@ACME.test","role":"viewer"}"#
            )
            try await log.send(
                "with what cannot be",
                .post,
                members,
                token: token,
                body: #"{"email":"nonsense","role":"emperor"}"#
            )
            try await log.send("the members", .get, "\(members)?limit=1", token: token)
            try await log.send("a member", .get, "\(members)/\(ada)", token: token)
            try await log.send(
                "another role",
                .patch,
                "\(members)/\(ada)",
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"role":"viewer"}"#
            )
            try await log.send(
                "from a version that is gone",
                .patch,
                "\(members)/\(ada)",
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"status":"suspended"}"#
            )
            try await log.send("remove", .delete, "\(members)/\(ada)", token: token)
            try await log.send(
                "the last owner stays",
                .delete,
                "\(members)/\(acme.owner.caller.user)",
                token: token
            )
            try await log.send("nobody", .get, "\(members)/me", token: token)
            try await log.send("another's workspace", .get, "/api/v1/workspaces/x1", token: token)
            try log.check()
        }
    }

    @Test func `one's own name and workspaces`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test")
            let log = Transcript("own-workspaces", api)
            let me = "/api/v1/me"
            let spaces = "/api/v1/workspaces"
            let press = #"{"slug":"ada-press","name":"Ada Press"}"#
            try await log.send(
                "another name and language",
                .patch,
                me,
                token: token,
                body: #"{"name":"Huda Saleh","locale":"ar"}"#
            )
            try await log.send(
                "from a version that is gone",
                .patch,
                me,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"name":"Huda"}"#
            )
            try await log.send(
                "with what cannot be",
                .patch,
                me,
                token: token,
                body: #"{"name":7,"locale":"fr","role":"super_admin"}"#
            )
            try await log.send("with nothing", .patch, me, token: token, body: "{}")
            try await log.send(
                "a name without letters",
                .patch,
                me,
                token: token,
                body: #"{"name":" "}"#
            )
            try await log.send(
                "make a workspace",
                .post,
                spaces,
                token: token,
                headers: [.idempotencyKey: "k1"],
                body: press
            )
            try await log.send(
                "once more with the key",
                .post,
                spaces,
                token: token,
                headers: [.idempotencyKey: "k1"],
                body: press
            )
            try await log.send("its slug is taken", .post, spaces, token: token, body: press)
            try await log.send(
                "with everything wrong",
                .post,
                spaces,
                token: token,
                body: #"{"slug":"-","name":""}"#
            )
            try await log.send(
                "with fields that are not the client's",
                .post,
                spaces,
                token: token,
                body: #"{"slug":"x1","name":"X","plan":"enterprise"}"#
            )
            for number in 2...3 {
                _ = try await api.send(
                    .post,
                    spaces,
                    token: token,
                    body: #"{"slug":"ada-\#(number)","name":"Ada"}"#
                )
            }
            try await log.send(
                "one too many",
                .post,
                spaces,
                token: token,
                body: #"{"slug":"ada-4","name":"Ada"}"#
            )
            let inside = try await api.token("owner@acme.test", workspace: "ada-press")
            let item = "\(spaces)/ada-press"
            try await log.send("its settings", .get, "\(item)/settings", token: inside)
            try await log.send(
                "settings of a version that is gone",
                .patch,
                "\(item)/settings",
                token: inside,
                headers: [.ifMatch: "\"v9\""],
                body: #"{"support":{"write_consent":true}}"#
            )
            try await log.send(
                "another name for it",
                .patch,
                item,
                token: inside,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"name":"Press of Ada"}"#
            )
            try await log.send(
                "a name that is none",
                .patch,
                item,
                token: inside,
                body: #"{"name":""}"#
            )
            let end = #"{"slug":"ada-press","reason":"Not needed"}"#
            try await log.send("close blindly", .delete, item, token: inside, body: end)
            try await log.send(
                "close without a proof",
                .delete,
                item,
                token: inside,
                headers: [.ifMatch: "\"v2\""],
                body: end
            )
            try await log.send(
                "close another",
                .delete,
                item,
                token: inside,
                headers: [.ifMatch: "\"v2\""],
                body: #"{"slug":"acme","reason":"Not needed","password":"x"}"#
            )
            try await log.send(
                "close",
                .delete,
                item,
                token: inside,
                headers: [.ifMatch: "\"v2\""],
                body: """
                    {"slug":"ada-press","reason":"Not needed","password":"\(Fixture.password)"}
                    """
            )
            try await log.send("it is gone", .get, item, token: inside)
            try await log.send(
                "open it again",
                .post,
                "\(item)/restore",
                token: inside,
                body: #"{"reason":"A mistake"}"#
            )
            try await log.send(
                "twice",
                .post,
                "\(item)/restore",
                token: inside,
                body: #"{"reason":"A mistake"}"#
            )
            try log.check()
        }
    }

    @Test func `artifacts`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test")
            let log = Transcript("artifacts", api)
            let base = "/api/v1/artifacts"
            let draft = """
                {"name":"Zakat guide","description":"How to give","tags":["Faith","guide"],\
                "metadata":{"pages":12,"price":0.5}}
                """
            let made = try await log.send(
                "make",
                .post,
                base,
                token: token,
                headers: [.idempotencyKey: "k1"],
                body: draft
            )
            let item = "\(base)/\(try made.text("id"))"
            try await log.send(
                "once more with the key",
                .post,
                base,
                token: token,
                headers: [.idempotencyKey: "k1"],
                body: draft
            )
            try await log.send(
                "something else with the key",
                .post,
                base,
                token: token,
                headers: [.idempotencyKey: "k1"],
                body: #"{"name":"Other"}"#
            )
            try await log.send(
                "with everything wrong",
                .post,
                base,
                token: token,
                body: #"{"name":"","tags":[""],"metadata":{"a":1}}"#
            )
            try await log.send(
                "with fields that are not the client's",
                .post,
                base,
                token: token,
                body: #"{"name":"Mine","tags":["",1],"id":"mine","tenant_id":"other"}"#
            )
            try await log.send("one", .get, item, token: token)
            let change = #"{"name":"Zakat handbook","tags":["faith"]}"#
            try await log.send(
                "change",
                .patch,
                item,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: change
            )
            try await log.send(
                "change what somebody else changed",
                .patch,
                item,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"name":"Mine"}"#
            )
            try await log.send("blindly", .patch, item, token: token, body: change)
            try await log.send("list", .get, "\(base)?tags=faith&limit=5", token: token)
            try await log.send("search", .get, "\(base)/search?q=zak", token: token)
            try await log.send("hostile search", .get, "\(base)?q='+OR+1%3D1+--", token: token)
            try await log.send("tags", .get, "\(base)/tags", token: token)
            try await log.send(
                "delete",
                .delete,
                item,
                token: token,
                headers: [.ifMatch: "\"v2\""]
            )
            try await log.send("restore", .post, "\(item)/restore", token: token)
            try await log.send("history", .get, "\(item)/history", token: token)
            try await log.send("nothing", .get, "\(base)/none", token: token)
            try log.check()
        }
    }

    @Test func `the ledger and AI`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("owner@acme.test", workspace: "acme")
            let log = Transcript("audit-and-ai", api)
            try await log.send("events", .get, "/api/v1/audit-logs?limit=1", token: token)
            try await log.send("one", .get, "/api/v1/audit-logs/1", token: token)
            try await log.send("none", .get, "/api/v1/audit-logs/999", token: token)
            try await log.send("no number", .get, "/api/v1/audit-logs/x", token: token)
            try await log.send("filters", .get, "/api/v1/audit-logs?actor=me", token: token)
            try await log.send("verify", .post, "/api/v1/audit-logs/verify", token: token)
            try await log.send("budgets", .get, "/api/v1/ai/budgets", token: token)
            try await log.send(
                "use",
                .get,
                "/api/v1/ai/usage?group_by=model&from=2026-01-01&to=2026-02-01",
                token: token
            )
            try await log.send(
                "use by the hour",
                .get,
                "/api/v1/ai/usage?granularity=hour&from=2026-01-01&to=2026-02-01",
                token: token
            )
            try await log.send(
                "use in too many parts",
                .get,
                "/api/v1/ai/usage?granularity=hour&from=2026-01-01&to=2026-06-01",
                token: token
            )
            try await log.send(
                "use backwards",
                .get,
                "/api/v1/ai/usage?from=2026-02-01&to=2026-01-01",
                token: token
            )
            try log.check()
        }
    }

    @Test func `operators`() async throws {
        try await TestAPI.with { api in
            _ = try await api.fixture.makeOperator()
            let token = try await api.token("root@ghostworks.test")
            let log = Transcript("platform", api)
            let base = "/api/v1/admin/tenants"
            try await log.send("overview", .get, "/api/v1/admin/overview", token: token)
            let made = try await log.send(
                "provision",
                .post,
                base,
                token: token,
                headers: [.idempotencyKey: "p1"],
                body: """
                    {"slug":"acme","name":"Acme","plan":"free","owner_email":"o@acme.test"}
                    """
            )
            let item = "\(base)/\(try made.text("id"))"
            try await log.send(
                "a slug that is taken",
                .post,
                base,
                token: token,
                body: """
                    {"slug":"acme","name":"Acme","plan":"free","owner_email":"o@acme.test"}
                    """
            )
            try await log.send(
                "with everything wrong",
                .post,
                base,
                token: token,
                body: #"{"slug":"A","name":"","plan":"gold","owner_email":"x"}"#
            )
            try await log.send(
                "with a field that is not the client's",
                .post,
                base,
                token: token,
                body: """
                    {"slug":"b-b","name":"B","plan":"free","owner_email":"o@b.test",\
                    "status":"active"}
                    """
            )
            try await log.send("list", .get, "\(base)?search=acm", token: token)
            try await log.send("one", .get, item, token: token)
            try await log.send(
                "rename",
                .patch,
                item,
                token: token,
                body: #"{"name":"Acme Charity"}"#
            )
            try await log.send(
                "plan",
                .post,
                "\(item)/plan",
                token: token,
                body: #"{"plan":"pro"}"#
            )
            try await log.send(
                "quota",
                .post,
                "\(item)/quotas",
                token: token,
                body: #"{"resource":"users","soft":40,"hard":60}"#
            )
            let reason = #"{"reason":"unpaid since March"}"#
            try await log.send("suspend", .post, "\(item)/suspend", token: token, body: reason)
            try await log.send("again", .post, "\(item)/suspend", token: token, body: reason)
            try await log.send("resume", .post, "\(item)/resume", token: token, body: reason)
            try await log.send(
                "no such tenant",
                .get,
                "\(base)/00000000-0000-0000-0000-000000000001",
                token: token
            )
            try await log.send(
                "events",
                .get,
                "/api/v1/admin/audit-logs?action=tenant.provisioned",
                token: token
            )
            try await log.send("verify", .post, "/api/v1/admin/audit-logs/verify", token: token)
            try log.check()
        }
    }

    @Test func `users`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            let ada = try await api.fixture.addMember("ada@acme.test", .viewer, by: acme.owner)
            let token = try await api.token("root@ghostworks.test")
            let log = Transcript("users", api)
            let base = "/api/v1/admin/users"
            let reason = #"{"reason":"on request"}"#
            try await log.send("list", .get, "\(base)?search=ada", token: token)
            try await log.send("in a state that is none", .get, "\(base)?status=x", token: token)
            let one = "\(base)/\(ada.user)"
            try await log.send("one", .get, one, token: token)
            try await log.send(
                "rename",
                .patch,
                one,
                token: token,
                headers: [.ifMatch: "\"v1\""],
                body: #"{"name":"Ada Lovelace"}"#
            )
            try await log.send("with nothing", .patch, one, token: token, body: "{}")
            try await log.send("disable", .post, "\(one)/disable", token: token, body: reason)
            try await log.send("twice", .post, "\(one)/disable", token: token, body: reason)
            try await log.send("enable", .post, "\(one)/enable", token: token, body: reason)
            let owner = "\(base)/\(acme.owner.caller.user)"
            try await log.send(
                "disable the only owner",
                .post,
                "\(owner)/disable",
                token: token,
                body: reason
            )
            try await log.send("sessions", .get, "\(owner)/sessions", token: token)
            try await log.send(
                "end them",
                .post,
                "\(owner)/revoke-sessions",
                token: token,
                body: reason
            )
            try await log.send("nobody", .get, "\(base)/\(acme.id)", token: token)
            try log.check()
        }
    }

    @Test func `platform roles`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            let acme = try await api.fixture.makeTenant(by: root)
            try await api.fixture.addMember("ada@acme.test", .viewer, by: acme.owner)
            let token = try await api.token("root@ghostworks.test")
            let log = Transcript("platform-roles", api)
            let base = "/api/v1/admin/platform-roles"
            let granted = try await log.send(
                "grant",
                .post,
                base,
                token: token,
                body: #"{"user":"ada@acme.test","role":"support","reason":"joined the team"}"#
            )
            try await log.send(
                "with an end that is past",
                .post,
                base,
                token: token,
                body: """
                    {"user":"ada@acme.test","role":"support","reason":"joined",\
                    "expires_at":"2020-01-01T00:00:00Z"}
                    """
            )
            try await log.send(
                "to nobody",
                .post,
                base,
                token: token,
                body: #"{"user":"x@acme.test","role":"support","reason":"joined the team"}"#
            )
            try await log.send("list", .get, base, token: token)
            let ada = try granted.text("user_id")
            let revoke = "\(base)?role=support&reason=left%20the%20team&user_id=\(ada)"
            try await log.send("revoke", .delete, revoke, token: token)
            try await log.send("twice", .delete, revoke, token: token)
            try await log.send(
                "the last super-admin",
                .delete,
                "\(base)?role=super_admin&reason=tired&user_id=\(root.user)",
                token: token
            )
            try await log.send("without a name", .delete, base, token: token)
            try log.check()
        }
    }

    @Test func `support consents`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let owner = try await api.token("owner@acme.test")
            let token = try await api.token("root@ghostworks.test")
            let log = Transcript("support-consents", api)
            let base = "/api/v1/workspaces/acme/support-consents"
            let given = try await log.send(
                "give",
                .post,
                base,
                token: owner,
                body: #"{"hours":2,"note":"ticket 7"}"#
            )
            try await log.send("for too long", .post, base, token: owner, body: #"{"hours":999}"#)
            let consent = try given.text("token")
            let open = "/api/v1/admin/support-sessions"
            let opened = try await api.send(
                .post,
                open,
                token: token,
                body: """
                    {"tenant":"acme","reason":"to repair it","mode":"rw",\
                    "consent_token":"\(consent)"}
                    """
            )
            let session = try opened.text("id")
            #expect(opened.status == 201)
            try await log.send("list", .get, base, token: owner)
            let sessions = "/api/v1/workspaces/acme/support-sessions"
            try await log.send("who is here", .get, "\(sessions)?live=true", token: owner)
            try await log.send(
                "revoke",
                .delete,
                "\(base)/\(given.text("id"))",
                token: owner
            )
            let late = try await api.send(
                .get,
                "/api/v1/workspaces/acme",
                token: token,
                headers: [.supportSession: session]
            )
            #expect(late.error == "support_session_ended")
            try await log.send("who was here", .get, sessions, token: owner)
            try log.check()
        }
    }

    @Test func `support`() async throws {
        try await TestAPI.with { api in
            let root = try await api.fixture.makeOperator()
            _ = try await api.fixture.makeTenant(by: root)
            let token = try await api.token("root@ghostworks.test")
            let log = Transcript("support", api)
            let base = "/api/v1/admin/support-sessions"
            let opened = try await log.send(
                "open",
                .post,
                base,
                token: token,
                body: #"{"tenant":"acme","reason":"ticket says search is slow","ticket":"T-1"}"#
            )
            let id = try opened.text("id")
            try await log.send(
                "to write, without consent",
                .post,
                base,
                token: token,
                body: #"{"tenant":"acme","reason":"to repair it","mode":"rw"}"#
            )
            try await log.send(
                "for too long",
                .post,
                base,
                token: token,
                body: #"{"tenant":"acme","reason":"to repair it","minutes":600}"#
            )
            try await log.send("list", .get, base, token: token)
            let inside: HTTPFields = [.supportSession: id]
            try await log.send(
                "read inside",
                .get,
                "/api/v1/workspaces/acme/members",
                token: token,
                headers: inside
            )
            try await log.send(
                "write inside",
                .post,
                "/api/v1/artifacts",
                token: token,
                headers: inside,
                body: #"{"name":"Mine"}"#
            )
            try await log.send("end", .post, "\(base)/\(id)/end", token: token)
            try await log.send(
                "read afterwards",
                .get,
                "/api/v1/workspaces/acme/members",
                token: token,
                headers: inside
            )
            try await log.send("without a session", .get, "/api/v1/workspaces/acme", token: token)
            try log.check()
        }
    }
}
