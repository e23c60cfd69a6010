import Domain
import HTTPTypes
import Hummingbird

/// What a route's code gives back, before it becomes an HTTP response.
struct Answer: Sendable {
    var status: HTTPResponse.Status?
    var content: Content
    var headers: HTTPFields = [:]

    enum Content: Sendable {
        case none
        case json(JSON)
        /// Bytes that all who ask for them share.
        case bytes(ByteBuffer, type: String)
        case stream(ResponseBody, type: String)
    }

    static func json(_ json: JSON) -> Answer {
        Answer(content: .json(json))
    }

    /// A thing that has versions: its ETag lets a client change exactly what it saw.
    static func json(_ json: JSON, version: Int64) -> Answer {
        Answer(content: .json(json), headers: [.eTag: "\"v\(version)\""])
    }

    static let empty = Answer(content: .none)

    /// The whole of a short list, in the envelope of all lists.
    static func list(_ items: [JSON]) -> Answer {
        .json([
            "items": .array(items),
            "page": [
                "limit": .integer(Int64(items.count)), "next_cursor": .null,
                "prev_cursor": .null, "has_more": false,
            ],
        ])
    }

    func response(as output: Route.Output) -> Response {
        var response = Response(status: status ?? output.status, headers: headers)
        switch content {
        case .none: break
        case .json(let json):
            response.headers[.contentType] = "application/json; charset=utf-8"
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes))
        case .bytes(let bytes, let type):
            response.headers[.contentType] = type
            response.body = ResponseBody(byteBuffer: bytes)
        case .stream(let body, let type):
            response.headers[.contentType] = type
            response.body = body
        }
        return response
    }
}
