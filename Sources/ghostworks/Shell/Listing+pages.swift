import Domain

extension Listing {
    /// Writes the pages of a list until it ends or `limit` items are written (0: no limit).
    ///
    /// Machines get each page as it comes; a table needs all of them for its widths.
    func write(
        limit: Int,
        to stream: StandardStream = .output,
        pages: (PageRequest) async throws -> Page<Item>
    ) async throws {
        var collected: [Item] = []
        var written = 0
        var position: PagePosition?
        if format == .csv { write([], to: stream) }
        repeat {
            let missing = limit == 0 ? PageRequest.limits.upperBound : limit - written
            let size = min(missing, PageRequest.limits.upperBound)
            let page = try await pages(PageRequest(limit: size, after: position))
            switch format {
            case .table: collected += page.items
            case .json: write(page.items, to: stream)
            case .csv: writeRows(page.items, to: stream)
            }
            written += page.items.count
            position = page.next
        } while position != nil && (limit == 0 || written < limit)
        if format == .table { write(collected, to: stream) }
        if position != nil, StandardStream.error.isTerminal {
            StandardStream.error.line("There are more; --limit 0 shows all.")
        }
    }

    private func writeRows(_ items: [Item], to stream: StandardStream) {
        for item in items { stream.write(CSV.line(columns.map { $0.cell(item).csv })) }
    }
}
