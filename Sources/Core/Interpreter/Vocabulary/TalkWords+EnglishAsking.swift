extension TalkWords {
    /// What is asked and told, and what is said of the conversation itself.
    static let englishAsking = patterns([
        (
            .undo,
            """
            undo [{that|it|this|the last change|the last one|last change|my last change|the change|what you \
            did}]
            undo the last {thing|action|step|edit}
            undo the <text> change
            undo my last {change|edit|action}
            take {that|it} back [{it|that} was {wrong|a mistake}]
            take back {that|the last change}
            {revert|reverse} [{that|it|this|the last change|the change}]
            undo what {you|i} just did
            put {it|that|them} back [{how it was|the way it was|as it was}]
            cancel the last change
            change it back
            go back to how it was
            i take that back
            oops
            {that|this|it} {was wrong|was a mistake|was an accident|was not right|wasn't right|is wrong} \
            [{undo|revert|reverse|take|put|change} [{it|that|this}] [back]]
            i didn't mean {that|to do that}
            """
        ),
        (
            .help,
            """
            help [me]
            what can {you|i} {do|say|ask} [for me|here]
            what can i ask you
            how does this work
            how do {i|you} <text>
            how can i <text>
            can i <text>
            commands
            what do you do
            what are you able to do
            how do you work
            what commands are there
            show [me] [the] help
            what are my options
            """
        ),
        (
            .greet,
            """
            {hello|hi|hey|good morning|good evening|good afternoon|good day|hiya} [{there|errand}]
            how are you
            """
        ),
        (
            .thank,
            """
            {thanks|thank you|thx|ty|cheers} [{a lot|so much|very much}]
            {great|perfect|nice|awesome} [{thanks|job}]
            """
        ),
        (
            .countListed,
            """
            how many [{is|are|was|were} {that|those|they|these|it|them}]
            how many of {those|them|these}
            count them
            """
        ),
        (
            .count,
            """
            how many <some>
            how many of <some>
            count <some>
            {what's|what is} the number of <some>
            how much <some>
            how many [{tasks|things|ones|items|todos}] {did|have} i {finish|finished|complete|completed|do|done|\
            get done|got done|close|closed} [<range>]
            """
        ),
        (
            .finished,
            """
            what {did|have} i {finish|finished|complete|completed|do|done|get done|gotten done|achieve|achieved|\
            accomplish|accomplished|check off|checked off|tick off|close|closed} [<range>]
            what i {finished|completed|did} [<range>]
            {show|list} [me] {what|everything|all|all the tasks|the tasks|tasks|things} i {finished|completed|\
            did|have done|have finished|have completed|got done} [<range>]
            what {was|got|has been|'s been} {finished|completed|done} [<range>]
            {which|what} {tasks|ones|things|task} {did|have} i {finish|finished|complete|completed|do|done|get \
            done} [<range>]
            {what's|what is} {done|finished|completed} <range>
            what did i manage to {do|finish} [<range>]
            """
        ),
        (
            .when,
            """
            when {is|are|was} <task> [due]
            when's <task> [due]
            when {is|are} <task> next [due]
            when is the next <task>
            {what's|what is|when's|when is} my next <task>
            when does <task> {come up|repeat} [next|again]
            when {do|must|should|does} i {have|need} to <task>
            when do i have <task>
            when {must|should|do|can} i <task>
            {what's|what is} the {due date|deadline|date} {of|for|on} <task>
            {what|which} {day|date|time} is <task> [{due|on}]
            {what's|what is} <task> due
            due date {of|for} <task>
            when does <task> {have to be done|need to be done|start|happen}
            when is the deadline {of|for} <task>
            by when {is|are} <task> due
            by when {is|do i have to|must i|should i|do i need to} <task>
            how {long|much time} {do i have|is left|until} [for|until] <task>
            {what|at what} time is <task>
            when am i {supposed|due|meant} to <task>
            when did i {plan|schedule|say i would} [to] <task>
            what {day|date|time} do i {have|need} to <task>
            """
        ),
        (
            .status,
            """
            {is|are} <task> {done|finished|complete|completed|overdue|still open|still pending|open} [{yet|\
            already}]
            {did|have} i [already] {finish|finished|complete|completed|do|done} <task> [{yet|already}]
            {what's|what is} the status of <task>
            status of <task>
            {did|have} i [already] <task> [{yet|already}]
            {has|have} <task> been {done|finished|completed} [yet]
            how is <task> going
            """
        ),
        (
            .agenda,
            """
            {what's|what is} {next|coming up|up next|ahead|coming|up}
            what {should|do|can} i do {next|first|now}
            {what's|what is} my next task
            {what's|what is} the next {task|thing|one}
            [show me] [{what's|what is|what does}] [my] {agenda|schedule|day|plan|week|calendar} [look like] \
            [like] [for] [<range>]
            {how's|how is|what's|what is} {my|the} {day|week} [looking|look like|like]
            how does {my|the} {day|week|<range>} look
            what does <range> look like
            brief me [on <range>]
            plan my day
            """
        ),
        (
            .find,
            """
            {find|search|look up|look for|search for|find me} [{task|tasks|anything|everything|the task|my \
            task}] [{about|for|with|containing|mentioning|called|named}] <text>
            do i have {anything|something|a task|tasks|any tasks|any task|any} {about|for|with|containing|\
            mentioning|called|named|regarding} <text>
            {is|are} there {anything|something|a task|tasks|any tasks|any task} {about|for|with|containing|\
            called|named|regarding} <text>
            {anything|something|any tasks|tasks|what tasks|which tasks} {about|containing|mentioning|regarding} \
            <text>
            {what's|what is} there about <text>
            what do i have about <text>
            {show|list} [me] {tasks|everything|anything|all tasks|all} {about|containing|mentioning|with the \
            word|regarding} <text>
            what do i have {on|about|for} the <text>
            where is <text>
            which [task|one] is about <text>
            """
        ),
        (
            .listAgain,
            """
            which [{ones|one|tasks|are they|are those}]
            what are {they|those}
            {show|list} [me] {them|those|these} [again]
            which ones {are they|are those}
            {show|list} [me] the list again
            """
        ),
        (
            .list,
            """
            {show|list|display|give|see|view|get|read|tell} [me] <some>
            {which|what|what's|what're} <some>
            {what|which} {is|are} <some>
            {do|have} i <some>
            {is|are} there <some>
            {anything|any|something} <some>
            what {about|of} <some>
            let me see <some>
            what else <some>
            everything [<range>]
            {what's|what is} on
            what do i have
            what {should|must|do} i {do|need to do|have to do|get done} [<range>]
            what {do i have|have i got|have i} [going on|planned|coming up|scheduled|on] [<range>]
            {what's|what is} {left|remaining|planned|going on|happening|coming up|scheduled|up|open|pending} \
            [to do] [<range>]
            i want to see <some>
            tell me {what's|what is} <some>
            show [me] {what's|what is} <some>
            show [me] what i have [to do] [<range>]
            remind me {what's|what is} <some>
            pull up <some>
            am i {late|behind} [on|with] [anything]
            what am i {late|behind} {on|with}
            what {have|did} i {missed|miss|forgotten}
            """
        ),
        (
            .details,
            """
            {show|open|view|display|read} [me] [{details of|the details of|details for}] <task>
            tell me [more] about <task>
            [{show me|what are}] [the] {details|info|information} {of|for|on|about} <task>
            {what's|what is} <task>
            {what's|what is} the {priority|description} {of|for|on} <task>
            what priority {is|has|does} <task> [have]
            {what|which} tags {does|do|are on} <task> [have]
            does <task> repeat
            how often {is|does} <task> [repeat]
            {what's|what is} in <task>
            what does <task> say
            {are|is} there [any|a] {reminders|reminder} {on|for} <task>
            """
        ),
        (
            .alsoWhen,
            """
            {what|how} about <task>
            and when is <task>
            """
        ),
    ])
}
