import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// The way to an issuer: one request, one bounded answer.
package struct Transport: Sendable {
    package struct Request: Sendable {
        package var url: String
        package var headers: [(name: String, value: String)] = []
        /// Posted when there is one.
        package var form: String?
        /// The most bytes of an answer.
        package var limit = KeySet.largest
    }

    package struct Reply: Sendable {
        package var status: Int
        package var body: [UInt8]

        package init(status: Int, body: [UInt8]) {
            self.status = status
            self.body = body
        }
    }

    package let send: @Sendable (Request) async throws -> Reply

    package init(send: @escaping @Sendable (Request) async throws -> Reply) {
        self.send = send
    }
}

extension Transport {
    /// How long an issuer may take for a whole answer.
    package static let patience = Duration.seconds(5)

    /// Over the network; redirects are not followed.
    package static func live(patience: Duration = Transport.patience) -> Transport {
        Transport { request in
            try await withThrowingTaskGroup(of: Reply.self) { group in
                group.addTask { try await exchange(request) }
                group.addTask {
                    try await ContinuousClock().sleep(for: patience)
                    throw DomainError.issuer("The issuer did not answer in time.")
                }
                defer { group.cancelAll() }
                guard let reply = try await group.next() else { throw CancellationError() }
                return reply
            }
        }
    }

    /// Lives as long as the process, as the event loops do.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(3), read: .seconds(5))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private static func exchange(_ wanted: Request) async throws -> Reply {
        var request = HTTPClientRequest(url: wanted.url)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "ghostworks")
        for header in wanted.headers {
            request.headers.add(name: header.name, value: header.value)
        }
        if let form = wanted.form {
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: form))
        }
        let response = try await client.execute(request, timeout: .seconds(10))
        var body: [UInt8] = []
        for try await part in response.body {
            guard body.count + part.readableBytes <= wanted.limit else {
                throw DomainError.issuer("The issuer's answer is too large.")
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return Reply(status: Int(response.status.code), body: body)
    }
}
