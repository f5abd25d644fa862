/** Speaking instead of typing. */
export const VOICE = {
    "voice.speak": "Speak instead of typing",
    "voice.listening": "Listening. The browser’s maker may get to hear it; Errand gets nothing until you send it.",
    "voice.refused": "The browser keeps the microphone from this page. Its settings for this page can change that.",
    "voice.no-microphone": "No microphone was found.",
    "voice.unreachable": "What understands speech could not be reached. Check the connection.",
    "voice.language": "This browser does not understand speech in this language.",
    "voice.nothing": "Nothing was heard. Try again, closer to the microphone.",
    "voice.failed": "That did not work. Try again, or type.",
};
