/// Where readers and writers of task files are got from.
public enum TaskFiles {
    /// Whose file it is, by what stands in it, and by its name where that is not enough.
    ///
    /// - Parameters:
    ///   - bytes: the file, or some kilobytes from its beginning.
    ///   - name: as the person's computer calls it, such as `tasks.csv`; only what follows the last dot counts.
    /// - Returns: nil for what is like nothing that is known.
    public static func recognise(_ bytes: [UInt8], name: String?) -> TaskFileFormat? {
        FormatRecognition(bytes, name: name).format
    }

    /// - Parameter bytes: the whole file, as UTF-8, UTF-16 or Windows-1252.
    /// - Throws: where nothing in the file can be read, as with binary files and tables without a title column; and
    ///   for Errand's own JSON, which is read where its tasks are known.
    public static func reader(
        of bytes: [UInt8], as format: TaskFileFormat, _ options: ReaderOptions = ReaderOptions()
    ) throws(TaskFileError) -> any TaskFileReader {
        let text = try TextDecoding.utf8(bytes)
        switch format {
        case .taskwarrior: return try TaskwarriorReader(text, options)
        case .vikunja: return try VikunjaReader(text, options)
        case .microsoftToDo: return try MicrosoftToDoReader(text, options)
        default:
            if let reader = try reader(of: TextFile(utf8: text), as: format) { return reader }
            throw TaskFileError(line: 1, "Files of this kind are not read here.")
        }
    }

    /// Reads a file piece by piece where its format can be read so, and otherwise all of it.
    ///
    /// - Throws: what ``reader(of:as:_:)`` throws, and for a file that has to be held and is larger than the options
    ///   allow.
    public static func reader(
        of content: any FileContent, as format: TaskFileFormat, _ options: ReaderOptions
    ) async throws(TaskFileError) -> any TaskFileReader {
        guard readInPieces.contains(format) else {
            guard content.count <= options.wholeBytesMax else {
                let most = options.wholeBytesMax
                let detail = "A file of this kind is read as a whole, and may have \(most) octets at most."
                throw TaskFileError(line: 1, detail)
            }
            return try reader(of: try content.bytes(at: 0, upTo: content.count), as: format, options)
        }
        let text = try await TextFile.examine(content)
        if let reader = try reader(of: text, as: format) { return reader }
        throw TaskFileError(line: 1, "Files of this kind are not read here.")
    }

    /// Formats of which only a window is held while they are read.
    private static let readInPieces: Set<TaskFileFormat> = [.csv, .ical, .todoist, .ticktick, .todotxt, .markdown]

    /// - Returns: nil for formats that are not read in pieces.
    private static func reader(
        of text: TextFile, as format: TaskFileFormat
    ) throws(TaskFileError) -> (any TaskFileReader)? {
        switch format {
        case .csv: try CSVTaskReader(text)
        case .ical: try ICalendarReader(text)
        case .todoist: try TodoistReader(text)
        case .ticktick: try TickTickReader(text)
        case .todotxt: TodoTxtReader(text)
        case .markdown: ChecklistReader(text)
        default: nil
        }
    }

    /// Reads files that belong together one after the other, and says in its notes which one is meant.
    ///
    /// - Returns: nil for formats that are one file.
    public static func reader(ofAll files: [ArchivedFile], as format: TaskFileFormat) -> (any TaskFileReader)? {
        format == .todoist ? TodoistBackupReader(files) : nil
    }

    /// - Returns: nil for formats that Errand does not write, and for its own JSON, which is not written here.
    public static func writer(_ format: TaskFileFormat, _ options: WriterOptions) -> (any TaskFileWriter)? {
        switch format {
        case .csv: CSVTaskWriter()
        case .ical: ICalendarWriter(options)
        case .todotxt: TodoTxtWriter(options)
        case .markdown: ChecklistWriter(options)
        case .json, .todoist, .ticktick, .taskwarrior, .vikunja, .microsoftToDo: nil
        }
    }
}
