/// Puts a task at a place of the order that people make by hand. Like every change of a task it has a version, an event
/// and an undo.
///
/// Tasks that are done or in the trash have no neighbours there: others take their place as if they were gone.
public struct PlaceTask: Command {
    public let target: TaskTarget
    public let place: ManualPlace
    public let requiredScope = Scope.writeTasks

    public init(_ target: TaskTarget, at place: ManualPlace) {
        self.target = target
        self.place = place
    }

    /// What is to be placed, in order, and the tasks on both sides of it.
    private struct Gap {
        var above: TodoTask?
        var below: TodoTask?
        var tasks: [TodoTask]
    }

    /// - Returns: the task; as it was when it stood there already.
    /// - Throws: ``ErrandError/invalid(_:)`` when there is no such neighbour, or too many before it have no place.
    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let task = try context.task(target)
        let order = ManualOrder(context: context, without: task.id)
        let gap = try gap(for: task, order, context)
        if gap.tasks.count == 1, task.stands(below: gap.above, above: gap.below) { return task }
        var result = task
        for (before, key) in try keys(for: gap, order) {
            var placed = before
            placed.position = key
            let saved = try context.save(placed, replacing: before, as: .updated)
            if saved.id == task.id { result = saved }
        }
        return result
    }

    private func gap(
        for task: TodoTask, _ order: ManualOrder, _ context: CommandContext
    ) throws(ErrandError) -> Gap {
        guard let neighbour = try neighbour(of: task, context) else {
            return switch place {
            case .after: Gap(below: try order.first(), tasks: [task])
            case .before: Gap(above: try order.last(), tasks: [task])
            }
        }
        guard neighbour.position != nil else {
            // It stands behind all that have a place. What is before it gets one, so that all stay where they are.
            var tasks = try order.unplaced(before: neighbour, place)
            if case .after = place { tasks.append(neighbour) }
            return Gap(above: try order.last(), tasks: tasks + [task])
        }
        return switch place {
        case .after: Gap(above: neighbour, below: try order.below(neighbour, 1).first, tasks: [task])
        case .before: Gap(above: try order.above(neighbour, 1).first, below: neighbour, tasks: [task])
        }
    }

    private func neighbour(of task: TodoTask, _ context: CommandContext) throws(ErrandError) -> TodoTask? {
        let (field, reference) = place.neighbour
        guard let reference else { return nil }
        guard let found = try context.transaction.tasks.find(reference, in: context.space), !found.isInTrash else {
            throw .invalid("/\(field)", .invalidValue, "There is no such task.")
        }
        if found.id == task.id { throw .invalid("/\(field)", .invalidValue, "Must be another task.") }
        return found
    }

    /// A key for each task of the gap. Where there is no room left, those around it get others too: as few as will do.
    private func keys(
        for gap: Gap, _ order: ManualOrder
    ) throws(ErrandError) -> [(TodoTask, PositionKey)] {
        if let keys = PositionKey.keys(gap.tasks.count, above: gap.above?.position, below: gap.below?.position) {
            return Array(zip(gap.tasks, keys))
        }
        var reach = PlaceTask.reach
        while reach + gap.tasks.count <= Limits.tasksPerPlacementMax {
            let above =
                try gap.above.map { (task) throws(ErrandError) in [task] + (try order.above(task, reach)) } ?? []
            let below =
                try gap.below.map { (task) throws(ErrandError) in [task] + (try order.below(task, reach)) } ?? []
            let tasks = above.prefix(reach).reversed() + gap.tasks + below.prefix(reach)
            let ends = (
                above.count > reach ? above.last?.position : nil, below.count > reach ? below.last?.position : nil
            )
            // Half as long as they may be, so that it does not have to be done again soon.
            let length = Limits.positionLengthMax / 2
            if let keys = PositionKey.keys(tasks.count, above: ends.0, below: ends.1, length: length) {
                return Array(zip(tasks, keys))
            }
            reach *= 4
        }
        throw .invalid("/\(place.neighbour.field)", .tooMany, "Too many tasks would have to be placed anew.")
    }

    /// How many tasks on each side get other keys at least.
    private static let reach = 16
}

/// The order that people make by hand, as the one who places a task sees it.
private struct ManualOrder {
    let context: CommandContext
    /// The task that is being placed.
    let own: TaskID

    init(context: CommandContext, without own: TaskID) {
        self.context = context
        self.own = own
    }

    func first() throws(ErrandError) -> TodoTask? { try placed(1, from: nil, isAscending: true).first }
    func last() throws(ErrandError) -> TodoTask? { try placed(1, from: nil, isAscending: false).first }

    /// The nearest first.
    func above(_ task: TodoTask, _ count: Int) throws(ErrandError) -> [TodoTask] {
        try placed(count, from: task, isAscending: false)
    }

    /// The nearest first.
    func below(_ task: TodoTask, _ count: Int) throws(ErrandError) -> [TodoTask] {
        try placed(count, from: task, isAscending: true)
    }

    private func placed(_ count: Int, from task: TodoTask?, isAscending: Bool) throws(ErrandError) -> [TodoTask] {
        let found = try page(count + 1, after: task.flatMap(position), isAscending)
        return Array(found.filter { $0.position != nil && $0.id != own }.prefix(count))
    }

    /// Tasks without a place that stand before one that has none either.
    func unplaced(before task: TodoTask, _ place: ManualPlace) throws(ErrandError) -> [TodoTask] {
        var tasks: [TodoTask] = []
        var after = try last().flatMap(position)
        while true {
            let slice = try page(ManualOrder.sliceSize, after: after, true)
            for found in slice where found.position == nil && found.id != own {
                if found.id >= task.id { return tasks }
                tasks.append(found)
            }
            guard tasks.count < Limits.tasksPerPlacementMax else {
                let limit = Limits.tasksPerPlacementMax
                throw .invalid(
                    "/\(place.neighbour.field)", .tooMany, "More than \(limit) tasks before it have no place.")
            }
            guard slice.count == ManualOrder.sliceSize, let last = slice.last else { return tasks }
            after = position(last)
        }
    }

    private func page(_ limit: Int, after: PagePosition?, _ isAscending: Bool) throws(ErrandError) -> [TodoTask] {
        let order = TaskOrder(key: .manual, isAscending: isAscending)
        let request = PageRequest(order: order, after: after, limit: limit)
        return try context.transaction.tasks.page(request, of: TaskFilter(status: .pending), in: context.space).tasks
    }

    private func position(_ task: TodoTask) -> PagePosition? {
        task.position.map { .text($0.description, task.id) } ?? .number(nil, task.id)
    }

    private static let sliceSize = 500
}

extension TodoTask {
    /// Whether it has a place between two others; nil for nothing on that side.
    fileprivate func stands(below above: TodoTask?, above below: TodoTask?) -> Bool {
        guard let position else { return false }
        if let above = above?.position, above >= position { return false }
        if let below = below?.position, below <= position { return false }
        return true
    }
}
