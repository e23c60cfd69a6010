import Foundation
import Testing

/// What a person does at the console and what comes of it, told in one sentence and in steps.
///
/// A story is text in `Stories/NAME.txt`: a line `# sentence`, then a step a line. A step is a verb
/// and its words; lines that begin with two spaces belong to the step before.
struct Story: Sendable, CustomTestStringConvertible {
    /// One step.
    struct Step: Sendable {
        let verb: String
        let words: String
        /// The lines below it.
        var block: [String] = []
        /// Where it stands, as `name.txt:12`.
        let place: String
    }

    let sentence: String
    var steps: [Step] = []

    var testDescription: String { sentence }

    /// The stories of a file; none where it is missing, which a test of its own tells.
    static func told(in name: String) -> [Story] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Stories")
        let file = folder.appending(path: "\(name).txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return stories(of: text, file: "\(name).txt")
    }

    static func stories(of text: String, file: String) -> [Story] {
        var stories: [Story] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("# ") {
                stories.append(Story(sentence: String(line.dropFirst(2))))
            } else if line.hasPrefix("  "), let story = stories.indices.last,
                let step = stories[story].steps.indices.last
            {
                stories[story].steps[step].block.append(String(line.dropFirst(2)))
            } else if !line.isEmpty, let story = stories.indices.last {
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                let step = Step(
                    verb: parts[0],
                    words: parts.count > 1 ? parts[1] : "",
                    place: "\(file):\(index + 1)"
                )
                stories[story].steps.append(step)
            }
        }
        return stories
    }
}
