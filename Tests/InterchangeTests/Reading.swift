import Interchange
import Testing

/// All entries of a file.
func entries(_ text: String, _ format: TaskFileFormat) throws(TaskFileError) -> [ReadEntry] {
    try entries(Array(text.utf8), format)
}

func entries(_ bytes: [UInt8], _ format: TaskFileFormat) throws(TaskFileError) -> [ReadEntry] {
    var reader = try TaskFiles.reader(of: bytes, as: format)
    var entries: [ReadEntry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
}

/// The tasks of a file that nothing is to be said about.
func tasks(
    _ text: String, _ format: TaskFileFormat, sourceLocation: SourceLocation = #_sourceLocation
) throws -> [PortableTask] {
    let entries = try entries(text, format)
    #expect(entries.flatMap(\.notes).isEmpty, sourceLocation: sourceLocation)
    return entries.compactMap(\.task)
}

func failure(_ text: String, _ format: TaskFileFormat) -> TaskFileError? {
    failure(Array(text.utf8), format)
}

func failure(_ bytes: [UInt8], _ format: TaskFileFormat) -> TaskFileError? {
    do throws(TaskFileError) {
        _ = try entries(bytes, format)
        return nil
    } catch {
        return error
    }
}

/// The whole file that a writer makes.
func written(_ tasks: [PortableTask], _ format: TaskFileFormat, _ options: WriterOptions) throws -> [UInt8] {
    var writer = try #require(TaskFiles.writer(format, options))
    var bytes = writer.head()
    for task in tasks { bytes += writer.text(of: task) }
    return bytes + writer.tail()
}
