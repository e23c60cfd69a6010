import NIOCore
import NIOHTTP1

/// Holds a request to what its version of HTTP asks, before the version is forgotten.
///
/// Names of hosts: RFC 9112, section 3.2. Connections that stay open: RFC 9112, section 9.3. Where a
/// body ends: RFC 9112, sections 6.1 and 6.3; what one reader takes for chunked and another does not
/// is two requests to one of them. Expectations: RFC 9110, section 10.1.1.
final class VersionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private var isRefused = false
    private let unknownCoding: () -> Void

    /// - Parameter unknownCoding: Told before the error of a body that is more than chunked.
    init(unknownCoding: @escaping () -> Void) {
        self.unknownCoding = unknownCoding
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What stands behind a refused request belongs to it.
        guard !isRefused else { return }
        guard case .head(var head) = unwrapInboundIn(data) else {
            context.fireChannelRead(data)
            return
        }
        let framing = Self.framing(head)
        guard framing == .known, Self.namesItsHost(head) else {
            isRefused = true
            if framing == .unknown { unknownCoding() }
            context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
            return
        }
        let staysOpen = Self.staysOpen(head)
        if staysOpen, Self.isCurrent(head) { return context.fireChannelRead(data) }
        if !Self.isCurrent(head) { head.headers.remove(name: "Expect") }
        // The framework compares with this one word.
        if !staysOpen { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private static func namesItsHost(_ head: HTTPRequestHead) -> Bool {
        let hosts = head.headers["Host"]
        return isCurrent(head) ? hosts.count == 1 : hosts.count <= 1
    }

    /// Whether it is certain where a body ends.
    private enum Framing {
        case known
        /// It would be, if the codings before `chunked` were known here.
        case unknown
        case broken
    }

    private static func framing(_ head: HTTPRequestHead) -> Framing {
        guard head.headers.contains(name: "Transfer-Encoding") else { return .known }
        let codings = head.headers[canonicalForm: "Transfer-Encoding"].map { $0.lowercased() }
        guard isCurrent(head), codings.last == "chunked", !codings.dropLast().contains("chunked")
        else { return .broken }
        return codings.count == 1 ? .known : .unknown
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
