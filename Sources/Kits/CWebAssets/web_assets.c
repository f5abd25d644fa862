// Written by scripts/embed-web: the files under web/, through C23 #embed.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "web_assets.h"

static const unsigned char asset_0[] = {
#embed "../../../web/css/base.css"
};

static const unsigned char asset_1[] = {
#embed "../../../web/css/chat.css"
};

static const unsigned char asset_2[] = {
#embed "../../../web/css/components.css"
};

static const unsigned char asset_3[] = {
#embed "../../../web/css/conflict.css"
};

static const unsigned char asset_4[] = {
#embed "../../../web/css/docs.css"
};

static const unsigned char asset_5[] = {
#embed "../../../web/css/inbox.css"
};

static const unsigned char asset_6[] = {
#embed "../../../web/css/layout.css"
};

static const unsigned char asset_7[] = {
#embed "../../../web/css/markdown.css"
};

static const unsigned char asset_8[] = {
#embed "../../../web/css/offline.css"
};

static const unsigned char asset_9[] = {
#embed "../../../web/css/settings.css"
};

static const unsigned char asset_10[] = {
#embed "../../../web/css/tasks.css"
};

static const unsigned char asset_11[] = {
#embed "../../../web/css/tokens.css"
};

static const unsigned char asset_12[] = {
#embed "../../../web/css/views.css"
};

static const unsigned char asset_13[] = {
#embed "../../../web/docs.html"
};

static const unsigned char asset_14[] = {
#embed "../../../web/favicon.svg"
};

static const unsigned char asset_15[] = {
#embed "../../../web/icons/icon-192.png"
};

static const unsigned char asset_16[] = {
#embed "../../../web/icons/icon-512.png"
};

static const unsigned char asset_17[] = {
#embed "../../../web/icons/maskable-512.png"
};

static const unsigned char asset_18[] = {
#embed "../../../web/index.html"
};

static const unsigned char asset_19[] = {
#embed "../../../web/js/api.js"
};

static const unsigned char asset_20[] = {
#embed "../../../web/js/components/account-dialog.js"
};

static const unsigned char asset_21[] = {
#embed "../../../web/js/components/account-forms.js"
};

static const unsigned char asset_22[] = {
#embed "../../../web/js/components/add-form.js"
};

static const unsigned char asset_23[] = {
#embed "../../../web/js/components/bell.js"
};

static const unsigned char asset_24[] = {
#embed "../../../web/js/components/bulk-bar.js"
};

static const unsigned char asset_25[] = {
#embed "../../../web/js/components/channel-forms.js"
};

static const unsigned char asset_26[] = {
#embed "../../../web/js/components/channel-row.js"
};

static const unsigned char asset_27[] = {
#embed "../../../web/js/components/channels-section.js"
};

static const unsigned char asset_28[] = {
#embed "../../../web/js/components/chat-panel.js"
};

static const unsigned char asset_29[] = {
#embed "../../../web/js/components/conflict-dialog.js"
};

static const unsigned char asset_30[] = {
#embed "../../../web/js/components/conflict.js"
};

static const unsigned char asset_31[] = {
#embed "../../../web/js/components/connection.js"
};

static const unsigned char asset_32[] = {
#embed "../../../web/js/components/day-strip.js"
};

static const unsigned char asset_33[] = {
#embed "../../../web/js/components/devices-section.js"
};

static const unsigned char asset_34[] = {
#embed "../../../web/js/components/editor.js"
};

static const unsigned char asset_35[] = {
#embed "../../../web/js/components/element.js"
};

static const unsigned char asset_36[] = {
#embed "../../../web/js/components/empty-state.js"
};

static const unsigned char asset_37[] = {
#embed "../../../web/js/components/examples-bar.js"
};

static const unsigned char asset_38[] = {
#embed "../../../web/js/components/field.js"
};

static const unsigned char asset_39[] = {
#embed "../../../web/js/components/filter-list.js"
};

static const unsigned char asset_40[] = {
#embed "../../../web/js/components/help-dialog.js"
};

static const unsigned char asset_41[] = {
#embed "../../../web/js/components/icon.js"
};

static const unsigned char asset_42[] = {
#embed "../../../web/js/components/inbox-panel.js"
};

static const unsigned char asset_43[] = {
#embed "../../../web/js/components/markdown.js"
};

static const unsigned char asset_44[] = {
#embed "../../../web/js/components/matrix-section.js"
};

static const unsigned char asset_45[] = {
#embed "../../../web/js/components/notification-row.js"
};

static const unsigned char asset_46[] = {
#embed "../../../web/js/components/palette.js"
};

static const unsigned char asset_47[] = {
#embed "../../../web/js/components/programs-panel.js"
};

static const unsigned char asset_48[] = {
#embed "../../../web/js/components/quick-chips.js"
};

static const unsigned char asset_49[] = {
#embed "../../../web/js/components/receipts.js"
};

static const unsigned char asset_50[] = {
#embed "../../../web/js/components/search-box.js"
};

static const unsigned char asset_51[] = {
#embed "../../../web/js/components/secret-box.js"
};

static const unsigned char asset_52[] = {
#embed "../../../web/js/components/section-head.js"
};

static const unsigned char asset_53[] = {
#embed "../../../web/js/components/settings-panel.js"
};

static const unsigned char asset_54[] = {
#embed "../../../web/js/components/shortcuts.js"
};

static const unsigned char asset_55[] = {
#embed "../../../web/js/components/tag-list.js"
};

static const unsigned char asset_56[] = {
#embed "../../../web/js/components/task-fields.js"
};

static const unsigned char asset_57[] = {
#embed "../../../web/js/components/task-list.js"
};

static const unsigned char asset_58[] = {
#embed "../../../web/js/components/task-row.js"
};

static const unsigned char asset_59[] = {
#embed "../../../web/js/components/times-section.js"
};

static const unsigned char asset_60[] = {
#embed "../../../web/js/components/toast.js"
};

static const unsigned char asset_61[] = {
#embed "../../../web/js/docs/element.js"
};

static const unsigned char asset_62[] = {
#embed "../../../web/js/docs/example.js"
};

static const unsigned char asset_63[] = {
#embed "../../../web/js/docs/main.js"
};

static const unsigned char asset_64[] = {
#embed "../../../web/js/docs/operation.js"
};

static const unsigned char asset_65[] = {
#embed "../../../web/js/docs/schema.js"
};

static const unsigned char asset_66[] = {
#embed "../../../web/js/lib/arrival.js"
};

static const unsigned char asset_67[] = {
#embed "../../../web/js/lib/compare.js"
};

static const unsigned char asset_68[] = {
#embed "../../../web/js/lib/dates.js"
};

static const unsigned char asset_69[] = {
#embed "../../../web/js/lib/days.js"
};

static const unsigned char asset_70[] = {
#embed "../../../web/js/lib/event-stream.js"
};

static const unsigned char asset_71[] = {
#embed "../../../web/js/lib/highlight.js"
};

static const unsigned char asset_72[] = {
#embed "../../../web/js/lib/ids.js"
};

static const unsigned char asset_73[] = {
#embed "../../../web/js/lib/keys.js"
};

static const unsigned char asset_74[] = {
#embed "../../../web/js/lib/markdown.js"
};

static const unsigned char asset_75[] = {
#embed "../../../web/js/lib/notify.js"
};

static const unsigned char asset_76[] = {
#embed "../../../web/js/lib/paths.js"
};

static const unsigned char asset_77[] = {
#embed "../../../web/js/lib/push.js"
};

static const unsigned char asset_78[] = {
#embed "../../../web/js/lib/quick-add.js"
};

static const unsigned char asset_79[] = {
#embed "../../../web/js/lib/route.js"
};

static const unsigned char asset_80[] = {
#embed "../../../web/js/lib/sequence.js"
};

static const unsigned char asset_81[] = {
#embed "../../../web/js/lib/shelf.js"
};

static const unsigned char asset_82[] = {
#embed "../../../web/js/lib/tabs.js"
};

static const unsigned char asset_83[] = {
#embed "../../../web/js/lib/text.js"
};

static const unsigned char asset_84[] = {
#embed "../../../web/js/lib/worker.js"
};

static const unsigned char asset_85[] = {
#embed "../../../web/js/live.js"
};

static const unsigned char asset_86[] = {
#embed "../../../web/js/main.js"
};

static const unsigned char asset_87[] = {
#embed "../../../web/js/push.js"
};

static const unsigned char asset_88[] = {
#embed "../../../web/js/router.js"
};

static const unsigned char asset_89[] = {
#embed "../../../web/js/store.js"
};

static const unsigned char asset_90[] = {
#embed "../../../web/js/store/badge.js"
};

static const unsigned char asset_91[] = {
#embed "../../../web/js/store/bulk.js"
};

static const unsigned char asset_92[] = {
#embed "../../../web/js/store/channels.js"
};

static const unsigned char asset_93[] = {
#embed "../../../web/js/store/chat.js"
};

static const unsigned char asset_94[] = {
#embed "../../../web/js/store/commands.js"
};

static const unsigned char asset_95[] = {
#embed "../../../web/js/store/copy.js"
};

static const unsigned char asset_96[] = {
#embed "../../../web/js/store/core.js"
};

static const unsigned char asset_97[] = {
#embed "../../../web/js/store/devices.js"
};

static const unsigned char asset_98[] = {
#embed "../../../web/js/store/examples.js"
};

static const unsigned char asset_99[] = {
#embed "../../../web/js/store/feed.js"
};

static const unsigned char asset_100[] = {
#embed "../../../web/js/store/inbox.js"
};

static const unsigned char asset_101[] = {
#embed "../../../web/js/store/lanes.js"
};

static const unsigned char asset_102[] = {
#embed "../../../web/js/store/listing.js"
};

static const unsigned char asset_103[] = {
#embed "../../../web/js/store/local.js"
};

static const unsigned char asset_104[] = {
#embed "../../../web/js/store/moving.js"
};

static const unsigned char asset_105[] = {
#embed "../../../web/js/store/order.js"
};

static const unsigned char asset_106[] = {
#embed "../../../web/js/store/outbox.js"
};

static const unsigned char asset_107[] = {
#embed "../../../web/js/store/pages.js"
};

static const unsigned char asset_108[] = {
#embed "../../../web/js/store/programs.js"
};

static const unsigned char asset_109[] = {
#embed "../../../web/js/store/query.js"
};

static const unsigned char asset_110[] = {
#embed "../../../web/js/store/reach.js"
};

static const unsigned char asset_111[] = {
#embed "../../../web/js/store/settings.js"
};

static const unsigned char asset_112[] = {
#embed "../../../web/js/store/writing.js"
};

static const unsigned char asset_113[] = {
#embed "../../../web/js/views/auth.js"
};

static const unsigned char asset_114[] = {
#embed "../../../web/js/views/task-keys.js"
};

static const unsigned char asset_115[] = {
#embed "../../../web/js/views/tasks.js"
};

static const unsigned char asset_116[] = {
#embed "../../../web/js/views/unreachable.js"
};

static const unsigned char asset_117[] = {
#embed "../../../web/js/words/de/common.js"
};

static const unsigned char asset_118[] = {
#embed "../../../web/js/words/de/conflict.js"
};

static const unsigned char asset_119[] = {
#embed "../../../web/js/words/de/index.js"
};

static const unsigned char asset_120[] = {
#embed "../../../web/js/words/de/offline.js"
};

static const unsigned char asset_121[] = {
#embed "../../../web/js/words/en/common.js"
};

static const unsigned char asset_122[] = {
#embed "../../../web/js/words/en/conflict.js"
};

static const unsigned char asset_123[] = {
#embed "../../../web/js/words/en/index.js"
};

static const unsigned char asset_124[] = {
#embed "../../../web/js/words/en/offline.js"
};

static const unsigned char asset_125[] = {
#embed "../../../web/js/words/words.js"
};

static const unsigned char asset_126[] = {
#embed "../../../web/manifest.de.webmanifest"
};

static const unsigned char asset_127[] = {
#embed "../../../web/manifest.webmanifest"
};

static const unsigned char asset_128[] = {
#embed "../../../web/openapi.json"
};

static const unsigned char asset_129[] = {
#embed "../../../web/sw.js"
};

const errand_web_asset errand_web_assets[] = {
    {"css/base.css", asset_0, sizeof asset_0},
    {"css/chat.css", asset_1, sizeof asset_1},
    {"css/components.css", asset_2, sizeof asset_2},
    {"css/conflict.css", asset_3, sizeof asset_3},
    {"css/docs.css", asset_4, sizeof asset_4},
    {"css/inbox.css", asset_5, sizeof asset_5},
    {"css/layout.css", asset_6, sizeof asset_6},
    {"css/markdown.css", asset_7, sizeof asset_7},
    {"css/offline.css", asset_8, sizeof asset_8},
    {"css/settings.css", asset_9, sizeof asset_9},
    {"css/tasks.css", asset_10, sizeof asset_10},
    {"css/tokens.css", asset_11, sizeof asset_11},
    {"css/views.css", asset_12, sizeof asset_12},
    {"docs.html", asset_13, sizeof asset_13},
    {"favicon.svg", asset_14, sizeof asset_14},
    {"icons/icon-192.png", asset_15, sizeof asset_15},
    {"icons/icon-512.png", asset_16, sizeof asset_16},
    {"icons/maskable-512.png", asset_17, sizeof asset_17},
    {"index.html", asset_18, sizeof asset_18},
    {"js/api.js", asset_19, sizeof asset_19},
    {"js/components/account-dialog.js", asset_20, sizeof asset_20},
    {"js/components/account-forms.js", asset_21, sizeof asset_21},
    {"js/components/add-form.js", asset_22, sizeof asset_22},
    {"js/components/bell.js", asset_23, sizeof asset_23},
    {"js/components/bulk-bar.js", asset_24, sizeof asset_24},
    {"js/components/channel-forms.js", asset_25, sizeof asset_25},
    {"js/components/channel-row.js", asset_26, sizeof asset_26},
    {"js/components/channels-section.js", asset_27, sizeof asset_27},
    {"js/components/chat-panel.js", asset_28, sizeof asset_28},
    {"js/components/conflict-dialog.js", asset_29, sizeof asset_29},
    {"js/components/conflict.js", asset_30, sizeof asset_30},
    {"js/components/connection.js", asset_31, sizeof asset_31},
    {"js/components/day-strip.js", asset_32, sizeof asset_32},
    {"js/components/devices-section.js", asset_33, sizeof asset_33},
    {"js/components/editor.js", asset_34, sizeof asset_34},
    {"js/components/element.js", asset_35, sizeof asset_35},
    {"js/components/empty-state.js", asset_36, sizeof asset_36},
    {"js/components/examples-bar.js", asset_37, sizeof asset_37},
    {"js/components/field.js", asset_38, sizeof asset_38},
    {"js/components/filter-list.js", asset_39, sizeof asset_39},
    {"js/components/help-dialog.js", asset_40, sizeof asset_40},
    {"js/components/icon.js", asset_41, sizeof asset_41},
    {"js/components/inbox-panel.js", asset_42, sizeof asset_42},
    {"js/components/markdown.js", asset_43, sizeof asset_43},
    {"js/components/matrix-section.js", asset_44, sizeof asset_44},
    {"js/components/notification-row.js", asset_45, sizeof asset_45},
    {"js/components/palette.js", asset_46, sizeof asset_46},
    {"js/components/programs-panel.js", asset_47, sizeof asset_47},
    {"js/components/quick-chips.js", asset_48, sizeof asset_48},
    {"js/components/receipts.js", asset_49, sizeof asset_49},
    {"js/components/search-box.js", asset_50, sizeof asset_50},
    {"js/components/secret-box.js", asset_51, sizeof asset_51},
    {"js/components/section-head.js", asset_52, sizeof asset_52},
    {"js/components/settings-panel.js", asset_53, sizeof asset_53},
    {"js/components/shortcuts.js", asset_54, sizeof asset_54},
    {"js/components/tag-list.js", asset_55, sizeof asset_55},
    {"js/components/task-fields.js", asset_56, sizeof asset_56},
    {"js/components/task-list.js", asset_57, sizeof asset_57},
    {"js/components/task-row.js", asset_58, sizeof asset_58},
    {"js/components/times-section.js", asset_59, sizeof asset_59},
    {"js/components/toast.js", asset_60, sizeof asset_60},
    {"js/docs/element.js", asset_61, sizeof asset_61},
    {"js/docs/example.js", asset_62, sizeof asset_62},
    {"js/docs/main.js", asset_63, sizeof asset_63},
    {"js/docs/operation.js", asset_64, sizeof asset_64},
    {"js/docs/schema.js", asset_65, sizeof asset_65},
    {"js/lib/arrival.js", asset_66, sizeof asset_66},
    {"js/lib/compare.js", asset_67, sizeof asset_67},
    {"js/lib/dates.js", asset_68, sizeof asset_68},
    {"js/lib/days.js", asset_69, sizeof asset_69},
    {"js/lib/event-stream.js", asset_70, sizeof asset_70},
    {"js/lib/highlight.js", asset_71, sizeof asset_71},
    {"js/lib/ids.js", asset_72, sizeof asset_72},
    {"js/lib/keys.js", asset_73, sizeof asset_73},
    {"js/lib/markdown.js", asset_74, sizeof asset_74},
    {"js/lib/notify.js", asset_75, sizeof asset_75},
    {"js/lib/paths.js", asset_76, sizeof asset_76},
    {"js/lib/push.js", asset_77, sizeof asset_77},
    {"js/lib/quick-add.js", asset_78, sizeof asset_78},
    {"js/lib/route.js", asset_79, sizeof asset_79},
    {"js/lib/sequence.js", asset_80, sizeof asset_80},
    {"js/lib/shelf.js", asset_81, sizeof asset_81},
    {"js/lib/tabs.js", asset_82, sizeof asset_82},
    {"js/lib/text.js", asset_83, sizeof asset_83},
    {"js/lib/worker.js", asset_84, sizeof asset_84},
    {"js/live.js", asset_85, sizeof asset_85},
    {"js/main.js", asset_86, sizeof asset_86},
    {"js/push.js", asset_87, sizeof asset_87},
    {"js/router.js", asset_88, sizeof asset_88},
    {"js/store.js", asset_89, sizeof asset_89},
    {"js/store/badge.js", asset_90, sizeof asset_90},
    {"js/store/bulk.js", asset_91, sizeof asset_91},
    {"js/store/channels.js", asset_92, sizeof asset_92},
    {"js/store/chat.js", asset_93, sizeof asset_93},
    {"js/store/commands.js", asset_94, sizeof asset_94},
    {"js/store/copy.js", asset_95, sizeof asset_95},
    {"js/store/core.js", asset_96, sizeof asset_96},
    {"js/store/devices.js", asset_97, sizeof asset_97},
    {"js/store/examples.js", asset_98, sizeof asset_98},
    {"js/store/feed.js", asset_99, sizeof asset_99},
    {"js/store/inbox.js", asset_100, sizeof asset_100},
    {"js/store/lanes.js", asset_101, sizeof asset_101},
    {"js/store/listing.js", asset_102, sizeof asset_102},
    {"js/store/local.js", asset_103, sizeof asset_103},
    {"js/store/moving.js", asset_104, sizeof asset_104},
    {"js/store/order.js", asset_105, sizeof asset_105},
    {"js/store/outbox.js", asset_106, sizeof asset_106},
    {"js/store/pages.js", asset_107, sizeof asset_107},
    {"js/store/programs.js", asset_108, sizeof asset_108},
    {"js/store/query.js", asset_109, sizeof asset_109},
    {"js/store/reach.js", asset_110, sizeof asset_110},
    {"js/store/settings.js", asset_111, sizeof asset_111},
    {"js/store/writing.js", asset_112, sizeof asset_112},
    {"js/views/auth.js", asset_113, sizeof asset_113},
    {"js/views/task-keys.js", asset_114, sizeof asset_114},
    {"js/views/tasks.js", asset_115, sizeof asset_115},
    {"js/views/unreachable.js", asset_116, sizeof asset_116},
    {"js/words/de/common.js", asset_117, sizeof asset_117},
    {"js/words/de/conflict.js", asset_118, sizeof asset_118},
    {"js/words/de/index.js", asset_119, sizeof asset_119},
    {"js/words/de/offline.js", asset_120, sizeof asset_120},
    {"js/words/en/common.js", asset_121, sizeof asset_121},
    {"js/words/en/conflict.js", asset_122, sizeof asset_122},
    {"js/words/en/index.js", asset_123, sizeof asset_123},
    {"js/words/en/offline.js", asset_124, sizeof asset_124},
    {"js/words/words.js", asset_125, sizeof asset_125},
    {"manifest.de.webmanifest", asset_126, sizeof asset_126},
    {"manifest.webmanifest", asset_127, sizeof asset_127},
    {"openapi.json", asset_128, sizeof asset_128},
    {"sw.js", asset_129, sizeof asset_129},
};

const errand_web_asset *errand_first_web_asset(void) { return errand_web_assets; }

const size_t errand_web_asset_count = sizeof errand_web_assets / sizeof errand_web_assets[0];
