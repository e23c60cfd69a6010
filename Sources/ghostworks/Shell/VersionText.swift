/// What `--version` prints: the program's version and the schema it needs (ruling 24).
enum VersionText {
    static let version = "0.1.0"

    static let text = "ghostworks \(version), schema \(SelfCheck.newest)"
}
