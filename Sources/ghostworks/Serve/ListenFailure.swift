/// Why the sockets could not be opened, in words.
struct ListenFailure {
    /// Where it was tried.
    let addresses: [Endpoint]
    /// The options that choose other ports.
    let options: String

    init(_ http: HTTPSettings) {
        addresses = [http.listen, http.admin]
        options = "--port, --admin-port"
    }

    init(metrics address: Endpoint) {
        addresses = [address]
        options = "--admin-port"
    }

    /// Refuses one port for two servers before anything is opened; two of 0 become two ports.
    static func check(_ http: HTTPSettings) throws {
        let everywhere: Set = ["0.0.0.0", "::"]
        let meet =
            http.listen.host == http.admin.host || everywhere.contains(http.listen.host)
            || everywhere.contains(http.admin.host)
        guard http.listen.port == http.admin.port, http.listen.port != 0, meet else { return }
        throw ExitMessage(
            "The API and the metrics cannot both listen on port \(http.listen.port).",
            hint: "Choose another port for one of them: --port, --admin-port.",
            code: ExitMessage.usage
        )
    }

    func explain(_ error: any Error) -> any Error {
        let text = "\(error)"
        let ports = addresses.map { "\($0.host):\($0.port)" }.joined(separator: " or ")
        if text.contains("errno: 98") || text.contains("Address already in use") {
            return ExitMessage(
                "Another program listens on \(ports) already.",
                hint: "Choose another port: \(options)."
            )
        }
        if text.contains("errno: 13") || text.contains("Permission denied") {
            return ExitMessage(
                "Listening on \(ports) is not permitted.",
                hint: "Ports below 1024 belong to root; choose another one: \(options)."
            )
        }
        if text.contains("errno: 99") || text.contains("Cannot assign requested address") {
            let hosts = Set(addresses.map(\.host)).sorted().joined(separator: " or ")
            return ExitMessage("This machine has no address \(hosts).")
        }
        return error
    }
}
