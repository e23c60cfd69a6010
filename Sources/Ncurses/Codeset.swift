internal import Glibc

/// Which characters the operator's terminal understands.
enum Codeset {
    /// Adopts the environment's locale for characters, and says whether it speaks UTF-8.
    ///
    /// A locale that is not installed but names UTF-8 is taken at its word, and so is an
    /// environment that says nothing, as over SSH without SendEnv. `C` and `POSIX` mean ASCII.
    static func adopt(_ environment: [String: String]) -> Bool {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        let wanted = names.compactMap { environment[$0] }.first { !$0.isEmpty }
        if let wanted, setlocale(LC_CTYPE, wanted) != nil { return isUTF8 }
        let name = wanted?.lowercased() ?? "utf-8"
        guard name.hasSuffix("utf-8") || name.hasSuffix("utf8") else {
            setlocale(LC_CTYPE, "C")
            return false
        }
        return setlocale(LC_CTYPE, "C.UTF-8") != nil && isUTF8
    }

    private static var isUTF8: Bool {
        nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8"
    }
}
