/** This device and the others. */
export const DEVICES = {
    "devices.title": "On this device",
    "devices.on": "On. Reminders show on this device.",
    "devices.off":
        "Reminders can show on this device even while this page is closed, with buttons that finish or put "
        + "off a task. Your browser will ask whether it may.",
    "devices.unsupported":
        "This browser cannot show notifications while the page is closed. On an iPhone or iPad, add the page "
        + "to the home screen first.",
    "devices.denied":
        "Your browser does not let this page show notifications. Allow them in its settings for this page.",
    "devices.not-set-up": "The server is not set up for it.",
    "devices.switchOff": "Switch off",
    "devices.switchOn": "Switch on",
    "devices.works": "Works.",
    "devices.isOn": "On.",
    "devices.trouble": "Has trouble.",
    "devices.gone": "Has ended. Switch it on again there.",
    "devices.isOff": "Off.",
    "devices.waits": "Waits to be confirmed.",
    "devices.browser": "Browser",
    "devices.name": "{browser} on {system}",
    "devices.stale": "Not up to date.",
    "devices.notOn": "Not switched on.",
    "devices.notOff": "Not switched off.",
    "devices.notSent": "Not sent.",
    "devices.notRemoved": "Not removed.",
    "devices.testSent": "A test is on its way.",
};
