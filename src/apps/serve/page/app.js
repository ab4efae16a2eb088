// SPDX-License-Identifier: Apache-2.0
// The page: what it is made of, and what happens when something is new.

import { dialog, el, later, put, say } from "./dom.js";
import { begin as sendDropped, dropZone, hearFiles, setLimit, takeDrops } from "./drop.js";
import { follow } from "./follow.js";
import { storiesPanel } from "./logged.js";
import { openMessage, tabs } from "./message.js";
import { Rows } from "./rows.js";
import { download, get, post, Refused } from "./server.js";
import { firstLanguage, known, languageNow, setZone, speak, t, zoneNow } from "./words.js";
import { verdictPanel } from "./verdict.js";

const FORMATS = ["xlsx", "csv", "jsonl", "html", "timesketch", "markdown"];
const VERDICTS = ["legitimate", "fraud", "suspicious", "compromised", "irrelevant", "unknown"];

const page = { caseNow: null, shown: 0, provisional: false, anew: () => {} };

// ---- entries of the journal ----

function field(label, control, hint) {
  return el("label", { class: "field" }, el("span", {}, label), control, hint ? el("span", { class: "hint" }, hint) : null);
}

/** A dialog that records something; it stays open with the reason where it could not. */
function form(title, fields, hint, send) {
  const trouble = el("p", { class: "trouble", role: "alert", hidden: true });
  const body = el("form", { class: "entry", onsubmit: async (event) => {
    event.preventDefault();
    try {
      const written = await send();
      node.close();
      say(written.entry ? t("serve.saved", { entry: written.entry }) : "");
    } catch (error) {
      trouble.hidden = false;
      put(trouble, t("serve.not_saved", { why: error.message }));
    }
  } }, hint ? el("p", { class: "hint" }, hint) : null, fields, trouble,
  el("div", { class: "buttons" }, el("button", { type: "submit" }, t("serve.save")),
    el("button", { type: "button", class: "quiet", onclick: () => node.close() }, t("serve.cancel"))));
  const node = dialog(title, body, { close: t("serve.close") });
  return node;
}

function numbered(row) {
  if (row.row > 0) return true;
  say(t("serve.not_yet"), "bad");
  return false;
}

function strike(row) {
  if (!numbered(row)) return;
  const why = el("input", { required: true, autofocus: true, maxlength: "2000", name: "why" });
  form(t("serve.strike_row", { row: row.row }), field(t("serve.why"), why), t("serve.strike_hint"), () => post("strikes", { row: row.row, why: why.value }));
}

function note(row) {
  if (!numbered(row)) return;
  const text = el("textarea", { required: true, autofocus: true, rows: "4", maxlength: "5000", name: "text" });
  form(t("serve.note_row", { row: row.row }), field(t("serve.note_text"), text), "", () => post("notes", { row: row.row, text: text.value }));
}

function qualify(row) {
  if (!numbered(row)) return;
  const as = el("select", { autofocus: true, name: "as" }, VERDICTS.map((one) => el("option", { value: one }, known(`verdict.${one}`, one))));
  const why = el("input", { maxlength: "2000", name: "why" });
  form(t("serve.qualify_row", { row: row.row }), [field(t("serve.qualify_as"), as), field(t("serve.why"), why)], "",
    () => post("verdicts", { row: row.row, as: as.value, why: why.value }));
}

function addAction() {
  const text = el("input", { required: true, autofocus: true, maxlength: "2000", name: "text" });
  const time = el("input", { name: "time", maxlength: "40" });
  const actor = el("input", { name: "actor", maxlength: "200", value: page.caseNow.by });
  const comment = el("textarea", { rows: "3", name: "comment", maxlength: "5000" });
  form(t("serve.add_action"), [field(t("serve.action_text"), text), field(t("serve.action_time"), time, t("serve.action_time_hint")),
    field(t("serve.action_actor"), actor), field(t("serve.action_comment"), comment)], "",
  () => post("actions", { text: text.value, time: time.value, actor: actor.value, comment: comment.value }));
}

function keepCase() {
  const folder = el("input", { required: true, autofocus: true, name: "folder", placeholder: "/home/…" });
  form(t("serve.keep"), field(t("serve.keep_where"), folder), "", async () => {
    page.caseNow = await post("case", { folder: folder.value });
    showCase();
    return {};
  });
}

const acts = {
  strike, note, qualify,
  open: (row) => openMessage(row.kind === "message" ? row.id : row.about ?? row.id, row, acts),
};
const openById = (id, kind) => openMessage(id, kind ? { kind } : null, acts);

// ---- the frame ----

function languageSwitch() {
  return el("div", { class: "switch", role: "group", "aria-label": t("serve.language") }, ["fr", "en"].map((one) =>
    el("button", { type: "button", lang: one, "aria-pressed": String(languageNow() === one), "aria-label": one === "fr" ? "FR, français" : "EN, English",
      onclick: async () => {
        localStorage.setItem("language", one);
        await speak(one);
        await build();
        page.anew();
        document.querySelector(`.switch [lang="${one}"]`)?.focus();
      } }, one.toUpperCase())));
}

function zoneSelect() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const select = el("select", { id: "zone", onchange: () => {
    setZone(select.value);
    showVerdict();
    showStories();
    page.timeline.reload();
    page.actions.reload();
  } },
  el("option", { value: "" }, t("serve.zone_rows")), el("option", { value: own }, t("serve.zone_local", { zone: own })), el("option", { value: "UTC" }, "UTC"),
  el("option", { value: "Europe/Paris" }, "Europe/Paris"),
  el("optgroup", { label: t("serve.zone_all") }, Intl.supportedValuesOf("timeZone").map((one) => el("option", { value: one }, one))));
  select.value = zoneNow();
  return el("label", { class: "inline" }, el("span", { class: "label" }, t("serve.zone")), select);
}

function exportMenu() {
  const save = async (format) => {
    menu.open = false;
    try {
      say(t("serve.exported", { name: await download(format, languageNow()) }));
    } catch (error) {
      say(error.message, "bad");
    }
  };
  const menu = el("details", { class: "menu" }, el("summary", {}, t("serve.export")),
    el("ul", {}, FORMATS.map((one) => el("li", {}, el("button", { type: "button", class: "quiet", "data-format": one, onclick: () => save(one) }, t(`serve.export.${one}`))))));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  return menu;
}

function showCase() {
  const one = page.caseNow;
  put(page.caseLine, one.temporary
    ? [t("serve.temporary"), " ", el("button", { type: "button", class: "quiet", onclick: keepCase }, t("serve.keep"))]
    : t("serve.case", { folder: one.folder }),
  one.fault ? el("span", { class: "trouble", role: "alert" }, one.fault) : null);
}

async function showVerdict() {
  const verdict = await get("verdict", { lang: languageNow() });
  const old = page.verdict;
  page.verdict = verdict.level === "empty" ? el("section", { hidden: true }) : verdictPanel(verdict, page.caseNow.own_domains, page.provisional, openById);
  old.replaceWith(page.verdict);
  document.body.classList.toggle("empty", verdict.level === "empty");
}

async function showStories() {
  const { sessions } = await get("sessions", { lang: languageNow() });
  const old = page.stories;
  page.stories = storiesPanel(sessions, openById);
  old.replaceWith(page.stories);
}

function showAll() {
  return Promise.all([showVerdict(), showStories(), page.timeline.reload(), page.actions.reload(), page.timeline.refreshFacets()]);
}

/** What could not be asked is asked again at the next event, which comes each second. */
const refresh = later(async () => {
  if (page.refreshing) return;
  page.refreshing = true;
  const wanted = page.wanted;
  try {
    page.caseNow = await get("case", { lang: languageNow() });
    await showAll();
    showCase();
    page.shown = wanted;
    if (page.wanted !== wanted) refresh();
  } catch (error) {
    if (error instanceof Refused) say(error.message, "bad");
  } finally {
    page.refreshing = false;
  }
}, 60);

function hear(event) {
  if (!hearFiles(event)) page.anew();
  if (event.snapshot === page.shown) return;
  page.wanted = event.snapshot;
  page.provisional = event.provisional;
  refresh();
}

function tell(how) {
  page.gone.hidden = how === "ok";
  if (how !== "ok") put(page.gone, t(how === "refused" ? "serve.no_token" : "serve.gone"));
}

async function build() {
  document.title = t("serve.title");
  const filter = page.timeline?.filter ?? {};
  page.caseLine = el("p", { class: "case" });
  page.gone = el("p", { class: "trouble", role: "alert", hidden: true });
  page.verdict = el("section", { hidden: true });
  page.stories = el("section", { hidden: true });
  page.timeline = new Rows("timeline", { ...acts });
  page.actions = new Rows("actions", { ...acts, above: el("div", { class: "buttons" }, el("button", { type: "button", id: "add-action", onclick: addAction }, t("serve.add_action"))) });
  page.timeline.filter = filter;
  for (const [name, control] of page.timeline.controls) control.value = filter[name] ?? "";
  const both = tabs("case", [["timeline", t("serve.timeline"), page.timeline.node, () => page.timeline.measure()],
    ["actions", t("serve.actions"), page.actions.node, () => page.actions.measure()]]);
  put(document.body,
    el("a", { class: "skip", href: "#rows" }, t("serve.skip")),
    el("header", { class: "top" }, el("h1", {}, "threadline"), el("p", { class: "local" }, el("span", { "aria-hidden": "true", class: "dot" }), t("serve.local")),
      el("div", { class: "tools" }, zoneSelect(), exportMenu(), languageSwitch())),
    el("main", {}, page.gone, page.caseLine, page.verdict, page.stories, dropZone(),
      el("section", { id: "rows", tabindex: "-1", class: "case-rows", "aria-label": t("serve.timeline") }, both.bar, both.panels)));
  await showAll();
  showCase();
}

function refused(text) {
  put(document.body, el("main", { class: "alone" }, el("h1", {}, "threadline"), el("p", { role: "alert" }, text)));
}

async function begin() {
  try {
    page.caseNow = await get("case", { lang: languageNow() });
    setLimit(page.caseNow.upload_bytes);
    await speak(firstLanguage(page.caseNow.language));
    await build();
  } catch (error) {
    const isFrench = navigator.language?.startsWith("fr");  // the program's words may not be here
    const key = isFrench ? "Ouvrez l'adresse que threadline a affichée : elle contient la clé de cette page." : "Open the address that threadline printed: it holds the key of this page.";
    const gone = isFrench ? "threadline ne répond pas. Relancez-le, puis ouvrez la nouvelle adresse." : "threadline does not answer. Start it again, then open the new address.";
    refused(error instanceof Refused ? key : gone);
    return;
  }
  sendDropped();
  page.anew = follow(languageNow, hear, tell);
}

takeDrops();  // before anything else: a browser opens what is dropped where nobody takes it
begin();
