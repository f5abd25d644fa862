/// Which page of a list is asked for.
struct PageFields {
    /// From the page before; nil for the first.
    let cursor: String?
    /// Within ``Limits/pageSize``.
    let limit: Int
}

extension FieldReader {
    /// `limit` and `cursor`, as every list reads them.
    mutating func page() -> PageFields {
        let limit = integer("limit", in: Limits.pageSize) ?? Limits.pageSizeDefault
        return PageFields(cursor: string("cursor"), limit: limit)
    }
}
