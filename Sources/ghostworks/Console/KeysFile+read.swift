import Console
import Foundation
import Terminal

extension KeysFile {
    /// The operator's file of keys; an empty one when there is none.
    static func read(_ environment: [String: String]) -> KeysFile {
        let surroundings = Surroundings(environment: environment, isRoot: false)
        let name = "keys.yaml"
        let folder = surroundings.folder("XDG_CONFIG_HOME", below: ".config")
        guard let path = folder.map({ "\($0)/\(name)" }),
            let handle = FileHandle(forReadingAtPath: path)
        else { return KeysFile(yaml: "", name: name) }
        defer { try? handle.close() }
        // One byte more than is read says that there is more.
        let data = (try? handle.read(upToCount: longest + 1)) ?? Data()
        return KeysFile(yaml: String(decoding: data, as: UTF8.self), name: name)
    }
}
