import Foundation
import JWTKit
import Sealing
import Synchronization

/// An OpenID issuer that signs what a test wants, and misbehaves on request.
public final class TestIssuer: Sendable {
    /// How the issuer misbehaves.
    public enum Trouble: Sendable {
        case none
        case silent
        case down
        case largeKeys
        case redirecting
        /// Its discovery document is another issuer's.
        case impostor
        /// Its token endpoint gives this token for every code.
        case answering(String)
    }

    /// Nobody's secret but the test's.
    public static let secret = "s3cret: with a colon"
    /// What it knows this installation as.
    public static let client = "ghostworks"

    private struct State {
        var trouble = Trouble.none
        var counts: [String: Int] = [:]
        var keys: [(kid: String, key: ES256PrivateKey)] = []
        var codes: [String: Code] = [:]
    }

    private struct Code {
        let token: String
        let challenge: String
    }

    private let state = Mutex(State())
    private let server: TestHTTPServer

    /// What its tokens say in `iss`.
    public var url: String { "http://127.0.0.1:\(server.port)" }

    /// Starts an issuer with a first key.
    ///
    /// - Throws: a failed system call.
    public init() throws {
        // The server needs the issuer and the issuer the server: a box breaks the circle.
        let box = Box()
        server = try TestHTTPServer { request in
            box.issuer.withLock { $0 }?.answer(request) ?? .hangUp
        }
        self.box = box
        box.issuer.withLock { $0 = self }
        rotate()
    }

    private final class Box: Sendable {
        let issuer = Mutex<TestIssuer?>(nil)
    }

    private let box: Box

    /// Ends the issuer.
    public func stop() {
        server.stop()
        box.issuer.withLock { $0 = nil }
    }

    /// From now on it misbehaves like this.
    public func set(_ trouble: Trouble) {
        state.withLock { $0.trouble = trouble }
    }

    /// How often a document was asked for.
    public func count(_ path: String) -> Int {
        state.withLock { $0.counts[path] ?? 0 }
    }

    /// Where its keys are.
    public static let keysPath = "/keys"
    /// Where its description is.
    public static let discoveryPath = "/.well-known/openid-configuration"
    /// Where codes are redeemed.
    public static let tokenPath = "/token"

    /// A new key in place of the one before.
    public func rotate() {
        state.withLock { state in
            let number = (state.keys.last.flatMap { Int($0.kid.dropFirst()) } ?? 0) + 1
            state.keys = [("k\(number)", ES256PrivateKey())]
        }
    }

    /// The current key's public half, as text that somebody might take for a secret.
    public var publicKeyText: String {
        state.withLock { $0.keys.first?.key.publicKey.pemRepresentation ?? "" }
    }

    /// A token with usual claims, changed by JSON literals; an empty one takes a claim away.
    public func token(
        _ changes: [String: String] = [:],
        header: [String: String] = [:]
    ) async throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let usual = [
            "iss": "\"\(url)\"", "sub": "\"u-1\"", "aud": "\"\(Self.client)\"",
            "iat": "\(now)", "exp": "\(now + 3_600)",
        ]
        guard let current = state.withLock({ $0.keys.first }) else { return "" }
        let claims = usual.merging(changes) { $1 }
        let head = ["alg": "\"ES256\"", "typ": "\"JWT\"", "kid": "\"\(current.kid)\""]
            .merging(header) { $1 }
        let message = Self.part(head) + "." + Self.part(claims)
        let keys = JWTKeyCollection()
        await keys.add(ecdsa: current.key)
        let signature = try await keys.getKey().sign(Array(message.utf8))
        return message + "." + Self.encode(signature)
    }

    /// Lets somebody sign in: the code that goes back for a request at the authorization endpoint.
    public func approve(
        _ authorizationURL: String,
        _ changes: [String: String] = [:]
    ) async throws -> (code: String, state: String) {
        let items = URLComponents(string: authorizationURL)?.queryItems ?? []
        let query = Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
        let nonce = ["nonce": "\"\(query["nonce"] ?? "")\""]
        let token = try await token(nonce.merging(changes) { $1 })
        let code = "code-\(UUID().uuidString)"
        state.withLock {
            $0.codes[code] = Code(token: token, challenge: query["code_challenge"] ?? "")
        }
        return (code, query["state"] ?? "")
    }

    /// Base64url of an object whose values are JSON literals.
    public static func part(_ members: [String: String]) -> String {
        let text = members.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            .map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        return encode(Array("{\(text)}".utf8))
    }

    /// Base64url without padding.
    public static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}

extension TestIssuer {
    private func answer(_ request: TestHTTPServer.Request) -> TestHTTPServer.Reply {
        let trouble = state.withLock { state in
            state.counts[request.path, default: 0] += 1
            return state.trouble
        }
        switch (trouble, request.path) {
        case (.silent, _): return .silence
        case (.down, _): return .hangUp
        case (.redirecting, Self.discoveryPath): return .redirect(url + "/elsewhere")
        case (.largeKeys, Self.keysPath): return .flood(10_000_000)
        case (.answering(let token), Self.tokenPath): return .json(#"{"id_token":"\#(token)"}"#)
        case (.impostor, Self.discoveryPath): return discovery(issuer: "https://other.test")
        case (_, Self.discoveryPath): return discovery(issuer: url)
        case (_, Self.keysPath): return keys()
        case (_, Self.tokenPath): return redeem(request)
        default: return .json("{}", status: 404)
        }
    }

    private func discovery(issuer: String) -> TestHTTPServer.Reply {
        .json(
            """
            {"issuer":"\(issuer)","authorization_endpoint":"\(url)/authorize",\
            "token_endpoint":"\(url)\(Self.tokenPath)","jwks_uri":"\(url)\(Self.keysPath)",\
            "response_types_supported":["code"]}
            """
        )
    }

    private func keys() -> TestHTTPServer.Reply {
        let keys = state.withLock { $0.keys }.compactMap { kid, key -> String? in
            guard let point = key.publicKey.parameters else { return nil }
            return """
                {"kty":"EC","crv":"P-256","use":"sig","kid":"\(kid)",\
                "x":"\(Self.urlSafe(point.x))","y":"\(Self.urlSafe(point.y))"}
                """
        }
        return .json(#"{"keys":[\#(keys.joined(separator: ","))]}"#)
    }

    private static func urlSafe(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Codes are good once, for the client that asked, with the verifier of its challenge.
    private func redeem(_ request: TestHTTPServer.Request) -> TestHTTPServer.Reply {
        let form = request.form
        let code = form["code"].flatMap { code in
            state.withLock { $0.codes.removeValue(forKey: code) }
        }
        let user = Self.client + ":" + Self.escaped(Self.secret)
        let basic = "Basic " + Data(user.utf8).base64EncodedString()
        guard let code, request.method == "POST", form["grant_type"] == "authorization_code",
            request.headers["authorization"] == basic, form["client_id"] == Self.client,
            let verifier = form["code_verifier"], Self.challenge(verifier) == code.challenge
        else { return .json(#"{"error":"invalid_grant"}"#, status: 400) }
        return .json(#"{"id_token":"\#(code.token)","token_type":"Bearer","access_token":"a"}"#)
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func challenge(_ verifier: String) -> String {
        encode(Digest.sha256(verifier))
    }
}
