import Foundation

/// The folder with one version's server programs: initdb, pg_ctl, postgres.
struct ServerPrograms: Sendable, Equatable {
    let folder: String
    let major: Int

    var initdb: String { folder + "/initdb" }
    var control: String { folder + "/pg_ctl" }

    /// Where server programs are looked for; tests give folders of their own.
    struct Places: Sendable {
        /// The folder that holds Debian's versioned folders.
        var versioned = "/usr/lib/postgresql"
        /// The folders of PATH, in which pg_config and the programs themselves are looked for.
        var path = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            .split(separator: ":").map(String.init)
    }

    /// The oldest version that will do.
    static let oldest = 15

    /// Finds the programs for a data folder.
    ///
    /// - Parameters:
    ///   - places: Where to look, Debian's folders first.
    ///   - data: The major version that made the data; the newest is taken when there is none.
    ///   - folder: The data folder, for the sentence of the error.
    /// - Returns: The programs that suit the data.
    /// - Throws: ``ClusterError`` when there are none, or only unsuitable ones.
    static func find(
        in places: Places,
        for data: Int?,
        folder: String
    ) async throws(ClusterError) -> ServerPrograms {
        let found = try await all(in: places)
        guard let newest = found.max(by: { $0.major < $1.major }) else { throw .programsMissing }
        if let data {
            if let same = found.first(where: { $0.major == data }) { return same }
            throw .otherMajor(folder: folder, data: data, installed: newest.major)
        }
        guard newest.major >= oldest else { throw .programsTooOld(found: newest.major) }
        return newest
    }

    private static func all(in places: Places) async throws(ClusterError) -> [ServerPrograms] {
        let files = FileManager.default
        let versions = (try? files.contentsOfDirectory(atPath: places.versioned)) ?? []
        let debian = versions.compactMap { name -> ServerPrograms? in
            guard let major = Int(name) else { return nil }
            return ServerPrograms(folder: "\(places.versioned)/\(name)/bin", major: major)
        }
        let complete = debian.filter(\.isComplete)
        if !complete.isEmpty { return complete }
        var elsewhere: [ServerPrograms] = []
        for folder in try await configuredFolders(places) + places.path {
            if let programs = try await at(folder) { elsewhere.append(programs) }
        }
        return elsewhere
    }

    /// What the pg_config programs of PATH say: a server from source may not be on PATH itself.
    private static func configuredFolders(_ places: Places) async throws(ClusterError) -> [String] {
        var folders: [String] = []
        for path in places.path where isProgram("\(path)/pg_config") {
            let ending = try await Program(path: "\(path)/pg_config", arguments: ["--bindir"]).run()
            if ending.status == 0 {
                folders.append(ending.output.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        return folders
    }

    private static func at(_ folder: String) async throws(ClusterError) -> ServerPrograms? {
        guard ServerPrograms(folder: folder, major: 0).isComplete else { return nil }
        let ending = try await Program(path: "\(folder)/postgres", arguments: ["--version"]).run()
        return major(ofVersion: ending.output).map { ServerPrograms(folder: folder, major: $0) }
    }

    /// 15 of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
    static func major(ofVersion text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count >= 3, words[1] == "(PostgreSQL)" else { return nil }
        return Int(words[2].prefix { $0.isNumber })
    }

    private var isComplete: Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy { Self.isProgram("\(folder)/\($0)") }
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
    }
}
