/// What `--version` prints: the program's version and the schema it needs (ruling 24).
enum VersionText {
    static let version = "0.1.0"

    static var text: String {
        let schema = (try? SelfCheck.newest).map(String.init) ?? "unknown"
        return "ghostworks \(version), schema \(schema)"
    }
}
