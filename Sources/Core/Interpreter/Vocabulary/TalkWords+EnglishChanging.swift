extension TalkWords {
    /// What moves, finishes, deletes and renames, and what is left of a conversation.
    static let englishChanging = patterns([
        (
            .moveTo,
            """
            {move|push|reschedule|postpone|shift|defer|put off|put|delay|bump|change|set|schedule|plan|switch|\
            drag|push back|bring|pull|extend|hold} <task> [{back|off|over|out|forward|up}] [due] {to|until|till|\
            for|on|onto|at|by|til} <when> [instead]
            {move|push|reschedule|postpone|shift|defer|put off|delay|bump|schedule|plan} <task> <when> [instead]
            {set|change|move|push|update|make} [the] {due date|deadline|date|due} {of|for|on} <task> [{to|as|be|\
            for}] <when>
            {set|change|move} <task> {due date|deadline} to <when>
            <task> {is|are} [now] due [{on|by|at}] <when> [now]
            {make|have} <task> [due] [{on|by|at|for}] <when> [instead]
            give <task> a {deadline|due date} {of|on} <when>
            do <task> [on] <when> [instead]
            {i'll|i will|let's|let me|i'd rather} do <task> <when> [instead]
            <task> can wait {until|till|for} <when>
            {the|} due date of <task> is [now] <when>
            <task> by <when>
            <task> <when> instead
            <task> {for|is for|are for|are both for|is now for} <when>
            <task> {is|are} now [{on|at|due|due on}] <when>
            <task> should be [{on|at|due}] <when>
            <task> is {on|at} <when> now
            <task> {moved|got moved|has been moved|was moved|has moved} to <when>
            add [a] {due date|deadline} [of] <when> to <task>
            {start|begin} <task> <when>
            """
        ),
        (
            .reopen,
            """
            {reopen|re-open|uncheck|untick|unmark|uncomplete|un-complete|unfinish|un-finish|undo} <task>
            mark <task> [as] {not done|undone|open|open again|incomplete|not finished|unfinished|pending|todo|\
            to do|not complete|not completed|active}
            open <task> [{back up|up}] again
            put <task> back {on|onto} {my|the} [{to-do|todo}] list
            set <task> [back] to {open|pending|not done|undone|incomplete}
            {<task> is|<task> are} not done after all
            i {didn't|did not} [actually|really] {finish|complete|do} <task> after all
            {make|set} <task> {active|open|pending} again
            undo {completing|finishing} <task>
            """
        ),
        (
            .complete,
            """
            {finish|complete|close|close out|tick off|check off|cross off|mark off|tick|cross out|check} <task>
            {tick|check|cross|mark|get} <task> {off|done|out} [{my|the} list]
            {mark|set|flag|tick|check|put|move} <task> [{as|to}] {done|complete|completed|finished|all done}
            mark as {done|complete|completed|finished} <task>
            mark {complete|done|completed} <task>
            {i|i've|i have} [{just|already|finally|also|now}] {finished|completed|done|did|closed|wrapped up|\
            finished off|finished up|handled|took care of|taken care of|dealt with} [with] <task> [{already|\
            today|now|yesterday|just now|this morning}]
            {i'm|i am|we're} [{all|now|finally}] {done|finished|through} with <task>
            [all] {done|finished} with <task>
            {finished|completed|done|did} <task> [{already|today|yesterday|now}]
            <task> {is|are|has been|was|got|is all|are all|'s} [{now|all|already|finally}] {done|finished|\
            complete|completed|taken care of|sorted|handled|dealt with} [{now|already|too}]
            <task> {done|finished|completed|complete} [already]
            [i] got <task> done
            you can {close|tick off|check off|complete|cross off|finish} <task>
            {it's|that's|they're} {done|finished|complete|completed} [now]
            {cross|check|tick|strike} <task> off [{my|the|of my}] list
            call <task> done
            consider <task> done
            {it's|that's} all done
            """
        ),
        (
            .restore,
            """
            {restore|undelete|recover|un-delete|untrash|un-trash} <task> [from [the] trash]
            bring back <task>
            bring <task> back
            get <task> back
            take <task> out of [the] trash
            put back <task>
            i want <task> back
            {restore|undelete|recover} {it|that|them}
            {pull|get|fish|move} <task> {out of|from} [the] {trash|bin}
            bring <task> back from [the] {trash|bin}
            """
        ),
        (
            .delete,
            """
            {delete|remove|trash|erase|discard|scrap|kill|drop|cancel|bin|throw away|throw out|get rid of|toss|\
            dump|throw|clear|clear out|wipe|clear away|purge} <task> [{from|off} {my|the} [{to-do|todo}] list]
            {throw|toss|put|move} <task> {away|out|in the trash|in the bin|to the trash|into the trash}
            take <task> off [{my|the|of my}] [list]
            {i|we} {don't|no longer} need <task> [on my list] {anymore|any more}
            i no longer need <task>
            """
        ),
        (
            .add,
            """
            note to self <title>
            """
        ),
        (
            .describe,
            """
            {set|change|update|replace|edit|make} [the] {description|note|notes|details} {of|for|on} <task> {to|\
            with|say} <text>
            describe <task> as <text>
            the {description|note} {of|for} <task> {is|should be} <text>
            """
        ),
        (
            .note,
            """
            add [{a|the}] {note|description|comment|notes|detail|details} {to|on|for} <task> [{that|saying|that \
            says|which says}] <text>
            add <text> to the {notes|description|note} {of|for|on} <task>
            {note|notes|comment} {on|for|to} <task> <text>
            add [{a|the}] {note|description|comment} <text> {to|on} <task>
            {put|write|make|leave} [a] note {on|in|to|for} <task> [{that|saying}] <text>
            {put|write|note|add} <text> in the {notes|description} {of|for} <task>
            describe <task> <text>
            note for <task> <text>
            add to the {notes|description} of <task> <text>
            {write|note} down <text> on <task>
            note that <text> on <task>
            """
        ),
        (
            .rename,
            """
            {rename|retitle} <task> {to|as|into} <title>
            change [the] {title|name|wording|text} {of|for} <task> {to|into} <title>
            {rename|retitle} <task> <title>
            call {task|number|item} <task> <title>
            call {it|that|this} <title>
            {set|update|make|edit} [the] {title|name} {of|for} <task> {to|as|be} <title>
            <task> should {be called|read|say|be named|be titled} <title>
            {edit|update} <task> to {say|read|be|be called} <title>
            rename to <title>
            change [the] {title|name} to <title>
            {change|edit|update} <task> {to|into} <title>
            change <task> title to <title>
            {it|that} should be called <title>
            reword <task> [{to|as}] <title>
            """
        ),
        (
            .unfinished,
            """
            {move|reschedule|postpone|push|delay|shift|put off} <task>
            rename <task>
            {tag|label} <task>
            {delete|remove|complete|finish|move|rename|reschedule|postpone|reopen|restore|tag|skip|add}
            {add|create|make} [{a|an|another}] [new] {task|todo|to-do|item|reminder}
            {change|set} [the] {priority|title|name|due date|date|description|deadline} {of|for} <task>
            {remind me|set a reminder}
            mark <task>
            {set|change|edit|update} <task>
            """
        ),
        (
            .retag,
            """
            {replace|change|swap} [the] tag <tags> {with|to|for} <text> {on|for|of} <task>
            {replace|change|swap} [the] <tags> tag {with|to|for} <text> {on|for|of} <task>
            """
        ),
        (
            .remark,
            """
            i {didn't|haven't|did not|have not|hadn't} [{actually|really|even}] [{finish|complete|do|finished|\
            completed|done}] <task> [{yet|after all}]
            <task> {wasn't|isn't|is not|was not|weren't|aren't} [{really|actually}] {done|finished|complete|\
            completed|ready} [{yet|after all}]
            {it's|that's|it is|that is|that was|it was} not {done|finished|complete} [{yet|after all}]
            not {done|finished} [{yet|after all}]
            i {deleted|removed|trashed|completed|finished} <task> {by mistake|accidentally|by accident}
            i accidentally {deleted|removed|trashed|completed|finished} <task>
            <task> can wait
            i {can't|cannot|won't} {make|do|go to|attend} [it to] <task> [<range>]
            <task> is not {urgent|important} [anymore]
            i {can't|won't} make it to <task> [<range>]
            i {won't|can't} be {able to do|doing} <task> [<range>]
            """
        ),
        (
            .again,
            """
            <task> {too|as well|also} [please]
            and <task> [{too|as well|also}]
            same {for|with} <task>
            do the same {for|with|to} <task>
            also <task>
            <task> likewise
            """
        ),
        (
            .correct,
            """
            due [{on|by}] <when>
            {it's|that's|it is} {due|for} [{on|by}] <when>
            for <when>
            {make it|i meant|i mean|rather|better|sorry|wait|actually} [on] <when> [instead]
            {no|wait|actually|sorry} [{wait|no|sorry|make it|i meant|i mean|rather|make that}] <when> [instead]
            make that <when>
            """
        ),
        (
            .instead,
            """
            {i meant|i mean|i was talking about|make that|not that one but} <task> [instead]
            """
        ),
        (
            .list,
            """
            <some>
            """
        ),
    ])

    /// What fits much: adding, and statements.
    static let englishBroadPatterns = patterns([
        (
            .moveTo,
            """
            <task> to <when>
            """
        ),
        (
            .deed,
            """
            <task> {is|are|has been|have been|got|was|were|'s} [{now|already|all|finally}] <text> [{now|too|\
            already|as well}]
            {i|i've|i have} [{just|already|finally|also|now}] <deed> [{already|today|yesterday|now|just now|\
            this morning}]
            [{just|already|finally}] <deed> [{already|today|yesterday|just now|this morning}]
            """
        ),
        (
            .add,
            """
            {add|create|make|put|enter|set up|start|new|log} [{a|an|another|the|me a|one}] [new] [<priority>] \
            [priority] {task|todo|to-do|item|entry|reminder|tasks|todos|items} [{to|called|named|saying|titled|\
            that says|about|for me to|reading}] <title>
            {i need|i want|i'd like|let's have} [{a|an|another}] [new] {task|todo|to-do|reminder|item} [{to|\
            called|named|for}] <title>
            add <title>
            create <title>
            {remind me|ping me|nudge me} to <title>
            remind me <when> to <title>
            remind me {that|about} <title>
            {i|we} {need|have|want|ought|got|still need|still have|really need|also need|also have} to <title>
            {i've|we've|i have} got to <title>
            i gotta <title>
            {we're|we are|i'm|i am} [{nearly|almost}] out of <title> {add it|add that|put it on the list}
            {i|we} must <title>
            i should [really] <title>
            {don't|do not} {forget|let me forget} to <title>
            {remember|remind me that i have|remind me that i need} to <title>
            {todo|to-do|task|new|reminder} <title>
            note to self <title>
            {schedule|plan|book in} <title>
            put <title> {on|onto|in} [{my|the}] [{to-do|todo|shopping|task}] list [<text>]
            put down <title>
            set a reminder to <title>
            set up <title>
            {set|make} [a] reminder to <title>
            i'm supposed to <title>
            i {can't|cannot|must not|mustn't} forget to <title>
            jot down <title>
            write down <title>
            make sure i <title>
            {three|two|four|five|some|a few} [new] {tasks|things|items|todos} <title>
            """
        ),
        (
            .find,
            """
            {show|list} [me] <text>
            """
        ),
    ])
}
