// SPDX-License-Identifier: Apache-2.0
// Evidence comes in: files and folders that are dropped or chosen, one request each, with what became of each.

import { el, put, say } from "./dom.js";
import { colon, languageNow, number, size, t } from "./words.js";
import { upload } from "./server.js";

const AT_ONCE = 3;        // requests
const SHOWN = 200;        // files of the list
const waiting = [];
const sent = new Map();   // number here -> {name, size, part, id, problem}
let running = 0;
let nextNumber = 0;
let isReady = false;
let limit = 50 * 1024 * 1024;
const OPEN = ["waiting", "reading"];
const known = new Map();  // id -> what the server says of it
let heard = null;         // the last of its events
let parts = null;

export function setLimit(bytes) {
  limit = bytes;
}

/** Adds what lies below, as it is found. What cannot be opened is said, and costs nothing else. */
async function addBelow(entry, path) {
  const name = path + entry.name;
  try {
    if (entry.isFile) return add([{ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), name }]);
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return undefined;
      for (const one of some) await addBelow(one, `${name}/`);
    }
  } catch (error) {
    nextNumber += 1;
    sent.set(nextNumber, { name, size: 0, part: 0, problem: String(error?.message ?? error) });
    return show();
  }
}

async function takeDropped(data) {
  const entries = [...data.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  for (const entry of entries) {
    if (entry instanceof File) add([{ file: entry, name: entry.name }]);
    else if (entry) await addBelow(entry, "");
  }
}

function add(files) {
  for (const { file, name } of files) {
    nextNumber += 1;
    sent.set(nextNumber, { name, size: file.size, part: 0 });
    waiting.push({ file, name, here: nextNumber });
  }
  show();
  if (isReady) pump();
}

/** Sends what was dropped; what was dropped before the page was there waits for this. */
export function begin() {
  isReady = true;
  pump();
}

function tooLarge(name) {
  return t("serve.too_large", { limit: Math.floor(limit / 1048576), name: name.split("/").pop() });
}

function problemOf(error, name) {
  if (error.status === 413 && error.message === "upload_bytes") return tooLarge(name);
  if (error.status === 413) return t("serve.too_many", { limit: error.message });
  return error.message || t("serve.gone");
}

async function send({ file, name, here }) {
  const state = sent.get(here);
  if (file.size > limit) {
    state.problem = tooLarge(name);
    return;
  }
  try {
    const answer = await upload(file, name, languageNow(), (part) => {
      state.part = part;
      show();
    });
    state.id = answer.id;
    if (!known.has(answer.id)) known.set(answer.id, answer);
  } catch (error) {
    state.problem = problemOf(error, name);
    say(colon(name, state.problem), "bad");
  }
}

function pump() {
  while (running < AT_ONCE && waiting.length > 0) {
    running += 1;
    send(waiting.shift()).finally(() => {
      running -= 1;
      show();
      pump();
    });
  }
}

/** What the server tells of the files. Answers whether that agrees with what was heard before: else all is to be asked anew. */
export function hearFiles(event) {
  for (const file of event.files) known.set(file.id, file);
  heard = event;
  show();
  if (event.reading || event.files_waiting > 0) return true;
  return event.files.length > 0 || [...known.values()].every((file) => !OPEN.includes(file.state));
}

function stateOf(file) {
  if (file.state === "refused") return el("span", { class: "state bad" }, t("serve.state.refused"));
  if (file.state === "done" && file.log)
    return el("span", { class: "state done" }, t(file.messages > 0 ? "serve.state.both" : "serve.state.log", { messages: number(file.messages), records: number(file.records) }));
  if (file.state === "reading" && file.messages > 0) return el("span", { class: "state reading" }, t("serve.state.done", { messages: number(file.messages) }));
  return el("span", { class: `state ${file.state}` }, t(`serve.state.${file.state}`, { messages: number(file.messages) }));
}

function lineOfSent(one) {
  const state = one.problem
    ? [el("span", { class: "state bad" }, t("serve.state.failed")), el("span", { class: "why" }, one.problem)]
    : [el("span", { class: "state" }, t("serve.state.sending")),
      el("progress", { max: "1", value: one.part, "aria-label": `${t("serve.state.sending")} ${one.name}` })];
  return el("li", {}, el("span", { class: "name" }, one.name), el("span", { class: "size" }, size(one.size)), state);
}

function lineOfKnown(file) {
  return el("li", {}, el("span", { class: "name" }, file.name), el("span", { class: "size" }, size(file.size)), stateOf(file),
    file.remarks.map((why) => el("span", { class: "why" }, why)));
}

/** Draws soon, and at most a few times a second however many files come. */
let timer = 0;
function show() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = 0;
    draw();
  }, known.size + sent.size > 50 ? 500 : 30);
}

function draw() {
  if (!parts) return;
  const coming = [...sent.values()].filter((one) => !one.id);
  const files = [...known.values()].reverse();
  const isBad = (file) => file.state === "refused" || file.remarks.length > 0;
  const order = [...files.filter(isBad), ...files.filter((file) => !isBad(file))];
  const sum = (member) => files.reduce((all, file) => all + file[member], 0);
  put(parts.list, coming.slice(0, SHOWN).map(lineOfSent), order.slice(0, SHOWN).map(lineOfKnown));
  parts.details.hidden = coming.length + files.length === 0;
  put(parts.summary, colon(t("serve.files"), t("serve.files_count", { count: number(coming.length + files.length), messages: number(sum("messages")), records: sum("records") > 0 ? number(sum("records")) : "" })));
  const refused = files.filter((file) => file.state === "refused").length + coming.filter((one) => one.problem).length;
  if (refused > parts.refused) parts.details.open = true;  // what was refused is not hidden behind a click
  parts.refused = refused;
  const event = heard;
  const reading = Boolean(event?.reading) || coming.some((one) => !one.problem);
  parts.progress.hidden = !reading;
  if (reading && event) put(parts.progressText, t("serve.reading", { items: number(event.items), rows: number(event.rows) }));
  parts.trouble.hidden = !event?.trouble;
  put(parts.trouble, event?.trouble ?? "");
  parts.zone.classList.toggle("small", coming.length + files.length > 0);
  put(parts.lead, t(coming.length + files.length > 0 ? "serve.drop_more" : "serve.drop"));
}

function picker(folder) {
  const input = el("input", { type: "file", multiple: true, webkitdirectory: folder, hidden: true, tabindex: "-1", "aria-hidden": "true",
    class: folder ? "pick-folder" : "pick-files" });
  input.addEventListener("change", () => {
    add([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
    input.value = "";
  });
  const button = el("button", { type: "button", onclick: () => input.click() }, t(folder ? "serve.choose_folder" : "serve.choose_files"));
  return [button, input];
}

/** The place where evidence is dropped. */
export function dropZone() {
  const before = parts;
  parts = { refused: before?.refused ?? 0 };
  parts.lead = el("p", { class: "drop-lead" });
  parts.list = el("ul", { class: "files", tabindex: "0", "aria-label": t("serve.files") });
  parts.summary = el("summary", {});
  parts.details = el("details", { hidden: true, class: "received" }, parts.summary, parts.list);
  parts.progressText = el("span", {});
  parts.progress = el("p", { class: "reading", hidden: true, role: "status" }, el("span", { class: "spinner", "aria-hidden": "true" }), parts.progressText);
  parts.trouble = el("p", { class: "trouble", hidden: true, role: "alert" });
  parts.zone = el("section", { class: "drop", "aria-label": t("serve.drop_more") },
    el("div", { class: "drop-inner" },
      el("div", { class: "drop-words" }, parts.lead, el("p", { class: "hint" }, t("serve.drop_why"))),
      el("div", { class: "buttons" }, picker(false), picker(true))),
    parts.progress, parts.trouble, parts.details);
  draw();
  return parts.zone;
}

/** Whatever is dropped anywhere on the page is evidence; a browser would open it instead. */
export function takeDrops() {
  let depth = 0;
  const mark = (on) => document.body.classList.toggle("dropping", on);
  addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; mark(true); });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); mark(depth > 0); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    mark(false);
    if (event.dataTransfer) takeDropped(event.dataTransfer).catch(() => say(t("serve.state.failed"), "bad"));
  });
}
