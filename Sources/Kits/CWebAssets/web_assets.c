// Written by scripts/embed-web: the files under web/, through C23 #embed.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "web_assets.h"

static const unsigned char asset_0[] = {
#embed "../../../web/css/access.css"
};

static const unsigned char asset_1[] = {
#embed "../../../web/css/account.css"
};

static const unsigned char asset_2[] = {
#embed "../../../web/css/base.css"
};

static const unsigned char asset_3[] = {
#embed "../../../web/css/chat.css"
};

static const unsigned char asset_4[] = {
#embed "../../../web/css/components.css"
};

static const unsigned char asset_5[] = {
#embed "../../../web/css/conflict.css"
};

static const unsigned char asset_6[] = {
#embed "../../../web/css/docs.css"
};

static const unsigned char asset_7[] = {
#embed "../../../web/css/inbox.css"
};

static const unsigned char asset_8[] = {
#embed "../../../web/css/layout.css"
};

static const unsigned char asset_9[] = {
#embed "../../../web/css/markdown.css"
};

static const unsigned char asset_10[] = {
#embed "../../../web/css/offline.css"
};

static const unsigned char asset_11[] = {
#embed "../../../web/css/panel.css"
};

static const unsigned char asset_12[] = {
#embed "../../../web/css/picker-places.css"
};

static const unsigned char asset_13[] = {
#embed "../../../web/css/pickers.css"
};

static const unsigned char asset_14[] = {
#embed "../../../web/css/settings.css"
};

static const unsigned char asset_15[] = {
#embed "../../../web/css/tags.css"
};

static const unsigned char asset_16[] = {
#embed "../../../web/css/tasks.css"
};

static const unsigned char asset_17[] = {
#embed "../../../web/css/tokens.css"
};

static const unsigned char asset_18[] = {
#embed "../../../web/css/views.css"
};

static const unsigned char asset_19[] = {
#embed "../../../web/docs.html"
};

static const unsigned char asset_20[] = {
#embed "../../../web/favicon.svg"
};

static const unsigned char asset_21[] = {
#embed "../../../web/icons/icon-192.png"
};

static const unsigned char asset_22[] = {
#embed "../../../web/icons/icon-512.png"
};

static const unsigned char asset_23[] = {
#embed "../../../web/icons/maskable-512.png"
};

static const unsigned char asset_24[] = {
#embed "../../../web/index.html"
};

static const unsigned char asset_25[] = {
#embed "../../../web/js/api.js"
};

static const unsigned char asset_26[] = {
#embed "../../../web/js/components/account-forms.js"
};

static const unsigned char asset_27[] = {
#embed "../../../web/js/components/add-form.js"
};

static const unsigned char asset_28[] = {
#embed "../../../web/js/components/bell.js"
};

static const unsigned char asset_29[] = {
#embed "../../../web/js/components/bulk-bar.js"
};

static const unsigned char asset_30[] = {
#embed "../../../web/js/components/channel-forms.js"
};

static const unsigned char asset_31[] = {
#embed "../../../web/js/components/channel-row.js"
};

static const unsigned char asset_32[] = {
#embed "../../../web/js/components/channels-section.js"
};

static const unsigned char asset_33[] = {
#embed "../../../web/js/components/chat-panel.js"
};

static const unsigned char asset_34[] = {
#embed "../../../web/js/components/completion.js"
};

static const unsigned char asset_35[] = {
#embed "../../../web/js/components/conflict-dialog.js"
};

static const unsigned char asset_36[] = {
#embed "../../../web/js/components/conflict.js"
};

static const unsigned char asset_37[] = {
#embed "../../../web/js/components/connection.js"
};

static const unsigned char asset_38[] = {
#embed "../../../web/js/components/date-picker.js"
};

static const unsigned char asset_39[] = {
#embed "../../../web/js/components/day-strip.js"
};

static const unsigned char asset_40[] = {
#embed "../../../web/js/components/devices-section.js"
};

static const unsigned char asset_41[] = {
#embed "../../../web/js/components/editor-clashes.js"
};

static const unsigned char asset_42[] = {
#embed "../../../web/js/components/editor-parts.js"
};

static const unsigned char asset_43[] = {
#embed "../../../web/js/components/editor.js"
};

static const unsigned char asset_44[] = {
#embed "../../../web/js/components/element.js"
};

static const unsigned char asset_45[] = {
#embed "../../../web/js/components/empty-state.js"
};

static const unsigned char asset_46[] = {
#embed "../../../web/js/components/examples-bar.js"
};

static const unsigned char asset_47[] = {
#embed "../../../web/js/components/field.js"
};

static const unsigned char asset_48[] = {
#embed "../../../web/js/components/filter-dialog.js"
};

static const unsigned char asset_49[] = {
#embed "../../../web/js/components/filter-list.js"
};

static const unsigned char asset_50[] = {
#embed "../../../web/js/components/help-dialog.js"
};

static const unsigned char asset_51[] = {
#embed "../../../web/js/components/history-section.js"
};

static const unsigned char asset_52[] = {
#embed "../../../web/js/components/history-words.js"
};

static const unsigned char asset_53[] = {
#embed "../../../web/js/components/icon.js"
};

static const unsigned char asset_54[] = {
#embed "../../../web/js/components/inbox-panel.js"
};

static const unsigned char asset_55[] = {
#embed "../../../web/js/components/later.js"
};

static const unsigned char asset_56[] = {
#embed "../../../web/js/components/markdown.js"
};

static const unsigned char asset_57[] = {
#embed "../../../web/js/components/matrix-section.js"
};

static const unsigned char asset_58[] = {
#embed "../../../web/js/components/month-grid.js"
};

static const unsigned char asset_59[] = {
#embed "../../../web/js/components/notification-row.js"
};

static const unsigned char asset_60[] = {
#embed "../../../web/js/components/order-drag.js"
};

static const unsigned char asset_61[] = {
#embed "../../../web/js/components/palette.js"
};

static const unsigned char asset_62[] = {
#embed "../../../web/js/components/pickers.js"
};

static const unsigned char asset_63[] = {
#embed "../../../web/js/components/popover.js"
};

static const unsigned char asset_64[] = {
#embed "../../../web/js/components/programs-panel.js"
};

static const unsigned char asset_65[] = {
#embed "../../../web/js/components/quick-chips.js"
};

static const unsigned char asset_66[] = {
#embed "../../../web/js/components/receipts.js"
};

static const unsigned char asset_67[] = {
#embed "../../../web/js/components/recurrence-builder.js"
};

static const unsigned char asset_68[] = {
#embed "../../../web/js/components/reminder-editor.js"
};

static const unsigned char asset_69[] = {
#embed "../../../web/js/components/reminder-form.js"
};

static const unsigned char asset_70[] = {
#embed "../../../web/js/components/reminder-words.js"
};

static const unsigned char asset_71[] = {
#embed "../../../web/js/components/rule-fields.js"
};

static const unsigned char asset_72[] = {
#embed "../../../web/js/components/rule-words.js"
};

static const unsigned char asset_73[] = {
#embed "../../../web/js/components/saved-filters.js"
};

static const unsigned char asset_74[] = {
#embed "../../../web/js/components/scope-question.js"
};

static const unsigned char asset_75[] = {
#embed "../../../web/js/components/search-box.js"
};

static const unsigned char asset_76[] = {
#embed "../../../web/js/components/secret-box.js"
};

static const unsigned char asset_77[] = {
#embed "../../../web/js/components/section-head.js"
};

static const unsigned char asset_78[] = {
#embed "../../../web/js/components/settings-opener.js"
};

static const unsigned char asset_79[] = {
#embed "../../../web/js/components/settings-panel.js"
};

static const unsigned char asset_80[] = {
#embed "../../../web/js/components/settings/data-part.js"
};

static const unsigned char asset_81[] = {
#embed "../../../web/js/components/settings/day-part.js"
};

static const unsigned char asset_82[] = {
#embed "../../../web/js/components/settings/feed-form.js"
};

static const unsigned char asset_83[] = {
#embed "../../../web/js/components/settings/feeds-block.js"
};

static const unsigned char asset_84[] = {
#embed "../../../web/js/components/settings/group.js"
};

static const unsigned char asset_85[] = {
#embed "../../../web/js/components/settings/import-form.js"
};

static const unsigned char asset_86[] = {
#embed "../../../web/js/components/settings/leaving-part.js"
};

static const unsigned char asset_87[] = {
#embed "../../../web/js/components/settings/profile-part.js"
};

static const unsigned char asset_88[] = {
#embed "../../../web/js/components/settings/region-part.js"
};

static const unsigned char asset_89[] = {
#embed "../../../web/js/components/settings/saved-field.js"
};

static const unsigned char asset_90[] = {
#embed "../../../web/js/components/settings/token-form.js"
};

static const unsigned char asset_91[] = {
#embed "../../../web/js/components/shortcuts.js"
};

static const unsigned char asset_92[] = {
#embed "../../../web/js/components/suggestions.js"
};

static const unsigned char asset_93[] = {
#embed "../../../web/js/components/tag-field.js"
};

static const unsigned char asset_94[] = {
#embed "../../../web/js/components/tag-list.js"
};

static const unsigned char asset_95[] = {
#embed "../../../web/js/components/task-fields.js"
};

static const unsigned char asset_96[] = {
#embed "../../../web/js/components/task-list.js"
};

static const unsigned char asset_97[] = {
#embed "../../../web/js/components/task-pickers.js"
};

static const unsigned char asset_98[] = {
#embed "../../../web/js/components/task-row.js"
};

static const unsigned char asset_99[] = {
#embed "../../../web/js/components/time-field.js"
};

static const unsigned char asset_100[] = {
#embed "../../../web/js/components/times-section.js"
};

static const unsigned char asset_101[] = {
#embed "../../../web/js/components/timing-section.js"
};

static const unsigned char asset_102[] = {
#embed "../../../web/js/components/toast.js"
};

static const unsigned char asset_103[] = {
#embed "../../../web/js/components/value-words.js"
};

static const unsigned char asset_104[] = {
#embed "../../../web/js/components/voice.js"
};

static const unsigned char asset_105[] = {
#embed "../../../web/js/components/words-field.js"
};

static const unsigned char asset_106[] = {
#embed "../../../web/js/components/zone-field.js"
};

static const unsigned char asset_107[] = {
#embed "../../../web/js/docs/element.js"
};

static const unsigned char asset_108[] = {
#embed "../../../web/js/docs/example.js"
};

static const unsigned char asset_109[] = {
#embed "../../../web/js/docs/main.js"
};

static const unsigned char asset_110[] = {
#embed "../../../web/js/docs/operation.js"
};

static const unsigned char asset_111[] = {
#embed "../../../web/js/docs/schema.js"
};

static const unsigned char asset_112[] = {
#embed "../../../web/js/language.js"
};

static const unsigned char asset_113[] = {
#embed "../../../web/js/lib/arrival.js"
};

static const unsigned char asset_114[] = {
#embed "../../../web/js/lib/clock.js"
};

static const unsigned char asset_115[] = {
#embed "../../../web/js/lib/compare.js"
};

static const unsigned char asset_116[] = {
#embed "../../../web/js/lib/dates.js"
};

static const unsigned char asset_117[] = {
#embed "../../../web/js/lib/days.js"
};

static const unsigned char asset_118[] = {
#embed "../../../web/js/lib/event-stream.js"
};

static const unsigned char asset_119[] = {
#embed "../../../web/js/lib/filter-words.js"
};

static const unsigned char asset_120[] = {
#embed "../../../web/js/lib/frame.js"
};

static const unsigned char asset_121[] = {
#embed "../../../web/js/lib/highlight.js"
};

static const unsigned char asset_122[] = {
#embed "../../../web/js/lib/ids.js"
};

static const unsigned char asset_123[] = {
#embed "../../../web/js/lib/keys.js"
};

static const unsigned char asset_124[] = {
#embed "../../../web/js/lib/locales.js"
};

static const unsigned char asset_125[] = {
#embed "../../../web/js/lib/markdown.js"
};

static const unsigned char asset_126[] = {
#embed "../../../web/js/lib/month.js"
};

static const unsigned char asset_127[] = {
#embed "../../../web/js/lib/notify.js"
};

static const unsigned char asset_128[] = {
#embed "../../../web/js/lib/paths.js"
};

static const unsigned char asset_129[] = {
#embed "../../../web/js/lib/plain.js"
};

static const unsigned char asset_130[] = {
#embed "../../../web/js/lib/press.js"
};

static const unsigned char asset_131[] = {
#embed "../../../web/js/lib/push.js"
};

static const unsigned char asset_132[] = {
#embed "../../../web/js/lib/quick-add.js"
};

static const unsigned char asset_133[] = {
#embed "../../../web/js/lib/reminders.js"
};

static const unsigned char asset_134[] = {
#embed "../../../web/js/lib/route.js"
};

static const unsigned char asset_135[] = {
#embed "../../../web/js/lib/rules.js"
};

static const unsigned char asset_136[] = {
#embed "../../../web/js/lib/sequence.js"
};

static const unsigned char asset_137[] = {
#embed "../../../web/js/lib/shelf.js"
};

static const unsigned char asset_138[] = {
#embed "../../../web/js/lib/speech.js"
};

static const unsigned char asset_139[] = {
#embed "../../../web/js/lib/tabs.js"
};

static const unsigned char asset_140[] = {
#embed "../../../web/js/lib/text.js"
};

static const unsigned char asset_141[] = {
#embed "../../../web/js/lib/worker.js"
};

static const unsigned char asset_142[] = {
#embed "../../../web/js/lib/zones.js"
};

static const unsigned char asset_143[] = {
#embed "../../../web/js/live.js"
};

static const unsigned char asset_144[] = {
#embed "../../../web/js/main.js"
};

static const unsigned char asset_145[] = {
#embed "../../../web/js/push.js"
};

static const unsigned char asset_146[] = {
#embed "../../../web/js/router.js"
};

static const unsigned char asset_147[] = {
#embed "../../../web/js/store.js"
};

static const unsigned char asset_148[] = {
#embed "../../../web/js/store/badge.js"
};

static const unsigned char asset_149[] = {
#embed "../../../web/js/store/bulk.js"
};

static const unsigned char asset_150[] = {
#embed "../../../web/js/store/calls.js"
};

static const unsigned char asset_151[] = {
#embed "../../../web/js/store/channels.js"
};

static const unsigned char asset_152[] = {
#embed "../../../web/js/store/chat.js"
};

static const unsigned char asset_153[] = {
#embed "../../../web/js/store/commands.js"
};

static const unsigned char asset_154[] = {
#embed "../../../web/js/store/conditions.js"
};

static const unsigned char asset_155[] = {
#embed "../../../web/js/store/copy.js"
};

static const unsigned char asset_156[] = {
#embed "../../../web/js/store/core.js"
};

static const unsigned char asset_157[] = {
#embed "../../../web/js/store/devices.js"
};

static const unsigned char asset_158[] = {
#embed "../../../web/js/store/examples.js"
};

static const unsigned char asset_159[] = {
#embed "../../../web/js/store/feed.js"
};

static const unsigned char asset_160[] = {
#embed "../../../web/js/store/feeds.js"
};

static const unsigned char asset_161[] = {
#embed "../../../web/js/store/filters.js"
};

static const unsigned char asset_162[] = {
#embed "../../../web/js/store/history.js"
};

static const unsigned char asset_163[] = {
#embed "../../../web/js/store/inbox.js"
};

static const unsigned char asset_164[] = {
#embed "../../../web/js/store/known.js"
};

static const unsigned char asset_165[] = {
#embed "../../../web/js/store/lanes.js"
};

static const unsigned char asset_166[] = {
#embed "../../../web/js/store/listing.js"
};

static const unsigned char asset_167[] = {
#embed "../../../web/js/store/local.js"
};

static const unsigned char asset_168[] = {
#embed "../../../web/js/store/moving.js"
};

static const unsigned char asset_169[] = {
#embed "../../../web/js/store/order.js"
};

static const unsigned char asset_170[] = {
#embed "../../../web/js/store/outbox.js"
};

static const unsigned char asset_171[] = {
#embed "../../../web/js/store/pages.js"
};

static const unsigned char asset_172[] = {
#embed "../../../web/js/store/placing.js"
};

static const unsigned char asset_173[] = {
#embed "../../../web/js/store/programs.js"
};

static const unsigned char asset_174[] = {
#embed "../../../web/js/store/query.js"
};

static const unsigned char asset_175[] = {
#embed "../../../web/js/store/reach.js"
};

static const unsigned char asset_176[] = {
#embed "../../../web/js/store/reading.js"
};

static const unsigned char asset_177[] = {
#embed "../../../web/js/store/settings.js"
};

static const unsigned char asset_178[] = {
#embed "../../../web/js/store/timing.js"
};

static const unsigned char asset_179[] = {
#embed "../../../web/js/store/tokens.js"
};

static const unsigned char asset_180[] = {
#embed "../../../web/js/store/writing.js"
};

static const unsigned char asset_181[] = {
#embed "../../../web/js/transport.js"
};

static const unsigned char asset_182[] = {
#embed "../../../web/js/views/arranging.js"
};

static const unsigned char asset_183[] = {
#embed "../../../web/js/views/auth.js"
};

static const unsigned char asset_184[] = {
#embed "../../../web/js/views/later-parts.js"
};

static const unsigned char asset_185[] = {
#embed "../../../web/js/views/task-keys.js"
};

static const unsigned char asset_186[] = {
#embed "../../../web/js/views/tasks.js"
};

static const unsigned char asset_187[] = {
#embed "../../../web/js/views/unreachable.js"
};

static const unsigned char asset_188[] = {
#embed "../../../web/js/words/dates.js"
};

static const unsigned char asset_189[] = {
#embed "../../../web/js/words/de/account.js"
};

static const unsigned char asset_190[] = {
#embed "../../../web/js/words/de/auth.js"
};

static const unsigned char asset_191[] = {
#embed "../../../web/js/words/de/bulk.js"
};

static const unsigned char asset_192[] = {
#embed "../../../web/js/words/de/channels.js"
};

static const unsigned char asset_193[] = {
#embed "../../../web/js/words/de/chat.js"
};

static const unsigned char asset_194[] = {
#embed "../../../web/js/words/de/common.js"
};

static const unsigned char asset_195[] = {
#embed "../../../web/js/words/de/conflict.js"
};

static const unsigned char asset_196[] = {
#embed "../../../web/js/words/de/credentials.js"
};

static const unsigned char asset_197[] = {
#embed "../../../web/js/words/de/dates.js"
};

static const unsigned char asset_198[] = {
#embed "../../../web/js/words/de/devices.js"
};

static const unsigned char asset_199[] = {
#embed "../../../web/js/words/de/examples.js"
};

static const unsigned char asset_200[] = {
#embed "../../../web/js/words/de/feeds.js"
};

static const unsigned char asset_201[] = {
#embed "../../../web/js/words/de/history.js"
};

static const unsigned char asset_202[] = {
#embed "../../../web/js/words/de/inbox.js"
};

static const unsigned char asset_203[] = {
#embed "../../../web/js/words/de/index.js"
};

static const unsigned char asset_204[] = {
#embed "../../../web/js/words/de/keys.js"
};

static const unsigned char asset_205[] = {
#embed "../../../web/js/words/de/lists.js"
};

static const unsigned char asset_206[] = {
#embed "../../../web/js/words/de/notify.js"
};

static const unsigned char asset_207[] = {
#embed "../../../web/js/words/de/offline.js"
};

static const unsigned char asset_208[] = {
#embed "../../../web/js/words/de/page.js"
};

static const unsigned char asset_209[] = {
#embed "../../../web/js/words/de/panel.js"
};

static const unsigned char asset_210[] = {
#embed "../../../web/js/words/de/pickers.js"
};

static const unsigned char asset_211[] = {
#embed "../../../web/js/words/de/problems.js"
};

static const unsigned char asset_212[] = {
#embed "../../../web/js/words/de/programs.js"
};

static const unsigned char asset_213[] = {
#embed "../../../web/js/words/de/saved.js"
};

static const unsigned char asset_214[] = {
#embed "../../../web/js/words/de/tags.js"
};

static const unsigned char asset_215[] = {
#embed "../../../web/js/words/de/tasks.js"
};

static const unsigned char asset_216[] = {
#embed "../../../web/js/words/de/voice.js"
};

static const unsigned char asset_217[] = {
#embed "../../../web/js/words/de/writing.js"
};

static const unsigned char asset_218[] = {
#embed "../../../web/js/words/en/account.js"
};

static const unsigned char asset_219[] = {
#embed "../../../web/js/words/en/auth.js"
};

static const unsigned char asset_220[] = {
#embed "../../../web/js/words/en/bulk.js"
};

static const unsigned char asset_221[] = {
#embed "../../../web/js/words/en/channels.js"
};

static const unsigned char asset_222[] = {
#embed "../../../web/js/words/en/chat.js"
};

static const unsigned char asset_223[] = {
#embed "../../../web/js/words/en/common.js"
};

static const unsigned char asset_224[] = {
#embed "../../../web/js/words/en/conflict.js"
};

static const unsigned char asset_225[] = {
#embed "../../../web/js/words/en/credentials.js"
};

static const unsigned char asset_226[] = {
#embed "../../../web/js/words/en/dates.js"
};

static const unsigned char asset_227[] = {
#embed "../../../web/js/words/en/devices.js"
};

static const unsigned char asset_228[] = {
#embed "../../../web/js/words/en/examples.js"
};

static const unsigned char asset_229[] = {
#embed "../../../web/js/words/en/feeds.js"
};

static const unsigned char asset_230[] = {
#embed "../../../web/js/words/en/history.js"
};

static const unsigned char asset_231[] = {
#embed "../../../web/js/words/en/inbox.js"
};

static const unsigned char asset_232[] = {
#embed "../../../web/js/words/en/index.js"
};

static const unsigned char asset_233[] = {
#embed "../../../web/js/words/en/keys.js"
};

static const unsigned char asset_234[] = {
#embed "../../../web/js/words/en/lists.js"
};

static const unsigned char asset_235[] = {
#embed "../../../web/js/words/en/notify.js"
};

static const unsigned char asset_236[] = {
#embed "../../../web/js/words/en/offline.js"
};

static const unsigned char asset_237[] = {
#embed "../../../web/js/words/en/page.js"
};

static const unsigned char asset_238[] = {
#embed "../../../web/js/words/en/panel.js"
};

static const unsigned char asset_239[] = {
#embed "../../../web/js/words/en/pickers.js"
};

static const unsigned char asset_240[] = {
#embed "../../../web/js/words/en/problems.js"
};

static const unsigned char asset_241[] = {
#embed "../../../web/js/words/en/programs.js"
};

static const unsigned char asset_242[] = {
#embed "../../../web/js/words/en/saved.js"
};

static const unsigned char asset_243[] = {
#embed "../../../web/js/words/en/tags.js"
};

static const unsigned char asset_244[] = {
#embed "../../../web/js/words/en/tasks.js"
};

static const unsigned char asset_245[] = {
#embed "../../../web/js/words/en/voice.js"
};

static const unsigned char asset_246[] = {
#embed "../../../web/js/words/en/writing.js"
};

static const unsigned char asset_247[] = {
#embed "../../../web/js/words/habits.js"
};

static const unsigned char asset_248[] = {
#embed "../../../web/js/words/notify.js"
};

static const unsigned char asset_249[] = {
#embed "../../../web/js/words/problems.js"
};

static const unsigned char asset_250[] = {
#embed "../../../web/js/words/words.js"
};

static const unsigned char asset_251[] = {
#embed "../../../web/manifest.de.webmanifest"
};

static const unsigned char asset_252[] = {
#embed "../../../web/manifest.webmanifest"
};

static const unsigned char asset_253[] = {
#embed "../../../web/openapi.json"
};

static const unsigned char asset_254[] = {
#embed "../../../web/sw.js"
};

const errand_web_asset errand_web_assets[] = {
    {"css/access.css", asset_0, sizeof asset_0},
    {"css/account.css", asset_1, sizeof asset_1},
    {"css/base.css", asset_2, sizeof asset_2},
    {"css/chat.css", asset_3, sizeof asset_3},
    {"css/components.css", asset_4, sizeof asset_4},
    {"css/conflict.css", asset_5, sizeof asset_5},
    {"css/docs.css", asset_6, sizeof asset_6},
    {"css/inbox.css", asset_7, sizeof asset_7},
    {"css/layout.css", asset_8, sizeof asset_8},
    {"css/markdown.css", asset_9, sizeof asset_9},
    {"css/offline.css", asset_10, sizeof asset_10},
    {"css/panel.css", asset_11, sizeof asset_11},
    {"css/picker-places.css", asset_12, sizeof asset_12},
    {"css/pickers.css", asset_13, sizeof asset_13},
    {"css/settings.css", asset_14, sizeof asset_14},
    {"css/tags.css", asset_15, sizeof asset_15},
    {"css/tasks.css", asset_16, sizeof asset_16},
    {"css/tokens.css", asset_17, sizeof asset_17},
    {"css/views.css", asset_18, sizeof asset_18},
    {"docs.html", asset_19, sizeof asset_19},
    {"favicon.svg", asset_20, sizeof asset_20},
    {"icons/icon-192.png", asset_21, sizeof asset_21},
    {"icons/icon-512.png", asset_22, sizeof asset_22},
    {"icons/maskable-512.png", asset_23, sizeof asset_23},
    {"index.html", asset_24, sizeof asset_24},
    {"js/api.js", asset_25, sizeof asset_25},
    {"js/components/account-forms.js", asset_26, sizeof asset_26},
    {"js/components/add-form.js", asset_27, sizeof asset_27},
    {"js/components/bell.js", asset_28, sizeof asset_28},
    {"js/components/bulk-bar.js", asset_29, sizeof asset_29},
    {"js/components/channel-forms.js", asset_30, sizeof asset_30},
    {"js/components/channel-row.js", asset_31, sizeof asset_31},
    {"js/components/channels-section.js", asset_32, sizeof asset_32},
    {"js/components/chat-panel.js", asset_33, sizeof asset_33},
    {"js/components/completion.js", asset_34, sizeof asset_34},
    {"js/components/conflict-dialog.js", asset_35, sizeof asset_35},
    {"js/components/conflict.js", asset_36, sizeof asset_36},
    {"js/components/connection.js", asset_37, sizeof asset_37},
    {"js/components/date-picker.js", asset_38, sizeof asset_38},
    {"js/components/day-strip.js", asset_39, sizeof asset_39},
    {"js/components/devices-section.js", asset_40, sizeof asset_40},
    {"js/components/editor-clashes.js", asset_41, sizeof asset_41},
    {"js/components/editor-parts.js", asset_42, sizeof asset_42},
    {"js/components/editor.js", asset_43, sizeof asset_43},
    {"js/components/element.js", asset_44, sizeof asset_44},
    {"js/components/empty-state.js", asset_45, sizeof asset_45},
    {"js/components/examples-bar.js", asset_46, sizeof asset_46},
    {"js/components/field.js", asset_47, sizeof asset_47},
    {"js/components/filter-dialog.js", asset_48, sizeof asset_48},
    {"js/components/filter-list.js", asset_49, sizeof asset_49},
    {"js/components/help-dialog.js", asset_50, sizeof asset_50},
    {"js/components/history-section.js", asset_51, sizeof asset_51},
    {"js/components/history-words.js", asset_52, sizeof asset_52},
    {"js/components/icon.js", asset_53, sizeof asset_53},
    {"js/components/inbox-panel.js", asset_54, sizeof asset_54},
    {"js/components/later.js", asset_55, sizeof asset_55},
    {"js/components/markdown.js", asset_56, sizeof asset_56},
    {"js/components/matrix-section.js", asset_57, sizeof asset_57},
    {"js/components/month-grid.js", asset_58, sizeof asset_58},
    {"js/components/notification-row.js", asset_59, sizeof asset_59},
    {"js/components/order-drag.js", asset_60, sizeof asset_60},
    {"js/components/palette.js", asset_61, sizeof asset_61},
    {"js/components/pickers.js", asset_62, sizeof asset_62},
    {"js/components/popover.js", asset_63, sizeof asset_63},
    {"js/components/programs-panel.js", asset_64, sizeof asset_64},
    {"js/components/quick-chips.js", asset_65, sizeof asset_65},
    {"js/components/receipts.js", asset_66, sizeof asset_66},
    {"js/components/recurrence-builder.js", asset_67, sizeof asset_67},
    {"js/components/reminder-editor.js", asset_68, sizeof asset_68},
    {"js/components/reminder-form.js", asset_69, sizeof asset_69},
    {"js/components/reminder-words.js", asset_70, sizeof asset_70},
    {"js/components/rule-fields.js", asset_71, sizeof asset_71},
    {"js/components/rule-words.js", asset_72, sizeof asset_72},
    {"js/components/saved-filters.js", asset_73, sizeof asset_73},
    {"js/components/scope-question.js", asset_74, sizeof asset_74},
    {"js/components/search-box.js", asset_75, sizeof asset_75},
    {"js/components/secret-box.js", asset_76, sizeof asset_76},
    {"js/components/section-head.js", asset_77, sizeof asset_77},
    {"js/components/settings-opener.js", asset_78, sizeof asset_78},
    {"js/components/settings-panel.js", asset_79, sizeof asset_79},
    {"js/components/settings/data-part.js", asset_80, sizeof asset_80},
    {"js/components/settings/day-part.js", asset_81, sizeof asset_81},
    {"js/components/settings/feed-form.js", asset_82, sizeof asset_82},
    {"js/components/settings/feeds-block.js", asset_83, sizeof asset_83},
    {"js/components/settings/group.js", asset_84, sizeof asset_84},
    {"js/components/settings/import-form.js", asset_85, sizeof asset_85},
    {"js/components/settings/leaving-part.js", asset_86, sizeof asset_86},
    {"js/components/settings/profile-part.js", asset_87, sizeof asset_87},
    {"js/components/settings/region-part.js", asset_88, sizeof asset_88},
    {"js/components/settings/saved-field.js", asset_89, sizeof asset_89},
    {"js/components/settings/token-form.js", asset_90, sizeof asset_90},
    {"js/components/shortcuts.js", asset_91, sizeof asset_91},
    {"js/components/suggestions.js", asset_92, sizeof asset_92},
    {"js/components/tag-field.js", asset_93, sizeof asset_93},
    {"js/components/tag-list.js", asset_94, sizeof asset_94},
    {"js/components/task-fields.js", asset_95, sizeof asset_95},
    {"js/components/task-list.js", asset_96, sizeof asset_96},
    {"js/components/task-pickers.js", asset_97, sizeof asset_97},
    {"js/components/task-row.js", asset_98, sizeof asset_98},
    {"js/components/time-field.js", asset_99, sizeof asset_99},
    {"js/components/times-section.js", asset_100, sizeof asset_100},
    {"js/components/timing-section.js", asset_101, sizeof asset_101},
    {"js/components/toast.js", asset_102, sizeof asset_102},
    {"js/components/value-words.js", asset_103, sizeof asset_103},
    {"js/components/voice.js", asset_104, sizeof asset_104},
    {"js/components/words-field.js", asset_105, sizeof asset_105},
    {"js/components/zone-field.js", asset_106, sizeof asset_106},
    {"js/docs/element.js", asset_107, sizeof asset_107},
    {"js/docs/example.js", asset_108, sizeof asset_108},
    {"js/docs/main.js", asset_109, sizeof asset_109},
    {"js/docs/operation.js", asset_110, sizeof asset_110},
    {"js/docs/schema.js", asset_111, sizeof asset_111},
    {"js/language.js", asset_112, sizeof asset_112},
    {"js/lib/arrival.js", asset_113, sizeof asset_113},
    {"js/lib/clock.js", asset_114, sizeof asset_114},
    {"js/lib/compare.js", asset_115, sizeof asset_115},
    {"js/lib/dates.js", asset_116, sizeof asset_116},
    {"js/lib/days.js", asset_117, sizeof asset_117},
    {"js/lib/event-stream.js", asset_118, sizeof asset_118},
    {"js/lib/filter-words.js", asset_119, sizeof asset_119},
    {"js/lib/frame.js", asset_120, sizeof asset_120},
    {"js/lib/highlight.js", asset_121, sizeof asset_121},
    {"js/lib/ids.js", asset_122, sizeof asset_122},
    {"js/lib/keys.js", asset_123, sizeof asset_123},
    {"js/lib/locales.js", asset_124, sizeof asset_124},
    {"js/lib/markdown.js", asset_125, sizeof asset_125},
    {"js/lib/month.js", asset_126, sizeof asset_126},
    {"js/lib/notify.js", asset_127, sizeof asset_127},
    {"js/lib/paths.js", asset_128, sizeof asset_128},
    {"js/lib/plain.js", asset_129, sizeof asset_129},
    {"js/lib/press.js", asset_130, sizeof asset_130},
    {"js/lib/push.js", asset_131, sizeof asset_131},
    {"js/lib/quick-add.js", asset_132, sizeof asset_132},
    {"js/lib/reminders.js", asset_133, sizeof asset_133},
    {"js/lib/route.js", asset_134, sizeof asset_134},
    {"js/lib/rules.js", asset_135, sizeof asset_135},
    {"js/lib/sequence.js", asset_136, sizeof asset_136},
    {"js/lib/shelf.js", asset_137, sizeof asset_137},
    {"js/lib/speech.js", asset_138, sizeof asset_138},
    {"js/lib/tabs.js", asset_139, sizeof asset_139},
    {"js/lib/text.js", asset_140, sizeof asset_140},
    {"js/lib/worker.js", asset_141, sizeof asset_141},
    {"js/lib/zones.js", asset_142, sizeof asset_142},
    {"js/live.js", asset_143, sizeof asset_143},
    {"js/main.js", asset_144, sizeof asset_144},
    {"js/push.js", asset_145, sizeof asset_145},
    {"js/router.js", asset_146, sizeof asset_146},
    {"js/store.js", asset_147, sizeof asset_147},
    {"js/store/badge.js", asset_148, sizeof asset_148},
    {"js/store/bulk.js", asset_149, sizeof asset_149},
    {"js/store/calls.js", asset_150, sizeof asset_150},
    {"js/store/channels.js", asset_151, sizeof asset_151},
    {"js/store/chat.js", asset_152, sizeof asset_152},
    {"js/store/commands.js", asset_153, sizeof asset_153},
    {"js/store/conditions.js", asset_154, sizeof asset_154},
    {"js/store/copy.js", asset_155, sizeof asset_155},
    {"js/store/core.js", asset_156, sizeof asset_156},
    {"js/store/devices.js", asset_157, sizeof asset_157},
    {"js/store/examples.js", asset_158, sizeof asset_158},
    {"js/store/feed.js", asset_159, sizeof asset_159},
    {"js/store/feeds.js", asset_160, sizeof asset_160},
    {"js/store/filters.js", asset_161, sizeof asset_161},
    {"js/store/history.js", asset_162, sizeof asset_162},
    {"js/store/inbox.js", asset_163, sizeof asset_163},
    {"js/store/known.js", asset_164, sizeof asset_164},
    {"js/store/lanes.js", asset_165, sizeof asset_165},
    {"js/store/listing.js", asset_166, sizeof asset_166},
    {"js/store/local.js", asset_167, sizeof asset_167},
    {"js/store/moving.js", asset_168, sizeof asset_168},
    {"js/store/order.js", asset_169, sizeof asset_169},
    {"js/store/outbox.js", asset_170, sizeof asset_170},
    {"js/store/pages.js", asset_171, sizeof asset_171},
    {"js/store/placing.js", asset_172, sizeof asset_172},
    {"js/store/programs.js", asset_173, sizeof asset_173},
    {"js/store/query.js", asset_174, sizeof asset_174},
    {"js/store/reach.js", asset_175, sizeof asset_175},
    {"js/store/reading.js", asset_176, sizeof asset_176},
    {"js/store/settings.js", asset_177, sizeof asset_177},
    {"js/store/timing.js", asset_178, sizeof asset_178},
    {"js/store/tokens.js", asset_179, sizeof asset_179},
    {"js/store/writing.js", asset_180, sizeof asset_180},
    {"js/transport.js", asset_181, sizeof asset_181},
    {"js/views/arranging.js", asset_182, sizeof asset_182},
    {"js/views/auth.js", asset_183, sizeof asset_183},
    {"js/views/later-parts.js", asset_184, sizeof asset_184},
    {"js/views/task-keys.js", asset_185, sizeof asset_185},
    {"js/views/tasks.js", asset_186, sizeof asset_186},
    {"js/views/unreachable.js", asset_187, sizeof asset_187},
    {"js/words/dates.js", asset_188, sizeof asset_188},
    {"js/words/de/account.js", asset_189, sizeof asset_189},
    {"js/words/de/auth.js", asset_190, sizeof asset_190},
    {"js/words/de/bulk.js", asset_191, sizeof asset_191},
    {"js/words/de/channels.js", asset_192, sizeof asset_192},
    {"js/words/de/chat.js", asset_193, sizeof asset_193},
    {"js/words/de/common.js", asset_194, sizeof asset_194},
    {"js/words/de/conflict.js", asset_195, sizeof asset_195},
    {"js/words/de/credentials.js", asset_196, sizeof asset_196},
    {"js/words/de/dates.js", asset_197, sizeof asset_197},
    {"js/words/de/devices.js", asset_198, sizeof asset_198},
    {"js/words/de/examples.js", asset_199, sizeof asset_199},
    {"js/words/de/feeds.js", asset_200, sizeof asset_200},
    {"js/words/de/history.js", asset_201, sizeof asset_201},
    {"js/words/de/inbox.js", asset_202, sizeof asset_202},
    {"js/words/de/index.js", asset_203, sizeof asset_203},
    {"js/words/de/keys.js", asset_204, sizeof asset_204},
    {"js/words/de/lists.js", asset_205, sizeof asset_205},
    {"js/words/de/notify.js", asset_206, sizeof asset_206},
    {"js/words/de/offline.js", asset_207, sizeof asset_207},
    {"js/words/de/page.js", asset_208, sizeof asset_208},
    {"js/words/de/panel.js", asset_209, sizeof asset_209},
    {"js/words/de/pickers.js", asset_210, sizeof asset_210},
    {"js/words/de/problems.js", asset_211, sizeof asset_211},
    {"js/words/de/programs.js", asset_212, sizeof asset_212},
    {"js/words/de/saved.js", asset_213, sizeof asset_213},
    {"js/words/de/tags.js", asset_214, sizeof asset_214},
    {"js/words/de/tasks.js", asset_215, sizeof asset_215},
    {"js/words/de/voice.js", asset_216, sizeof asset_216},
    {"js/words/de/writing.js", asset_217, sizeof asset_217},
    {"js/words/en/account.js", asset_218, sizeof asset_218},
    {"js/words/en/auth.js", asset_219, sizeof asset_219},
    {"js/words/en/bulk.js", asset_220, sizeof asset_220},
    {"js/words/en/channels.js", asset_221, sizeof asset_221},
    {"js/words/en/chat.js", asset_222, sizeof asset_222},
    {"js/words/en/common.js", asset_223, sizeof asset_223},
    {"js/words/en/conflict.js", asset_224, sizeof asset_224},
    {"js/words/en/credentials.js", asset_225, sizeof asset_225},
    {"js/words/en/dates.js", asset_226, sizeof asset_226},
    {"js/words/en/devices.js", asset_227, sizeof asset_227},
    {"js/words/en/examples.js", asset_228, sizeof asset_228},
    {"js/words/en/feeds.js", asset_229, sizeof asset_229},
    {"js/words/en/history.js", asset_230, sizeof asset_230},
    {"js/words/en/inbox.js", asset_231, sizeof asset_231},
    {"js/words/en/index.js", asset_232, sizeof asset_232},
    {"js/words/en/keys.js", asset_233, sizeof asset_233},
    {"js/words/en/lists.js", asset_234, sizeof asset_234},
    {"js/words/en/notify.js", asset_235, sizeof asset_235},
    {"js/words/en/offline.js", asset_236, sizeof asset_236},
    {"js/words/en/page.js", asset_237, sizeof asset_237},
    {"js/words/en/panel.js", asset_238, sizeof asset_238},
    {"js/words/en/pickers.js", asset_239, sizeof asset_239},
    {"js/words/en/problems.js", asset_240, sizeof asset_240},
    {"js/words/en/programs.js", asset_241, sizeof asset_241},
    {"js/words/en/saved.js", asset_242, sizeof asset_242},
    {"js/words/en/tags.js", asset_243, sizeof asset_243},
    {"js/words/en/tasks.js", asset_244, sizeof asset_244},
    {"js/words/en/voice.js", asset_245, sizeof asset_245},
    {"js/words/en/writing.js", asset_246, sizeof asset_246},
    {"js/words/habits.js", asset_247, sizeof asset_247},
    {"js/words/notify.js", asset_248, sizeof asset_248},
    {"js/words/problems.js", asset_249, sizeof asset_249},
    {"js/words/words.js", asset_250, sizeof asset_250},
    {"manifest.de.webmanifest", asset_251, sizeof asset_251},
    {"manifest.webmanifest", asset_252, sizeof asset_252},
    {"openapi.json", asset_253, sizeof asset_253},
    {"sw.js", asset_254, sizeof asset_254},
};

const errand_web_asset *errand_first_web_asset(void) { return errand_web_assets; }

const size_t errand_web_asset_count = sizeof errand_web_assets / sizeof errand_web_assets[0];
