internal import Terminal

extension Repaint {
    /// Equal elements in a row, other than blanks of the page.
    struct Run {
        let x: Int
        let y: Int
        let element: ScreenElement
        let look: TerminalLook
        let count: Int
        /// Whether it goes on to the end of the row.
        let isRest: Bool

        static func runs(of elements: [ScreenElement], at y: Int, on page: TerminalLook) -> [Run] {
            var runs: [Run] = []
            var (x, index) = (0, 0)
            while index < elements.count {
                let element = elements[index]
                let look = TerminalLook(element.style)
                let count = elements[index...].prefix { follows($0, element, look) }.count
                if !element.isBlank || look.field != page.field {
                    runs.append(
                        Run(
                            x: x,
                            y: y,
                            element: element,
                            look: look,
                            count: count,
                            isRest: index + count == elements.count
                        )
                    )
                }
                index += count
                x += count * element.columns
            }
            return runs
        }

        /// Whether an element looks like the first of a run.
        private static func follows(
            _ element: ScreenElement,
            _ first: ScreenElement,
            _ look: TerminalLook
        ) -> Bool {
            guard element.glyph == first.glyph, element.columns == first.columns else {
                return false
            }
            return element.style == first.style
                || (first.isBlank && TerminalLook(element.style).field == look.field)
        }

        /// The looks that it is dearer to say and to leave than to go to, in at least so many
        /// places; in the order in which they come first.
        static func dear(_ runs: [Run]) -> [TerminalLook] {
            var cells: [TerminalLook: Int] = [:]
            var places: [TerminalLook: Int] = [:]
            var order: [TerminalLook] = []
            var before: Run?
            for run in runs {
                defer { before = run }
                guard !run.element.isBlank else { continue }
                if cells[run.look] == nil { order.append(run.look) }
                cells[run.look, default: 0] += run.count
                if before?.look != run.look || before?.y != run.y {
                    places[run.look, default: 0] += 1
                }
            }
            guard let usual = cells.max(by: { $0.value < $1.value })?.key else { return [] }
            return order.filter { look in
                look != usual && (places[look] ?? 0) > 2
                    && look.sequence(from: usual).count + usual.sequence(from: look).count
                        > Self.wayThere
            }
        }

        /// About what it takes to go to a place on another row.
        private static let wayThere = 8
    }
}
