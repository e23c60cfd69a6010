import Domain
import Fixtures
import Foundation
import HTTPAPI
import NIOPosix
import Support
import Synchronization
import Testing

@testable import OpenID

/// F24: whatever an issuer publishes, no event loop waits while it is read.
@Suite struct IssuerThreadTests {
    /// Whether work was seen on an event loop, by what it was.
    private final class Sightings: Sendable {
        private let seen = Mutex<[String: [Bool]]>([:])

        func note(_ work: String) {
            let isOnLoop = MultiThreadedEventLoopGroup.currentEventLoop != nil
            seen.withLock { $0[work, default: []].append(isOnLoop) }
        }

        subscript(work: String) -> [Bool] { seen.withLock { $0[work] ?? [] } }
    }

    /// What the issuer publishes, fetched once.
    private static func documents(of remote: TestIssuer) async throws -> [String: Transport.Reply] {
        var documents: [String: Transport.Reply] = [:]
        for path in [TestIssuer.discoveryPath, TestIssuer.keysPath] {
            let url = remote.url + path
            documents[url] = try await Transport.live(patience: .seconds(60))
                .send(Transport.Request(url: url))
        }
        return documents
    }

    @Test func `documents and tokens of an issuer are read away from the event loops`()
        async throws
    {
        let remote = try TestIssuer()
        defer { remote.stop() }
        let sightings = Sightings()
        let documents = try await Self.documents(of: remote)
        // Both closures return without waiting: what is done right before and after them is done on
        // the thread that they see. Documents are parsed after the one, claims read after the other.
        let issuers = Issuers(
            [.test(remote)],
            transport: Transport { request in
                sightings.note("document")
                return try #require(documents[request.url])
            },
            now: {
                sightings.note("token")
                return Instant(seconds: Int64(Date().timeIntervalSince1970))
            }
        )
        try await Fixture.with(issuers: issuers) { fixture in
            let readiness: @Sendable () async -> Readiness = {
                sightings.note("request")
                return .ready
            }
            try await ServedAPI.run(.local(), fixture.environment, readiness: readiness) { api in
                #expect(try await Self.ask(api, "GET", "/readyz").hasPrefix("HTTP/1.1 200"))
                // Whom the first one vouches for is nobody here, which is known after all checks.
                for (header, status) in [([:], 403), (["kid": #""hostile""#], 401)] {
                    let token = try await remote.token([:], header: header)
                    let answer = try await Self.ask(
                        api,
                        "POST",
                        "/api/v1/auth/token/exchange",
                        #"{"provider":"test","token":"\#(token)"}"#
                    )
                    #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
                }
            }
        }
        #expect(sightings["document"] == [false, false])
        #expect(!sightings["token"].isEmpty && !sightings["token"].contains(true))
        // Requests themselves are served there: such work would have been seen.
        #expect(sightings["request"] == [true])
    }

    private static func ask(
        _ api: ServedAPI,
        _ method: String,
        _ path: String,
        _ body: String? = nil
    ) async throws -> String {
        let socket = try Socket(port: api.port)
        defer { socket.close() }
        socket.send(HTTPAsk(method, path, headers: ["Connection": "close"], body: body).text)
        return await socket.readAll()
    }
}
