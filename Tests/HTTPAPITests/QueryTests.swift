import Domain
import Testing

@testable import HTTPAPI

/// What a query string says.
struct `A query` {
    @Test(arguments: [
        "tags=board,report", "tags=board&tags=report", "tags=%20board%20,%20report",
        "tags=board%2C+report", "tags=,board,,report,",
    ])
    func `lists texts however they are spaced`(text: String) throws {
        let tags = QueryParameter(name: "tags", kind: .texts, note: "")
        #expect(try Query(text, parameters: [tags]).texts("tags") == ["board", "report"])
    }
}
