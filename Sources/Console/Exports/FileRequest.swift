/// Work on the file of an export; it has its name only when it is whole.
package enum FileRequest: Hashable, Sendable {
    /// A new file under a path that nothing has yet.
    case begin(String)
    /// A new file for the pager, which goes away afterwards.
    case scratch
    case append(String, text: String)
    case finish(String)
    /// Leaves nothing behind.
    case discard(String)
}

/// The files of exports; answers `begin` and `scratch` with the path to go on with.
package struct FileClient: Sendable {
    package var perform: @Sendable (FileRequest) async throws -> String

    package init(perform: @escaping @Sendable (FileRequest) async throws -> String) {
        self.perform = perform
    }
}
