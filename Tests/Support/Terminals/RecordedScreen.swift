internal import Foundation
public import Terminal

/// A screen that is kept as a text file beside the tests, and rewritten with `RECORD=1`.
public enum RecordedScreen {
    /// The first line that differs from the recorded file, nil when all are equal.
    ///
    /// The file is `Screens/NAME.txt` beside the calling test. With `RECORD=1` in the environment it
    /// is written instead.
    public static func difference(
        of frame: Frame,
        named name: String,
        styles: StyleSheet,
        test: String = #filePath
    ) throws -> String? {
        try difference(
            of: FrameText(frame, styles: styles).description,
            named: name,
            test: test
        )
    }

    static func difference(of text: String, named name: String, test: String) throws -> String? {
        let folder = URL(filePath: test).deletingLastPathComponent().appending(path: "Screens")
        let file = folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return nil
        }
        guard let data = try? Data(contentsOf: file) else {
            return "\(name).txt is missing; record it with RECORD=1"
        }
        return firstDifference(text, String(decoding: data, as: UTF8.self))
    }

    private static func firstDifference(_ drawn: String, _ recorded: String) -> String? {
        guard drawn != recorded else { return nil }
        let new = drawn.split(separator: "\n", omittingEmptySubsequences: false)
        let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let index = line ?? min(new.count, old.count)
        let (shown, was) = (
            index < new.count ? new[index] : "", index < old.count ? old[index] : ""
        )
        return "line \(index + 1) is\n\(shown)\nand was\n\(was)"
    }
}
