import ArgumentParser
import HTTPAPI

/// `ghostworks openapi`.
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI document of the HTTP API."
    )

    func run() throws {
        StandardStream.output.line(APIServer.openAPI(version: VersionText.version))
    }
}
