import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A body that came too slowly; the request's reader gets it as an error.
struct SlowBody: Error {}

// DESIGN
//
// 1. The framework waits for ever on a slow body and on a client that takes nothing: this handler
//    watches both, with at most one timer a connection.
// 2. The framework answers a request that is no HTTP with a bare 400; on its way out it becomes a
//    problem like all others.
// 3. After an error nothing more is read: the connection closes behind the answer.
// 4. The framework never says 100 Continue: a client that waits for it is told here, unless its
//    body is refused anyway.
// 5. What depends on the version of HTTP is judged by a handler before the codec, which drops it.
// 6. A head that does not come is counted from its first byte, before the decoder.
// 7. An address that holds all its places is closed as it comes: there is no request to answer.
// 8. Whoever works for a client that hung up may learn it at once, before anything is written.

/// Keeps a connection within its bounds and its errors in the API's form.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The failure that is answered with a status of its own.
    private static let unknownCoding = "unknown transfer coding"
    private static let period = TimeAmount.milliseconds(500)

    /// Whether the client is still there.
    let presence = ClientPresence()
    private var clock: ConnectionClock
    private var timer: Scheduled<Void>?
    private var failure: String?
    /// Whether what is being answered is a stream of events.
    private var isStream = false
    private let limits: APILimits
    private let room: ConnectionRoom
    private var entry: ConnectionRoom.Entry?

    /// - Parameters:
    ///   - bounds: What the client must keep to.
    ///   - limits: The largest header and body that the server takes.
    ///   - room: Where its address has its places.
    init(bounds: ConnectionBounds, limits: APILimits, room: ConnectionRoom) {
        clock = ConnectionClock(bounds: bounds)
        self.limits = limits
        self.room = room
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            let version = VersionGuard { [weak self] in self?.failure = Self.unknownCoding }
            try pipeline.addHandler(version, position: .before(codec))
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let watch = HeadWatch { [weak self] in
                self?.clock.bytesArrived(at: .now())
                self?.watch(context)
            }
            try pipeline.addHandler(watch, position: .before(decoder))
        } catch {
            // Without it the connection would be unguarded.
            context.close(promise: nil)
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        let entry = room.enter(context.remoteAddress?.ipAddress)
        self.entry = entry
        context.fireChannelActive()
        if entry == .refused { context.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            clock.requestBegan(hasBody: Self.hasBody(head), at: .now())
            watch(context)
            if waits(head) {
                let goOn = HTTPResponse(status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
            }
        case .body(let bytes): clock.received(bytes.readableBytes)
        case .end: clock.requestEnded()
        }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { presence.leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.leave()
        if let entry { room.leave(entry) }
        entry = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = "\(error)" }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isStream = head.headerFields[.contentType]?.hasPrefix(EventStream.mediaType) ?? false
            if !isStream { clock.responseBegan(at: .now()) }
            watch(context)
            if let problem = replacement(for: head) {
                context.write(wrapOutboundOut(.head(problem.head)), promise: nil)
                context.write(wrapOutboundOut(.body(problem.body)), promise: promise)
            } else {
                context.write(data, promise: promise)
            }
        case .body:
            context.write(data, promise: promise)
            guard isStream else { return }
            clock.streamWrote(isTaken: context.channel.isWritable, at: .now())
            watch(context)
        case .end:
            context.write(data, promise: promise)
            clock.responseEnded(isTaken: context.channel.isWritable, at: .now())
            watch(context)
            if failure != nil { closeBehindAnswer(context) }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { clock.responseTaken() }
        context.fireChannelWritabilityChanged()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    /// Whether the client holds its body back until it is asked for it.
    private func waits(_ head: HTTPRequest) -> Bool {
        guard Self.hasBody(head), head.headerFields[.expect]?.lowercased() == "100-continue"
        else { return false }
        guard let length = head.headerFields[.contentLength] else { return true }
        return Int(length).map { $0 <= limits.bodyBytes } ?? false
    }

    private static func hasBody(_ head: HTTPRequest) -> Bool {
        if head.headerFields[.transferEncoding] != nil { return true }
        return head.headerFields[.contentLength].map { $0 != "0" } ?? false
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard timer == nil, clock.isRunning else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.period) {
            self.timer = nil
            self.check(context)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        switch clock.verdict(at: .now()) {
        case .fine: break
        case .slowBody: context.fireErrorCaught(SlowBody())
        case .slowHead, .slowResponse, .lingeredTooLong: context.close(promise: nil)
        }
        watch(context)
    }

    private func closeBehindAnswer(_ context: ChannelHandlerContext) {
        context.flush()
        context.close(mode: .output, promise: nil)
    }
}

extension ConnectionGuard {
    /// The problem in place of a bare 400; nil for every answer that a route made.
    private func replacement(
        for head: HTTPResponse
    ) -> (head: HTTPResponse, body: ByteBuffer)? {
        guard head.status == .badRequest, head.headerFields[.contentLength] == "0",
            head.headerFields[.connection] == "close"
        else { return nil }
        // The parser's error type is in a module that is not ours to import.
        // Its text is `headerOverflow` or a sentence, depending on how the program was linked.
        let isUnknown = failure == Self.unknownCoding
        let isTooLong = failure?.lowercased().contains("overflow") == true
        let error =
            isTooLong
            ? DomainError.headerTooLarge(limits)
            : DomainError(.malformed, .malformedRequest, "The request is not valid HTTP/1.1.")
        let requestID = RequestIdentifier.choose(nil)
        let problem = isUnknown ? Problem.unknownCoding : Problem(error)
        let bytes = problem.body(path: "*", requestID: requestID, now: .now).bytes
        var fields: HTTPFields = [
            .contentType: Problem.contentType, .contentLength: "\(bytes.count)",
            .connection: "close", .requestID: requestID,
        ]
        for (name, value) in SecurityHeaders.headers { fields[name] = value }
        return (
            HTTPResponse(status: problem.status, headerFields: fields),
            ByteBuffer(bytes: bytes)
        )
    }
}
