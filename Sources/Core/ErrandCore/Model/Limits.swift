import CivilTime

/// Every limit on what people and programs may send. Lengths of text count Unicode code points,
/// as JSON Schema's `maxLength` does, after trimming.
public enum Limits {
    public static let titleLengthMax = 500
    public static let descriptionLengthMax = 16_384
    public static let tagsPerTaskMax = 50
    public static let tagLengthMax = 60
    public static let emailLengthMax = 254
    public static let nameLengthMax = 100
    public static let passwordLength = 8...256
    /// Years a task can be due in.
    public static let dueYears = 1900...2999
    public static let searchLengthMax = 500
    /// Words and phrases of one search; the rest of a longer one is left out.
    public static let searchTermsMax = 16
    public static let pageSize = 1...200
    public static let pageSizeDefault = 50
    public static let batchCommandsMax = 100
    public static let batchCommandIDLengthMax = 100
    public static let personalTokensPerUserMax = 50
    public static let idempotencyKeyLengthMax = 255
    /// Tasks that one rename or removal of a tag may touch: what one transaction can do without
    /// making everybody else wait noticeably.
    public static let tasksPerTagChangeMax = 10_000

    public static let undoLifetime = Duration.minutes(10)
    public static let trashLifetime = Duration.days(30)
    public static let idempotencyLifetime = Duration.hours(24)
}
