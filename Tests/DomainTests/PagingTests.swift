import FoundationEssentials
import Testing

@testable import Domain

@Suite struct PagingTests {
    @Test(arguments: [-1, 0, 101, 10_000, .max, .min])
    func `a page has 1 to 100 rows`(limit: Int) {
        #expect(throws: DomainError.invalid("limit", "must be 1 to 100; got \(limit)")) {
            try PageRequest(limit: limit)
        }
    }

    @Test func `a surplus row says that there is more`() throws {
        let request = try PageRequest(limit: 2)
        let page = Page(surplus: [1, 2, 3], request: request) { PagePosition([String($0)]) }
        #expect(page.items == [1, 2])
        #expect(page.next == PagePosition(["2"]))
        #expect(!page.hasPrevious)
    }

    @Test(arguments: [[], [1], [1, 2]])
    func `without a surplus row the page is the last`(rows: [Int]) throws {
        let request = try PageRequest(limit: 2, after: PagePosition(["0"]))
        let page = Page(surplus: rows, request: request) { PagePosition([String($0)]) }
        #expect(page.next == nil)
        #expect(page.items == rows)
        #expect(page.hasPrevious)
    }

    @Test func `positions give back what was put in`() throws {
        let id = ArtifactID(UUID())
        let position = PagePosition(["-5", "name", id.description])
        #expect(try position.instant(at: 0).microseconds == -5)
        #expect(try position.text(at: 1) == "name")
        #expect(try position.id(at: 2, of: Artifact.self) == id)
    }

    @Test(arguments: [[], ["x"], ["1.5"], ["99999999999999999999"], [""], ["' OR 1=1 --"]])
    func `a position of another list is refused`(keys: [String]) {
        let position = PagePosition(keys)
        #expect(throws: PagePosition.invalid) { try position.integer(at: 0) }
        #expect(throws: PagePosition.invalid) { try position.id(at: 0, of: Artifact.self) }
        #expect(throws: PagePosition.invalid) { try position.text(at: keys.count) }
    }
}
