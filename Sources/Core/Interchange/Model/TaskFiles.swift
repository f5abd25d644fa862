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
        of bytes: [UInt8], as format: TaskFileFormat
    ) throws(TaskFileError) -> any TaskFileReader {
        let text = try TextDecoding.utf8(bytes)
        switch format {
        case .csv: return try CSVTaskReader(text)
        case .ical: return try ICalendarReader(text)
        case .todoist: return try TodoistReader(text)
        case .ticktick: return try TickTickReader(text)
        case .todotxt: return TodoTxtReader(text)
        case .markdown: return ChecklistReader(text)
        case .json:
            throw TaskFileError(line: 1, "Files of this kind are not read here.")
        }
    }

    /// - Returns: nil for formats that Errand does not write, and for its own JSON, which is not written here.
    public static func writer(_ format: TaskFileFormat, _ options: WriterOptions) -> (any TaskFileWriter)? {
        switch format {
        case .csv: CSVTaskWriter()
        case .ical: ICalendarWriter(options)
        case .todotxt: TodoTxtWriter(options)
        case .markdown: ChecklistWriter(options)
        case .json, .todoist, .ticktick: nil
        }
    }
}
