extension TalkWords {
    static let englishPatterns = patterns([
        (
            .undo,
            [
                "undo [{that|it|this|the last change|the last one|last change|my last change|the change|what you did}]",
                "undo the last {thing|action|step|edit}", "undo the <text> change", "undo my last {change|edit|action}", "take {that|it} back", "take back {that|the last change}",
                "{revert|reverse} [{that|it|this|the last change|the change}]", "undo what {you|i} just did",
                "put {it|that|them} back [{how it was|the way it was|as it was}]", "cancel the last change",
                "change it back", "go back to how it was", "i take that back", "oops", "that was a mistake",
                "that was wrong", "i didn't mean {that|to do that}",
            ]
        ),
        (
            .help,
            [
                "help [me]", "what can {you|i} {do|say|ask} [for me|here]", "what can i ask you", "how does this work",
                "how do {i|you} <text>", "how can i <text>", "can i <text>", "commands", "what do you do",
                "what are you able to do", "how do you work", "what commands are there", "show [me] [the] help",
                "what are my options",
            ]
        ),
        (
            .greet,
            ["{hello|hi|hey|good morning|good evening|good afternoon|good day|hiya} [{there|errand}]", "how are you"]
        ),
        (.thank, ["{thanks|thank you|thx|ty|cheers} [{a lot|so much|very much}]", "{great|perfect|nice|awesome} [{thanks|job}]"]),
        (
            .countListed,
            ["how many [{is|are|was|were} {that|those|they|these|it|them}]", "how many of {those|them|these}", "count them"]
        ),
        (
            .count,
            ["how many <some>", "how many of <some>", "count <some>", "{what's|what is} the number of <some>", "how much <some>",
                "how many [{tasks|things|ones|items|todos}] {did|have} i {finish|finished|complete|completed|do|done|get done|got done|close|closed} [<range>]",
            ]
        ),
        (
            .finished,
            [
                "what {did|have} i {finish|finished|complete|completed|do|done|get done|gotten done|achieve|achieved|accomplish|accomplished|check off|checked off|tick off|close|closed} [<range>]",
                "what i {finished|completed|did} [<range>]",
                "{show|list} [me] {what|everything|all|all the tasks|the tasks|tasks|things} i {finished|completed|did|have done|have finished|have completed|got done} [<range>]",
                "what {was|got|has been|'s been} {finished|completed|done} [<range>]",
                "{which|what} {tasks|ones|things|task} {did|have} i {finish|finished|complete|completed|do|done|get done} [<range>]",
                "{what's|what is} {done|finished|completed} <range>", "what did i manage to {do|finish} [<range>]",
            ]
        ),
        (
            .when,
            [
                "when {is|are|was} <task> [due]", "when's <task> [due]", "when {is|are} <task> next [due]", "when is the next <task>", "when does <task> {come up|repeat} [next|again]", "when {do|must|should|does} i {have|need} to <task>",
                "when {must|should|do|can} i <task>", "{what's|what is} the {due date|deadline|date} {of|for|on} <task>",
                "{what|which} {day|date|time} is <task> [{due|on}]", "{what's|what is} <task> due",
                "due date {of|for} <task>", "when does <task> {have to be done|need to be done|start|happen}",
                "when is the deadline {of|for} <task>", "by when {is|are} <task> due", "by when {is|do i have to|must i|should i|do i need to} <task>",
                "how {long|much time} {do i have|is left|until} [for|until] <task>", "{what|at what} time is <task>",
                "when am i {supposed|due|meant} to <task>", "when did i {plan|schedule|say i would} [to] <task>",
                "what {day|date|time} do i {have|need} to <task>",
            ]
        ),
        (
            .status,
            [
                "{is|are} <task> {done|finished|complete|completed|overdue|still open|still pending|open} [{yet|already}]",
                "{did|have} i [already] {finish|finished|complete|completed|do|done} <task> [{yet|already}]",
                "{what's|what is} the status of <task>", "status of <task>", "{did|have} i [already] <task> [{yet|already}]",
                "{has|have} <task> been {done|finished|completed} [yet]", "how is <task> going", 
            ]
        ),
        (
            .agenda,
            [
                "{what's|what is} {next|coming up|up next|ahead|coming|up}", "what {should|do|can} i do {next|first|now}",
                "{what's|what is} my next task", "{what's|what is} the next {task|thing|one}",
                "[show me] [{what's|what is|what does}] [my] {agenda|schedule|day|plan|week|calendar} [look like] [like] [for] [<range>]",
                "{how's|how is|what's|what is} {my|the} {day|week} [looking|look like|like]",
                "how does {my|the} {day|week|<range>} look", "what does <range> look like", "brief me [on <range>]",
                "plan my day",
            ]
        ),
        (
            .find,
            [
                "{find|search|look up|look for|search for|find me} [{task|tasks|anything|everything|the task|my task}] [{about|for|with|containing|mentioning|called|named}] <text>",
                "do i have {anything|something|a task|tasks|any tasks|any task|any} {about|for|with|containing|mentioning|called|named|regarding} <text>",
                "{is|are} there {anything|something|a task|tasks|any tasks|any task} {about|for|with|containing|called|named|regarding} <text>",
                "{anything|something|any tasks|tasks|what tasks|which tasks} {about|containing|mentioning|regarding} <text>",
                "{what's|what is} there about <text>", "what do i have about <text>",
                "{show|list} [me] {tasks|everything|anything|all tasks|all} {about|containing|mentioning|with the word|regarding} <text>",
                "what do i have {on|about|for} the <text>", "where is <text>", "which [task|one] is about <text>",
            ]
        ),
        (.listAgain, ["which [{ones|one|tasks|are they|are those}]", "what are {they|those}", "{show|list} [me] {them|those|these} [again]", "which ones {are they|are those}", "{show|list} [me] the list again"]),
        (
            .list,
            [
                "{show|list|display|give|see|view|get|read|tell} [me] <some>", "{which|what|what's|what're} <some>",
                "{what|which} {is|are} <some>", "{do|have} i <some>", "{is|are} there <some>", "{anything|any|something} <some>",
                "what {about|of} <some>", "let me see <some>", "what else <some>", "everything [<range>]",
                "{what's|what is} on", "what do i have", "what {should|must|do} i {do|need to do|have to do|get done} [<range>]",
                "what {do i have|have i got|have i} [going on|planned|coming up|scheduled|on] [<range>]",
                "{what's|what is} {left|remaining|planned|going on|happening|coming up|scheduled|up|open|pending} [to do] [<range>]",
                "i want to see <some>", "tell me {what's|what is} <some>", "show [me] {what's|what is} <some>",
                "show [me] what i have [to do] [<range>]", "remind me {what's|what is} <some>", "pull up <some>",
                "am i {late|behind} [on|with] [anything]", "what am i {late|behind} {on|with}", "what {have|did} i {missed|miss|forgotten}",
            ]
        ),
        (
            .details,
            [
                "{show|open|view|display|read} [me] [{details of|the details of|details for}] <task>", "tell me [more] about <task>",
                "[{show me|what are}] [the] {details|info|information} {of|for|on|about} <task>", "{what's|what is} <task>",
                "{what's|what is} the {priority|description} {of|for|on} <task>", "what priority {is|has|does} <task> [have]",
                "{what|which} tags {does|do|are on} <task> [have]", "does <task> repeat", "how often {is|does} <task> [repeat]",
                "{what's|what is} in <task>", "what does <task> say", "{are|is} there [any|a] {reminders|reminder} {on|for} <task>",
            ]
        ),
        (.alsoWhen, ["{what|how} about <task>", "and when is <task>"]),
        (
            .unremind,
            [
                "{remove|delete|cancel|clear|drop|turn off|disable} [{the|all|my|all the|any}] {reminder|reminders|alarm|alarms|alert|alerts} {from|of|for|on|about} <task>",
                "no {reminder|reminders} for <task>", "{don't|do not} remind me {about|of} <task> [{anymore|any more}]",
                "stop reminding me {about|of|to} <task>", "{remove|cancel|delete} <task> {reminder|reminders}",
                "i {don't|do not} need a reminder for <task> [anymore]",
            ]
        ),
        (
            .clearDue,
            [
                "{remove|clear|delete|drop|take off|unset|cancel|erase} [the] {due date|date|deadline|due} {from|of|for|on|off} <task>",
                "<task> has no {deadline|due date|date|due}", "unschedule <task>", "take the {due date|date|deadline} off [of] <task>",
                "{make|set} <task> {to|have|to have} no {date|due date|deadline}", "no {deadline|due date|date} for <task>",
                "<task> {doesn't|does not} {have|need} a {deadline|due date|date} [anymore]", "set <task> to {no date|someday|no due date}",
                "move <task> to {someday|no date}", "{remove|clear|drop} <task> {due date|deadline|date}",
                "clear when <task> is due",
            ]
        ),
        (
            .untag,
            [
                "{remove|take|delete|drop|strip|clear} [the] {tag|label|tags|labels} <tags> {from|off|off of|of|on} <task>",
                "{remove|take|delete|drop|strip} [the] <tags> {tag|label|tags|labels} {from|off|off of|of|on} <task>", "untag <task> <tags>",
                "untag <tags> {from|on} <task>", "untag <task> {from|as} <tags>", "{remove|take} <tags> {from|off|off of} <task>",
                "<task> is {not|no longer} tagged <tags> [anymore]", "unlabel <task> <tags>",
            ]
        ),
        (
            .tag,
            [
                "tag <task> {as|with|for} [the] [tag] <tags>", "tag <task> <tags>", "label <task> [{as|with}] <tags>",
                "add [{the|a}] {tag|tags|label|labels} <tags> to <task>", "add [the] <tags> {tag|tags|label} to <task>",
                "put [the] {tag|label|tags} <tags> on <task>", "put [the] <tags> {tag|label} on <task>",
                "give <task> the {tag|tags|label} <tags>", "give <task> the <tags> {tag|label}", "add <tags> to <task>",
                "put <tags> on <task>", "{set|change} [the] {tag|tags} {of|on|for} <task> to <tags>",
                "file <task> under <tags>", "mark <task> with the tag <tags>", "categorize <task> as <tags>",
            ]
        ),
        (
            .prioritise,
            [
                "{make|mark|set|flag|turn|rate} <task> [{as|to|at|with|a|into}] [a] <priority> [{priority|task}]",
                "{set|change|update} [the] priority {of|for|on} <task> to <priority> [priority]", "{set|change} <task> priority to <priority>",
                "{change|raise|lower|bump|increase|drop|reduce|downgrade|upgrade|move|bring|set|make|mark} <task> {to|down to|up to|as|with} <priority> [priority]",
                "give <task> [a] <priority> [priority]", "<task> {is|are|has|have|needs to be|should be|must be} [{now|a|really|very|super|of|actually}] <priority> [{now|task|priority}]",
                "{priority|prio} [of] <task> {is|to} <priority>", "{make|mark} <task> [as] <priority> priority", "{no|wait|actually|sorry} [{wait|make it|i meant|rather}] <priority> [priority]", "<priority> [priority] for <task>", "<task> [back] to <priority> [priority]", "{it's|that's|it is} [{really|very|super|now|actually}] <priority> [priority]", "with [a] <priority> priority", "<task> should be <priority> [priority]",
            ]
        ),
        (
            .remindBefore,
            [
                "{remind|alert|ping|notify|warn|nudge} me [{about|of|for}] <task> <shift> {before|early|earlier|in advance|beforehand|prior|ahead|ahead of time} [{it|it's due}]",
                "{remind|alert|ping|notify|warn|nudge} me <shift> {before|ahead of|prior to|in advance of} <task> [{is due|starts|begins}]",
                "{remind|alert|ping|notify|warn|nudge} me <shift> {before|in advance|early|ahead|earlier|beforehand} {about|of|for} <task>",
                "{set|add|create|put|make} [a] reminder [for|on] <shift> before <task>", "[i want] [a] reminder <shift> before <task>",
                "{set|add|create|put} a reminder {for|on|to|about} <task> <shift> {before|early|in advance|ahead|beforehand|prior|earlier} [it]",
                "{remind|alert|ping|notify|warn|nudge} me <shift> {before|early|earlier|in advance|beforehand|ahead}",
                "{add|set} a <shift> reminder {to|for|on} <task>",
            ]
        ),
        (
            .remindAt,
            [
                "{remind|alert|ping|notify|nudge} me {about|of|on|for} <task> <when>", "{remind|alert|ping|notify|nudge} me {about|of|on|for} <task> at <when>",
                "{remind|alert|ping|notify|nudge} me <when> {about|of|on} <task>", "remind me again {in <shift>|at <when>|<when>} [about <task>]",
                "{set|add|create|put} [a] reminder {for|on|about|to} <task> [{for|at|on|to}] <when>", "remind me again <when>",
                "{set|add|create} [a] reminder {for|at|on} <when> {for|on|about|to} <task>", "{set|add} <task> reminder {for|to|at} <when>",
                "{remind|alert|ping|notify|nudge} me {about|of} <task>", "{set|add} a reminder {for|on|about} <task>",
            ]
        ),
        (
            .snooze,
            [
                "snooze <task> [{for|by}] [another] <shift>", "snooze <task> {until|till|to} <when>", "snooze <task> <when>", "snooze [for] <shift>",
                "snooze {until|till} <when>", "snooze the reminder {for|of} <task> [for] <shift>", "snooze the reminder {for|of} <task> until <when>",
            ]
        ),
        (
            .skip,
            [
                "skip <task> [{this week|this time|this month|today|tomorrow|once|next week|next time|this once|for now|for today|for this week|for this month|just once}]",
                "skip the next <task>", "skip [{the|this|today's}] {next|current|this|coming} {occurrence|one|time|instance} {of|for} <task>",
                "skip [{the|this}] {occurrence|instance|one} {of|for} <task>", "skip this {week's|month's} <task>", "skip {today's|tomorrow's|tonight's} <task>",
                "leave out <task> this {week|time|month}", "skip the next {occurrence|one|time}", "skip this [{week|time|month}]",
                "i'll skip <task> [{this week|this time|today|this month}]", "skip <range>'s <task>", "not doing <task> this {week|time|month}",
            ]
        ),
        (
            .endSeries,
            [
                "{stop|end|cancel|finish} {repeating|recurring} <task>", "{stop|end|cancel} [the] {series|recurrence|repetition|repeat|repeats|schedule} {of|for|on} <task>",
                "{end|stop|cancel} [the] <task> {series|recurrence|repetition|from repeating}", "<task> should {not|no longer|never} {repeat|recur} [{anymore|any more|again}]",
                "<task> {shouldn't|doesn't need to|needn't} {repeat|recur} [{anymore|any more}]", "make <task> {not|no longer|non} {recurring|repeating|recur|repeat} [anymore]",
                "make <task> {non-recurring|nonrecurring|one-off|a one-off|one-time|a one-time task}", "stop <task> from {repeating|recurring|coming back}",
                "{don't|do not} repeat <task> [{anymore|any more}]", "no more repeats for <task>", "<task> {don't|doesn't|do not|does not|won't} {repeat|recur} [{anymore|any more}]", "{it|that} {doesn't|does not|shouldn't} {repeat|recur} [{anymore|any more}]", "{remove|clear|delete} the {recurrence|repetition|repeat|repeat rule|rule|repeats} {from|of|for|on} <task>",
                "turn off {repeat|repeating|recurrence} {for|on} <task>", "stop repeating {it|this|that}",
            ]
        ),
        (
            .repeats,
            [
                "make <task> [{repeat|recur|happen|a|recurring}] <rule> [{task|thing|instead}]", "{repeat|recur} <task> <rule>", "{change|set|switch|turn} <task> [{to|into}] [a] [{repeat|recur|repeating|recurring}] <rule> [{task|instead}]",
                "<task> {repeats|recurs|should repeat|should recur|should be|happens|comes} <rule> [now]", "do <task> <rule> [{instead|from now on|now}]",
                "<task> <rule> {instead|from now on}", "{change|set} the {recurrence|repetition|rule|repeat} of <task> to <rule>", "i want <task> {to repeat|repeated|to be} <rule>",
                "set <task> to {repeat|recur} <rule>", "<task> is [now] [a] <rule> [task]", "turn <task> into a <rule> {task|thing}",
            ]
        ),
        (
            .earlier,
            [
                "{bring|pull|move} <task> {forward|in|up} [by] <shift>", "{move|make|do|bring|schedule|reschedule|shift|set} <task> [to] <shift> {earlier|sooner}", "{bring|pull} forward <task> [by] <shift>",
                "{move|shift|make} <task> earlier by <shift>",
            ]
        ),
        (
            .later,
            [
                "{push|postpone|delay|move|defer|shift|bump|reschedule|extend|put off|put|push back|hold off on|hold off|hold} <task> [{back|out|off|later|on}] [{by|for}] [another] <shift> [{later|back|out}]",
                "give {me|myself} [another] <shift> more {for|on|to} <task>", "give {me|myself} another <shift> {for|on} <task>",
                "{make|set|do} <task> <shift> later", "{push|put|move|delay} [{back|off}] <task> [by] <shift>", "<shift> later for <task>",
            ]
        ),
        (
            .moveTo,
            [
                "{move|push|reschedule|postpone|shift|defer|put off|put|delay|bump|change|set|schedule|plan|switch|drag|push back|bring|pull|extend|hold} <task> [{back|off|over|out|forward|up}] [due] {to|until|till|for|on|onto|at|by|til} <when> [instead]",
                "{move|push|reschedule|postpone|shift|defer|put off|delay|bump|schedule|plan} <task> <when> [instead]",
                "{set|change|move|push|update|make} [the] {due date|deadline|date|due} {of|for|on} <task> [{to|as|be|for}] <when>", "{set|change|move} <task> {due date|deadline} to <when>",
                "<task> {is|are} [now] due [{on|by|at}] <when> [now]", "{make|have} <task> [due] [{on|by|at|for}] <when> [instead]", "give <task> a {deadline|due date} {of|on} <when>",
                "do <task> [on] <when> [instead]", "{i'll|i will|let's|let me|i'd rather} do <task> <when> [instead]", "<task> can wait {until|till|for} <when>",
                "{the|} due date of <task> is [now] <when>", "<task> by <when>", "<task> <when> instead", "<task> {for|is for|are for|are both for|is now for} <when>", "<task> {is|are} now [{on|at|due|due on}] <when>", "<task> should be [{on|at|due}] <when>", "<task> is {on|at} <when> now", "<task> {moved|got moved|has been moved|was moved|has moved} to <when>", "add [a] {due date|deadline} [of] <when> to <task>",
                "{start|begin} <task> <when>",
            ]
        ),
        (
            .reopen,
            [
                "{reopen|re-open|uncheck|untick|unmark|uncomplete|un-complete|unfinish|un-finish|undo} <task>", "mark <task> [as] {not done|undone|open|open again|incomplete|not finished|unfinished|pending|todo|to do|not complete|not completed|active}",
                "open <task> [{back up|up}] again", "put <task> back {on|onto} {my|the} [{to-do|todo}] list", "set <task> [back] to {open|pending|not done|undone|incomplete}",
                "{<task> is|<task> are} not done after all", "i {didn't|did not} [actually|really] {finish|complete|do} <task> after all", "{make|set} <task> {active|open|pending} again", "undo {completing|finishing} <task>",
            ]
        ),
        (
            .complete,
            [
                "{finish|complete|close|close out|tick off|check off|cross off|mark off|tick|cross out|check} <task>", "{tick|check|cross|mark|get} <task> {off|done|out} [{my|the} list]",
                "{mark|set|flag|tick|check|put|move} <task> [{as|to}] {done|complete|completed|finished|all done}", "mark as {done|complete|completed|finished} <task>", "mark {complete|done|completed} <task>",
                "{i|i've|i have} [{just|already|finally|also|now}] {finished|completed|done|did|closed|wrapped up|finished off|finished up|handled|took care of|taken care of|dealt with} [with] <task> [{already|today|now|yesterday|just now|this morning}]",
                "{i'm|i am|we're} [{all|now|finally}] {done|finished|through} with <task>", "[all] {done|finished} with <task>", "{finished|completed|done|did} <task> [{already|today|yesterday|now}]",
                "<task> {is|are|has been|was|got|is all|are all|'s} [{now|all|already|finally}] {done|finished|complete|completed|taken care of|sorted|handled|dealt with} [{now|already|too}]",
                "<task> {done|finished|completed|complete} [already]", "[i] got <task> done", "you can {close|tick off|check off|complete|cross off|finish} <task>", "{it's|that's|they're} {done|finished|complete|completed} [now]",
                "{cross|check|tick|strike} <task> off [{my|the|of my}] list", "call <task> done", "consider <task> done", "{it's|that's} all done",
            ]
        ),
        (
            .restore,
            [
                "{restore|undelete|recover|un-delete|untrash|un-trash} <task> [from [the] trash]", "bring back <task>", "bring <task> back", "get <task> back", "take <task> out of [the] trash", "put back <task>", "i want <task> back",
                "{restore|undelete|recover} {it|that|them}", "{pull|get|fish|move} <task> {out of|from} [the] {trash|bin}", "bring <task> back from [the] {trash|bin}",
            ]
        ),
        (
            .delete,
            [
                "{delete|remove|trash|erase|discard|scrap|kill|drop|cancel|bin|throw away|throw out|get rid of|toss|dump|throw|clear|clear out|wipe|clear away|purge} <task> [{from|off} {my|the} [{to-do|todo}] list]", "{throw|toss|put|move} <task> {away|out|in the trash|in the bin|to the trash|into the trash}",
                "take <task> off [{my|the|of my}] [list]", "{i|we} {don't|no longer} need <task> [on my list] {anymore|any more}", "i no longer need <task>",
            ]
        ),
        (.add, ["note to self <title>"]),
        (
            .describe,
            [
                "{set|change|update|replace|edit|make} [the] {description|note|notes|details} {of|for|on} <task> {to|with|say} <text>", "describe <task> as <text>",
                "the {description|note} {of|for} <task> {is|should be} <text>",
            ]
        ),
        (
            .note,
            [
                "add [{a|the}] {note|description|comment|notes|detail|details} {to|on|for} <task> [{that|saying|that says|which says}] <text>", "add <text> to the {notes|description|note} {of|for|on} <task>", "{note|notes|comment} {on|for|to} <task> <text>",
                "add [{a|the}] {note|description|comment} <text> {to|on} <task>", "{put|write|make|leave} [a] note {on|in|to|for} <task> [{that|saying}] <text>", "{put|write|note|add} <text> in the {notes|description} {of|for} <task>", "describe <task> <text>",
                "note for <task> <text>", "add to the {notes|description} of <task> <text>", "{write|note} down <text> on <task>", "note that <text> on <task>",
            ]
        ),
        (
            .rename,
            [
                "{rename|retitle} <task> {to|as|into} <title>", "change [the] {title|name|wording|text} {of|for} <task> {to|into} <title>", "{rename|retitle} <task> <title>", "call {task|number|item} <task> <title>", "call {it|that|this} <title>",
                "{set|update|make|edit} [the] {title|name} {of|for} <task> {to|as|be} <title>", "<task> should {be called|read|say|be named|be titled} <title>", "{edit|update} <task> to {say|read|be|be called} <title>", "rename to <title>", "change [the] {title|name} to <title>",
                "{change|edit|update} <task> {to|into} <title>", "change <task> title to <title>", "{it|that} should be called <title>", "reword <task> [{to|as}] <title>",
            ]
        ),
        (
            .unfinished,
            [
                "{move|reschedule|postpone|push|delay|shift|put off} <task>", "rename <task>", "{tag|label} <task>",
                "{delete|remove|complete|finish|move|rename|reschedule|postpone|reopen|restore|tag|skip|add}",
                "{add|create|make} [{a|an|another}] [new] {task|todo|to-do|item|reminder}",
                "{change|set} [the] {priority|title|name|due date|date|description|deadline} {of|for} <task>",
                "{remind me|set a reminder}", "mark <task>", "{set|change|edit|update} <task>",
            ]
        ),
        (
            .retag,
            ["{replace|change|swap} [the] tag <tags> {with|to|for} <text> {on|for|of} <task>", "{replace|change|swap} [the] <tags> tag {with|to|for} <text> {on|for|of} <task>"]
        ),
        (
            .remark,
            [
                "i {didn't|haven't|did not|have not|hadn't} [{actually|really|even}] [{finish|complete|do|finished|completed|done}] <task> [{yet|after all}]",
                "<task> {wasn't|isn't|is not|was not|weren't|aren't} [{really|actually}] {done|finished|complete|completed|ready} [{yet|after all}]",
                "{it's|that's|it is|that is|that was|it was} not {done|finished|complete} [{yet|after all}]", "not {done|finished} [{yet|after all}]",
                "i {deleted|removed|trashed|completed|finished} <task> {by mistake|accidentally|by accident}", "i accidentally {deleted|removed|trashed|completed|finished} <task>",
                "<task> can wait", "i {can't|cannot|won't} {make|do|go to|attend} [it to] <task> [<range>]", "<task> is not {urgent|important} [anymore]",
                "i {can't|won't} make it to <task> [<range>]", "i {won't|can't} be {able to do|doing} <task> [<range>]",
            ]
        ),
        (.again, ["<task> {too|as well|also} [please]", "and <task> [{too|as well|also}]", "same {for|with} <task>", "do the same {for|with|to} <task>", "also <task>", "<task> likewise"]),
        (
            .correct,
            [
                "due [{on|by}] <when>", "{it's|that's|it is} {due|for} [{on|by}] <when>", "for <when>",
                "{make it|i meant|i mean|rather|better|sorry|wait|actually} [on] <when> [instead]", "{no|wait|actually|sorry} [{wait|no|sorry|make it|i meant|i mean|rather|make that}] <when> [instead]", "make that <when>",
            ]
        ),
        (.list, ["<some>"]),
    ])

    static let englishBroadPatterns = patterns([
        (.moveTo, ["<task> to <when>"]),
        (.deed, ["<task> {is|are|has been|have been|got|was|were|'s} [{now|already|all|finally}] <text> [{now|too|already|as well}]", "{i|i've|i have} [{just|already|finally|also|now}] <deed> [{already|today|yesterday|now|just now|this morning}]", "[{just|already|finally}] <deed> [{already|today|yesterday|just now|this morning}]"]),
        (
            .add,
            [
                "{add|create|make|put|enter|set up|start|new|log} [{a|an|another|the|me a|one}] [new] [<priority>] [priority] {task|todo|to-do|item|entry|reminder|tasks|todos|items} [{to|called|named|saying|titled|that says|about|for me to|reading}] <title>",
                "{i need|i want|i'd like|let's have} [{a|an|another}] [new] {task|todo|to-do|reminder|item} [{to|called|named|for}] <title>", "add <title>", "create <title>", "{remind me|ping me|nudge me} to <title>", "remind me <when> to <title>", "remind me {that|about} <title>",
                "{i|we} {need|have|want|ought|got|still need|still have|really need|also need|also have} to <title>", "{i've|we've|i have} got to <title>", "i gotta <title>", "{we're|we are|i'm|i am} [{nearly|almost}] out of <title> {add it|add that|put it on the list}", "{i|we} must <title>", "i should [really] <title>", "{don't|do not} {forget|let me forget} to <title>",
                "{remember|remind me that i have|remind me that i need} to <title>", "{todo|to-do|task|new|reminder} <title>", "note to self <title>", "{schedule|plan|book in} <title>", "put <title> {on|onto|in} [{my|the}] [{to-do|todo|shopping|task}] list [<text>]", "put down <title>",
                "set a reminder to <title>", "set up <title>", "{set|make} [a] reminder to <title>", "i'm supposed to <title>", "i {can't|cannot|must not|mustn't} forget to <title>", "jot down <title>", "write down <title>", "make sure i <title>",
                "{three|two|four|five|some|a few} [new] {tasks|things|items|todos} <title>",
            ]
        ),
        (.find, ["{show|list} [me] <text>"]),
    ])
}
