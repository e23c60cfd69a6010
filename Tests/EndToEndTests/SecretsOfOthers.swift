import Foundation
import Support
import Testing

/// Gets secrets that the product makes and hands out once, and shows each at doors that take it
/// and at doors that do not.
struct SecretsOfOthers {
    let port: Int

    private static let workspace = "/api/v1/workspaces/acme-charity"

    /// - Returns: the answers that should hold no secret, and the secrets.
    func pass(
        bearer: [String: String],
        password: String
    ) throws -> (replies: [HTTPReply], secrets: [String]) {
        let owner = try session("omar@acme-charity.example", DemoPlatform.password)
        let proof = ["password": password]
        let factor = try ask("POST", "/api/v1/auth/mfa/totp", bearer, 200, body: proof)
        let secret = try text(factor, "secret")
        let key = try apiKey(owner.headers)
        let replies =
            try show(key) + show(refresh: owner.refresh)
            + [try ask("POST", "/api/v1/auth/mfa/totp/confirm", bearer, body: ["code": secret])]
        return (replies, [owner.token, owner.refresh, secret, key])
    }

    private struct Session {
        let token: String
        let refresh: String

        var headers: [String: String] { ["Authorization": "Bearer \(token)"] }
    }

    private func session(_ email: String, _ password: String) throws -> Session {
        let body = ["email": email, "password": password, "grant": "cli"]
        let reply = try ask("POST", "/api/v1/auth/login", [:], 200, body: body)
        return Session(
            token: try text(reply, "access_token"),
            refresh: try text(reply, "refresh_token")
        )
    }

    private func apiKey(_ owner: [String: String]) throws -> String {
        let body: [String: Any] = ["name": "Marked", "scopes": ["artifact.read"]]
        let reply = try ask("POST", Self.workspace + "/api-keys", owner, 201, body: body)
        return try text(reply, "secret")
    }

    private func show(_ key: String) throws -> [HTTPReply] {
        let (good, bad) = ("Bearer \(key)", "Bearer \(key)x")
        return [
            try ask("GET", "/api/v1/artifacts", ["Authorization": good], 200),
            try ask("GET", "/api/v1/me", ["Authorization": good], 403),
            try ask("GET", "/api/v1/artifacts", ["Authorization": bad], 401),
            try ask("GET", "/api/v1/artifacts?cursor=\(key)", ["Authorization": good], 400, 422),
        ]
    }

    private func show(refresh token: String) throws -> [HTTPReply] {
        let path = "/api/v1/auth/refresh"
        return [
            try ask("POST", path, [:], 401, body: ["refresh_token": token + "x"]),
            try ask("POST", path, [:], 422, body: ["refresh_token": [token]]),
            try ask("GET", "/api/v1/me", ["Authorization": "Bearer \(token)"], 401),
        ]
    }

    /// Asks, and expects one of the statuses; any that is no success where none is named.
    private func ask(
        _ method: String,
        _ path: String,
        _ headers: [String: String],
        _ statuses: Int...,
        body: [String: Any]? = nil
    ) throws -> HTTPReply {
        var text: String?
        if let body {
            text = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        }
        let ask = HTTPAsk(method, path, headers: headers, body: text)
        guard case .reply(let reply)? = HTTPConnection(port: port)?.ask(ask) else {
            throw CocoaError(.fileReadUnknown)
        }
        let isGood = statuses.isEmpty ? reply.status >= 400 : statuses.contains(reply.status)
        #expect(isGood, "\(method) \(path): \(reply.status) \(reply.text)")
        return reply
    }

    private func text(_ reply: HTTPReply, _ name: String) throws -> String {
        try #require(reply.object[name] as? String, "\(reply.text)")
    }
}
