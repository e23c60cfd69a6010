import Foundation
import Logging
import Synchronization
import Testing
import Tracing

@testable import Observability

/// Keeps the lines that a handler writes.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var destination: LogDestination {
        LogDestination { line in
            self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
        }
    }
}

@Suite struct JSONLogHandlerTests {
    let lines = Lines()

    // 2024-01-15 10:30:00.000045 UTC.
    private func logger(_ provider: Logger.MetadataProvider? = nil) -> Logger {
        Logger(label: "http") { label in
            JSONLogHandler(
                label: label,
                service: "api",
                level: .info,
                destination: lines.destination,
                metadataProvider: provider,
                clock: { 1_705_314_600_000_045 }
            )
        }
    }

    private let start =
        #"{"timestamp":"2024-01-15T10:30:00.000045Z","level":"INFO","service":"api","logger":"http""#

    @Test func `an event is exactly this line`() {
        logger().info(
            "Artifact created",
            metadata: [
                "request_id": "req_1", "tenant_id": "t", "user_id": "u",
                "operation": "artifact.create", "duration_ms": .stringConvertible(45),
                "status": "success",
            ]
        )
        #expect(
            lines.all == [
                start + #","message":"Artifact created","duration_ms":45,"#
                    + #""operation":"artifact.create","request_id":"req_1","status":"success","#
                    + #""tenant_id":"t","user_id":"u"}"# + "\n"
            ]
        )
    }

    @Test func `hostile text stays inside its value and on its line`() {
        logger().info(
            "a\n{\"level\":\"FAKE\"}\u{1b}[2J\u{9b}\u{202e}\u{2028}\u{2029}\u{feff}\u{7f}\\"
        )
        #expect(
            lines.all == [
                start
                    + #","message":"a\n{\"level\":\"FAKE\"}\u001b[2J\u009b\u202e\u2028\u2029\ufeff\u007f\\"}"#
                    + "\n"
            ]
        )
    }

    @Test func `names are escaped too, and cannot replace the fixed fields`() {
        logger().info("m", metadata: ["level": "FAKE", "a\"b": "\r\t\0"])
        #expect(
            lines.all == [
                start + #","message":"m","a\"b":"\r\t\u0000","level_":"FAKE"}"# + "\n"
            ]
        )
    }

    @Test func `letters of all scripts stay readable, tags and joiners do not`() {
        logger().info("مرحبا é 日本 👻\u{200d}\u{e0041}")
        #expect(
            lines.all == [start + #","message":"مرحبا é 日本 👻\u200d\udb40\udc41"}"# + "\n"]
        )
    }

    @Test func `every line is JSON whatever the scalars`() throws {
        let all = (0..<0x3000).compactMap { Unicode.Scalar($0 as UInt32) }
        logger().info("\(String(String.UnicodeScalarView(all)))")
        let line = try #require(lines.all.first)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let message = try #require(object?["message"] as? String)
        #expect(message.unicodeScalars.elementsEqual(all))
        #expect(line.utf8.filter { $0 < 0x20 } == [UInt8(ascii: "\n")])
    }

    @Test func `numbers, truth values, lists and nests keep their form`() {
        logger().info(
            "m",
            metadata: [
                "b": .stringConvertible(true), "d": .stringConvertible(1.5),
                "n": .stringConvertible(Double.nan), "l": ["x", ["k": "v"]],
                "u": .stringConvertible(UInt64.max),
            ]
        )
        #expect(
            lines.all == [
                start + #","message":"m","b":true,"d":1.5,"l":["x",{"k":"v"}],"n":null,"#
                    + #""u":18446744073709551615}"# + "\n"
            ]
        )
    }

    @Test(arguments: [
        "password", "new_password", "api_key", "Authorization", "refresh_token", "client.secret",
        "set-cookie",
    ])
    func `a secret field is hidden, in nests too`(name: String) {
        logger().info("m", metadata: [name: "hunter2", "nest": [name: ["hunter2"]]])
        #expect(lines.all.count == 1)
        #expect(lines.all.allSatisfy { !$0.contains("hunter2") && $0.contains("[redacted]") })
    }

    @Test(arguments: ["tokens", "input_tokens", "secretary", "key"])
    func `a field that only sounds secret is shown`(name: String) {
        logger().info("m", metadata: [name: "shown"])
        #expect(lines.all.first?.contains("shown") == true)
    }

    @Test func `the event wins over the logger, the logger over the task`() {
        var logger = logger(Logger.MetadataProvider { ["a": "task", "b": "task", "c": "task"] })
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "b"] = "logger"
        logger.info("m", metadata: ["a": "event"])
        #expect(
            lines.all == [start + #","message":"m","a":"event","b":"logger","c":"task"}"# + "\n"]
        )
    }

    @Test func `fields of the task's context are in its lines`() {
        let logger = logger(.serviceContext)
        var context = ServiceContext.topLevel
        context.logFields["request_id"] = "r1"
        ServiceContext.withValue(context) { logger.info("inside") }
        logger.info("outside")
        #expect(
            lines.all == [
                start + #","message":"inside","request_id":"r1"}"# + "\n",
                start + #","message":"outside"}"# + "\n",
            ]
        )
    }

    @Test func `levels below the logger's own are not written`() {
        var logger = logger()
        logger.debug("no")
        logger.logLevel = .debug
        logger.debug("yes")
        #expect(lines.all.count == 1 && lines.all[0].contains(#""level":"DEBUG""#))
    }
}

@Suite struct LogTimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (1_709_251_199_999_999, "2024-02-29T23:59:59.999999Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)]
    )
    func `a time is written in UTC to the microsecond`(time: Int64, expected: String) {
        var line: [UInt8] = []
        LogTimestamp.append(time, to: &line)
        #expect(String(decoding: line, as: UTF8.self) == expected)
    }
}
