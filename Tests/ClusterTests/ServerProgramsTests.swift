import Testing

@testable import Cluster

@Suite struct ServerProgramsTests {
    private func find(
        _ folder: TestFolder,
        data: Int? = nil,
        path: [String] = []
    ) async throws -> ServerPrograms {
        try await ServerPrograms.find(
            in: ServerPrograms.Places(
                versioned: folder.path + "/versions",
                path: path.map { "\(folder.path)/\($0)" }
            ),
            for: data,
            folder: "/data"
        )
    }

    @Test func `the newest version is taken, by number`() async throws {
        try await TestFolder.with { folder in
            for version in ["15", "100", "9", "99"] {
                try folder.makeServer("versions/\(version)/bin", version: version)
            }
            #expect(try await find(folder).major == 100)
        }
    }

    @Test func `the version that made the data is taken`() async throws {
        try await TestFolder.with { folder in
            try folder.makeServer("versions/15/bin", version: "15")
            try folder.makeServer("versions/17/bin", version: "17")
            #expect(try await find(folder, data: 15).major == 15)
            await #expect(
                throws: ClusterError.otherMajor(folder: "/data", data: 16, installed: 17)
            ) { try await find(folder, data: 16) }
        }
    }

    @Test func `an old version is refused`() async throws {
        try await TestFolder.with { folder in
            try folder.makeServer("versions/14/bin", version: "14")
            await #expect(throws: ClusterError.programsTooOld(found: 14)) {
                try await find(folder)
            }
        }
    }

    @Test func `a folder with only the client's programs does not count`() async throws {
        try await TestFolder.with { folder in
            try folder.makeProgram("versions/17/bin/pg_ctl")
            await #expect(throws: ClusterError.programsMissing) { try await find(folder) }
        }
    }

    @Test func `pg_config leads to a server that is not on PATH`() async throws {
        try await TestFolder.with { folder in
            try folder.makeServer("opt/pg", version: "16.3")
            try folder.makeProgram("bin/pg_config", printing: "\(folder.path)/opt/pg")
            let found = try await find(folder, path: ["empty", "bin"])
            #expect(found == ServerPrograms(folder: "\(folder.path)/opt/pg", major: 16))
        }
    }

    @Test func `a server on PATH is found`() async throws {
        try await TestFolder.with { folder in
            try folder.makeServer("bin", version: "18beta1 (Debian 18~beta1)")
            #expect(try await find(folder, path: ["bin"]).major == 18)
        }
    }

    @Test(arguments: [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", 15),
        ("postgres (PostgreSQL) 17devel", 17), ("postgres 15", nil), ("", nil),
        ("postgres (PostgreSQL) x", nil),
    ])
    func `a version is read`(text: String, major: Int?) {
        #expect(ServerPrograms.major(ofVersion: text) == major)
    }
}
