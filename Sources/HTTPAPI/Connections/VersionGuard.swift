import NIOCore
import NIOHTTP1

/// Holds a request to what its version of HTTP asks, before the version is forgotten.
///
/// Names of hosts: RFC 9112, section 3.2. Connections that stay open: RFC 9112, section 9.3.
final class VersionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What stands behind a refused request belongs to it.
        guard !isRefused else { return }
        guard case .head(var head) = unwrapInboundIn(data) else {
            context.fireChannelRead(data)
            return
        }
        guard Self.namesItsHost(head) else {
            isRefused = true
            context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
            return
        }
        // The framework compares with this one word.
        if Self.staysOpen(head) { return context.fireChannelRead(data) }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private static func namesItsHost(_ head: HTTPRequestHead) -> Bool {
        let hosts = head.headers["Host"]
        return isCurrent(head) ? hosts.count == 1 : hosts.count <= 1
    }

    private static func staysOpen(_ head: HTTPRequestHead) -> Bool {
        let words = head.headers[canonicalForm: "Connection"].map { $0.lowercased() }
        if words.contains("close") { return false }
        return isCurrent(head) || words.contains("keep-alive")
    }

    private static func isCurrent(_ head: HTTPRequestHead) -> Bool {
        head.version.major > 1 || head.version.minor > 0
    }
}
