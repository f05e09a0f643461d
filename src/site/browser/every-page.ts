/** What every page does. */
import { addCopyButtons } from "./copy-buttons.ts";
import { startOffline } from "./offline.ts";
import { prepareSearch } from "./search.ts";
import { startShortcuts } from "./shortcuts.ts";
import { startThemeSwitch } from "./theme-switch.ts";

startOffline();
addCopyButtons();
prepareSearch();
startShortcuts();
startThemeSwitch();
