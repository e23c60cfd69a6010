import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import HTTPAPI

struct `The route table` {
    private static let document = OpenAPIDocument(table: .all, version: "0.1.0").json

    /// The document as a client reads it.
    private static func read() throws -> JSONValue {
        try JSONReader.read(Self.document.bytes)
    }

    private static func operations() throws -> Set<String> {
        guard case .object(let paths) = try read()["paths"] else { return [] }
        return Set(
            paths.flatMap { path, item -> [String] in
                guard case .object(let operations) = item else { return [] }
                return operations.keys.map { "\($0.uppercased()) \(RouterPath(path).description)" }
            }
        )
    }

    @Test func `every route of the router is in the document and the other way round`() throws {
        let router = Router(context: APIContext.self)
        for route in RouteTable.all.routes {
            router.on(RouterPath(route.path), method: route.method) { _, _ in Response(status: .ok)
            }
        }
        let served = Set(router.routes.map { "\($0.method.rawValue) \($0.path.description)" })
        #expect(served.count > 50)
        #expect(try Self.operations() == served)
    }

    /// What clients are generated from: a change shows as a change of the file.
    @Test func `the document is the recorded one`() throws {
        let text = PrettyJSON.lines(APIServer.openAPI(version: "0.1.0")) + "\n"
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Exchanges/openapi.json")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: url, encoding: .utf8) == text)
    }

    @Test func `operations have names of their own`() {
        let names = RouteTable.all.routes.map(\.about.operation)
        #expect(Set(names).count == names.count)
    }

    @Test func `every reference of the document leads somewhere`() throws {
        let document = try Self.read()
        var references: Set<String> = []
        Self.collect(document, into: &references)
        #expect(references.count > 20)
        for reference in references {
            let parts = reference.dropFirst(2).split(separator: "/").map(String.init)
            let target = parts.reduce(Optional(document)) { $0?[$1] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test func `every schema that is named is used`() throws {
        var references: Set<String> = []
        Self.collect(try Self.read(), into: &references)
        for (name, _) in Components.all {
            #expect(references.contains("#/components/schemas/\(name)"), "\(name)")
        }
    }

    @Test(arguments: RouteTable.all.routes.map(\.path))
    func `parameters of the path are declared`(path: String) throws {
        guard case .object(let operations) = try Self.read()["paths"]?[path] else {
            Issue.record("\(path) is missing")
            return
        }
        let names = path.matches(of: #/{(\w+)}/#).map { String($0.output.1) }
        for (_, operation) in operations {
            guard case .array(let parameters) = operation["parameters"] else {
                Issue.record("no parameters at \(path)")
                return
            }
            let declared = parameters.filter { $0["in"] == .string("path") }.map { $0["name"] }
            #expect(declared == names.map { .string($0) })
            #expect(operation["responses"]?["default"] != nil)
        }
    }

    @Test func `organizations are another name for workspaces`() {
        let paths = Set(RouteTable.all.routes.map { "\($0.method) \($0.path)" })
        let own = paths.filter { $0.contains("/workspaces") && !$0.contains("/me/") }
        for path in own {
            #expect(paths.contains(path.replacing("/workspaces", with: "/organizations")))
        }
    }

    @Test func `a path knows its methods`() {
        #expect(RouteTable.all.methods(at: "/api/v1/artifacts") == [.get, .head, .post])
        #expect(RouteTable.all.methods(at: "/nowhere") == [])
    }

    @Test func `platform routes ask for a platform permission`() {
        for route in RouteTable.all.routes where route.path.contains("/admin/") {
            guard case .platform(let permission) = route.access else {
                Issue.record("\(route.path) is open")
                continue
            }
            #expect(permission.description.hasPrefix("platform."))
        }
    }

    private static func collect(_ value: JSONValue, into references: inout Set<String>) {
        switch value {
        case .array(let values): for value in values { collect(value, into: &references) }
        case .object(let members):
            if case .string(let reference) = members["$ref"] { references.insert(reference) }
            for (_, value) in members { collect(value, into: &references) }
        default: break
        }
    }
}
