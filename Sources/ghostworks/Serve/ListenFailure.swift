import Glibc

// DESIGN
// 1. Each address is tried before anything is started: errands that run already would end in the
//    middle, and the log would tell of faults that are none.
// 2. Between the try and the server somebody may still take the port: the server's own failure is
//    explained as well.

/// The sockets that a process opens, and in words why one of them cannot be.
struct ListenFailure {
    private let places: [Place]

    /// Where one of them is, and what says so.
    fileprivate struct Place {
        let address: Endpoint
        let host: any SettingDescription
        /// The option that chooses another port.
        let option: String
    }

    init(_ http: HTTPSettings) {
        places = [
            Place(address: http.listen, host: SettingRegistry.host, option: "--port"),
            Self.metrics(http.admin),
        ]
    }

    init(metrics address: Endpoint) {
        places = [Self.metrics(address)]
    }

    private init(_ place: Place) {
        places = [place]
    }

    private static func metrics(_ address: Endpoint) -> Place {
        Place(address: address, host: SettingRegistry.adminHost, option: "--admin-port")
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

    /// Tries each address as the server will, and leaves it free.
    func probe() throws {
        for place in places {
            let code = try place.probe()
            if code != 0 { throw Self(place).problem(code) }
        }
    }

    /// The sentence for what the server says.
    func explain(_ error: any Error) -> any Error {
        let text = "\(error)"
        let known = [EADDRINUSE, EACCES, EADDRNOTAVAIL].first { code in
            text.contains("errno: \(code)") || text.contains(String(cString: strerror(code)))
        }
        return known.map(problem) ?? error
    }

    private func problem(_ code: Int32) -> any Error {
        let addresses = places.map { "\($0.address.host):\($0.address.port)" }
            .joined(separator: " or ")
        let options = places.map(\.option).joined(separator: ", ")
        switch code {
        case EADDRINUSE:
            return ExitMessage(
                "Another program listens on \(addresses) already.",
                hint: "Choose another port: \(options)."
            )
        case EACCES:
            return ExitMessage(
                "Listening on \(addresses) is not permitted.",
                hint: "Ports below 1024 belong to root; choose another one: \(options)."
            )
        case EADDRNOTAVAIL, EAFNOSUPPORT:
            let hosts = Set(places.map(\.address.host)).sorted().joined(separator: " or ")
            let names = places.map(\.host.name).joined(separator: ", ")
            return SettingProblem(
                "Setting \(names): this machine has no address \(hosts).",
                hint: "127.0.0.1 is for this machine alone, 0.0.0.0 for whoever reaches it."
            )
        default:
            let reason = String(cString: strerror(code))
            return ExitMessage("Listening on \(addresses) is not possible: \(reason).")
        }
    }
}

extension ListenFailure.Place {
    /// Opens a socket there and closes it again; the code of what went wrong, or 0.
    ///
    /// - Throws: ``SettingProblem`` for a host that nobody knows.
    fileprivate func probe() throws(SettingProblem) -> Int32 {
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, String(address.port), nil, &found)
        guard code == 0, let found else {
            throw SettingProblem(
                "Setting \(host.name): no address of the host \(address.host) can be found "
                    + "(\(String(cString: gai_strerror(code)))).",
                hint: "For example: \(host.environmentName)=\(host.example)"
            )
        }
        defer { freeaddrinfo(found) }
        let listener = socket(found.pointee.ai_family, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { return errno }
        defer { close(listener) }
        // As servers do: a port whose last connections still linger is free.
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return bind(listener, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 ? 0 : errno
    }
}
