// SPDX-License-Identifier: Apache-2.0
// One message in depth.

import { dialog, el, put } from "./dom.js";
import { hopTable, ladder } from "./hops.js";
import { recordView } from "./logged.js";
import { get } from "./server.js";
import { Source } from "./source.js";
import { colon, country, known, languageNow, momentLine, size, t } from "./words.js";

// A frame's content is markup by nature. It was written anew by the program from an allow-list (src/text/allowed_html.h), and the
// frame may run, load, send and open nothing.
const policy = globalThis.trustedTypes?.createPolicy("threadline-mail", { createHTML: (text) => text }) ?? { createHTML: (text) => text };

const FRAME_POLICY = "default-src 'none'; style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'";

function person(one) {
  if (!one) return null;
  return [one.name ? `${one.name} ` : "", el("span", { class: "exact" }, `<${one.address}>`)];
}

function people(list) {
  return (list ?? []).map((one, index) => [index > 0 ? ", " : "", person(one)]);
}

function table(title, head, rows) {
  return el("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": title }, el("table", { class: "plain" },
    el("caption", {}, title),
    el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, rows)));
}

function cells(...content) {
  return el("tr", {}, content.map((one) => el("td", {}, one)));
}

function identities(message) {
  const lines = [
    ["explain.from", people(message.from)], ["explain.sender", person(message.sender)], ["explain.reply_to", people(message.reply_to)],
    ["explain.return_path", message.return_path ? el("span", { class: "exact" }, message.return_path) : null],
    ["explain.to", people(message.to)], ["explain.cc", people(message.cc)], ["explain.bcc", people(message.bcc)],
    ["explain.date", momentLine(message.dates?.header)], ["explain.known_at", momentLine(message.dates?.known_at)],
    ["explain.client", message.client], ["column.source", el("span", { class: "exact" }, message.source)],
    ["column.message_id", message.message_id ? el("span", { class: "exact" }, message.message_id) : null],
    ["serve.direction", message.direction ? known(`direction.${message.direction}`, message.direction) : null],
    ["column.sha256", el("span", { class: "exact" }, message.sha256)]];
  const isThere = (value) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  return el("dl", { class: "identities" }, lines.filter(([, value]) => isThere(value)).map(([key, value]) => [el("dt", {}, t(key)), el("dd", {}, value)]));
}

function accounts(message) {
  if (!message.accounts?.length) return null;
  return table(t("serve.accounts"), [t("serve.account"), t("serve.country"), t("serve.bank"), t("serve.holder"), t("serve.where"), t("serve.presented_for"), ""],
    message.accounts.map((one) => cells(
      el("span", { class: "exact" }, one.value.replace(/(.{4})(?=.)/g, "$1\u00a0")), country(one.country), [one.bank_name, one.bank_code].filter(Boolean).join(" "),
      one.holder ?? "", one.attachment ? t("serve.where.attachment", { name: one.attachment })
        : one.level > 0 ? t("serve.where.quoted", { level: one.level }) : t("serve.where.body"),
      one.presented_for ?? "", one.valid ? t("serve.valid") : el("span", { class: "state bad" }, t("serve.invalid")))));
}

function attachments(message) {
  if (!message.attachments?.length) return null;
  return table(t("serve.attachments"), [t("serve.name"), t("serve.type"), t("serve.size"), "SHA-256", t("serve.notes")],
    message.attachments.map((one) => cells(one.name ?? "", one.type ?? "", size(one.size), el("span", { class: "exact digest" }, one.sha256), one.note ?? "")));
}

function authentication(message) {
  if (!message.auth?.length) return el("p", { class: "none" }, t("serve.no_authentication"));
  return table(t("serve.authentication"), [t("serve.method"), t("serve.result"), t("serve.by"), t("serve.properties"), ""],
    message.auth.map((one) => cells(el("strong", {}, one.method), el("span", { class: `result ${one.result}` }, one.result), one.by ?? "",
      el("span", { class: "exact" }, Object.entries(one.properties ?? {}).map(([name, value]) => `${name}=${value}`).join(" ")),
      one.trusted ? t("serve.trusted") : t("serve.untrusted"))));
}

/** Quoted text with what differs from the original marked. */
function quotedText(block) {
  let pieces = [block.text ?? ""];
  for (const difference of block.differences ?? []) {
    if (!difference.quoted) continue;
    pieces = pieces.flatMap((piece) => {
      if (typeof piece !== "string") return [piece];
      const at = piece.indexOf(difference.quoted);
      if (at < 0) return [piece];
      const end = at + difference.quoted.length;
      return [piece.slice(0, at), el("mark", { title: difference.original ?? "" }, piece.slice(at, end)), piece.slice(end)];
    });
  }
  return pieces;
}

function differences(block) {
  if (!block.original) return el("p", { class: "hint" }, t("serve.original_missing"));
  if (!block.differences?.length) return el("p", { class: "hint" }, colon(t("serve.original_here"), t("serve.no_differences")));
  return el("div", { class: "differences" }, el("strong", {}, t("serve.differences")),
    el("ul", {}, block.differences.map((one) => el("li", {},
      t("serve.difference", { what: known(`what.${one.what}`, one.what), quoted: one.quoted ?? "", original: one.original ?? "" })))));
}

function level(block, children, open) {
  return el("li", {}, el("article", { class: block.differences?.length ? "quoted altered" : "quoted" },
    el("h4", {}, t("serve.quoted_level", { level: block.level }), " · ", people(block.from ? [block.from] : []), " · ",
      block.date ? momentLine(block.date) : block.date_text ?? ""),
    differences(block),
    block.original ? el("button", { type: "button", class: "quiet", onclick: () => open(block.original) }, t("serve.open_original")) : null,
    el("pre", { class: "text" }, quotedText(block))),
  children.length > 0 ? el("ul", {}, children) : null);
}

/** The conversation: what this sender wrote, and below it each quoted level under the one that quotes it. */
function conversation(message, open) {
  const quoted = message.conversation?.quoted ?? [];
  const below = (parent) => quoted.filter((one) => (one.parent ?? null) === parent).map((one) => level(one, below(one.id), open));
  const roots = quoted.filter((one) => !quoted.some((other) => other.id === one.parent));
  return el("div", { class: "tree" },
    el("article", { class: "new" }, el("h4", {}, t("serve.new_text"), " · ", people(message.from), " · ", momentLine(message.dates?.header ?? message.dates?.known_at)),
      el("pre", { class: "text" }, message.conversation?.new_text ?? "")),
    el("ul", {}, roots.map((one) => level(one, below(one.id), open))));
}

function frame(html) {
  const node = el("iframe", { sandbox: "", class: "mail", title: t("serve.as_formatted"), referrerpolicy: "no-referrer" });
  const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${FRAME_POLICY}">`
    + `<meta name="referrer" content="no-referrer"></head><body bgcolor="#ffffff" text="#000000">${html}</body></html>`;
  node.srcdoc = policy.createHTML(page);
  return node;
}

function mail(message, shown) {
  const place = el("div", {});
  const plain = shown?.parts?.find((one) => !one.attached && one.type === "text/plain")?.text ?? message.conversation?.new_text ?? "";
  const text = () => put(place, el("pre", { class: "text body" }, plain || t("serve.no_formatted")));
  const formatted = () => put(place,
    el("p", { class: "hint" }, t("serve.formatted_hint", { elements: shown.left_out?.elements ?? 0, links: shown.left_out?.links ?? 0 })), frame(shown.html));
  const choice = (name, work, checked) => el("label", { class: "inline" }, el("input", { type: "radio", name: "form", checked, onchange: work }), el("span", {}, t(name)));
  text();
  if (!shown?.html) return el("div", {}, el("p", { class: "hint" }, t("serve.no_formatted")), place);
  return el("div", {}, el("div", { class: "choices", role: "radiogroup", "aria-label": t("serve.tab.mail") },
    choice("serve.as_text", text, true), choice("serve.as_formatted", formatted, false)), place);
}

function findings(answer, cite) {
  const list = answer.message.findings ?? [];
  if (list.length === 0) return el("p", { class: "none" }, t("serve.no_findings"));
  const order = list.map((one, index) => [one, answer.sentences[index]]).sort(([one], [other]) => rank(other.severity) - rank(one.severity));
  return el("ul", { class: "findings" }, order.map(([one, words]) => el("li", {}, el("button", { type: "button", class: `finding ${one.severity}`,
    onclick: () => cite(one.evidence?.because ?? []) },
  el("span", { class: `badge ${one.severity}` }, known(`severity.${one.severity}`, one.severity)), " ", el("strong", {}, words?.title ?? one.code), " ",
  el("span", {}, words?.sentence ?? ""), " ", el("span", { class: "go" }, t("serve.show_evidence"))))));
}

function rank(severity) {
  return ["info", "low", "medium", "high", "critical"].indexOf(severity);
}

/** Tabs with arrow keys (ARIA authoring practices, tabs). */
export function tabs(label, list) {
  const buttons = list.map(([name, title], index) => el("button", { type: "button", role: "tab", id: `tab-${label}-${name}`, "aria-controls": `panel-${label}-${name}`,
    "aria-selected": String(index === 0), tabindex: index === 0 ? "0" : "-1" }, title));
  const panels = list.map(([name, , content], index) => el("div", { role: "tabpanel", id: `panel-${label}-${name}`, "aria-labelledby": `tab-${label}-${name}`, hidden: index > 0 }, content));
  const pick = (chosen, focus = true) => {
    buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
      panels[index].hidden = index !== chosen;
    });
    if (focus) buttons[chosen].focus();
    list[chosen][3]?.();
  };
  buttons.forEach((button, index) => {
    button.addEventListener("click", () => pick(index));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      pick((index + step + buttons.length) % buttons.length);
    });
  });
  return { bar: el("div", { role: "tablist", class: "tabs" }, buttons), panels, pick };
}

function showMessage(place, answer, acts) {
  const { message, shown } = answer;
  const source = new Source(shown);
  const notes = message.notes?.length ? el("details", {}, el("summary", {}, `${t("serve.notes")} (${message.notes.length})`),
    el("ul", {}, message.notes.map((one) => el("li", {}, one.text ? colon(known(`note.${one.code}`, one.code), one.text) : known(`note.${one.code}`, one.code))))) : null;
  let view = null;
  const cite = (because) => {
    view.pick(4, false);
    source.cite(because);
  };
  view = tabs("message", [
    ["overview", t("serve.tab.overview"), [el("h3", {}, t("serve.findings")), findings(answer, cite), el("h3", {}, t("serve.identities")), identities(message),
      accounts(message), attachments(message), notes]],
    ["route", t("serve.tab.route"), [ladder(message.hops ?? []), message.hops?.length ? hopTable(message.hops) : null, el("h3", {}, t("serve.authentication")), authentication(message)]],
    ["conversation", t("serve.tab.conversation"), conversation(message, acts.open)],
    ["mail", t("serve.tab.mail"), mail(message, shown)],
    ["source", t("serve.tab.source"), source.node]]);
  put(place, el("p", { class: "subject" }, message.subject || "—"), acts.buttons, view.bar, view.panels);
}

/** Opens a message by the id of its row, or what else the row is about; `row` is the row that was chosen, where there is one. */
export async function openMessage(id, row, acts) {
  const place = el("div", { class: "mail-view" }, el("p", {}, t("serve.loading")));
  const node = dialog(t("serve.message"), place, { wide: true, close: t("serve.close") });
  const open = (other, kind) => {
    node.close();
    openMessage(other, kind ? { kind } : null, acts);
  };
  const buttonsFor = (one) => (one?.row > 0 ? el("div", { class: "buttons" },
    [["serve.strike", acts.strike], ["serve.note", acts.note], ["serve.qualify", acts.qualify]].map(([name, act]) =>
      el("button", { type: "button", class: "quiet", onclick: () => act(one) }, t(name)))) : null);
  const asked = (path) => get(path, { lang: languageNow() }).catch(() => null);
  const answer = row?.kind === "log" ? null : await asked(`messages/${encodeURIComponent(id)}`);
  const isNumbered = row?.row > 0;
  const shown = answer && isNumbered ? row : (await asked(`rows/${encodeURIComponent(id)}`)) ?? row;
  if (answer) return showMessage(place, answer, { open, buttons: buttonsFor(isNumbered ? row : shown) });
  const isRecord = shown?.kind === "log" && shown.evidence?.because;
  const sessions = isRecord ? (await asked("sessions"))?.sessions ?? [] : [];
  put(node.querySelector("h2"), t(isRecord ? "serve.record_title" : "serve.row_title"));
  return showRow(place, shown, { buttons: buttonsFor(isNumbered ? row : shown), below: isRecord ? recordView(shown, sessions, open) : null });
}

/** What has no message: a record of a log, an action, a remark about the evidence, a mail that is not in evidence. */
function showRow(place, row, { buttons, below }) {
  if (!row) return put(place, el("p", { class: "none" }, t("serve.no_message")));
  const isMail = row.kind === "message" || row.kind === "quoted";
  return put(place, isMail ? el("p", { class: "hint" }, t("serve.no_message")) : null, buttons, el("dl", { class: "identities" },
    [["column.date", momentLine(row.time, row.zone)], ["column.actor", row.actor], ["column.action", row.action], ["column.comment", row.comment],
      ["column.source", row.source], ["column.severity", row.severity ? known(`severity.${row.severity}`, row.severity) : ""], ["column.code", row.code],
      ["column.sha256", row.sha256]]
      .filter(([, value]) => value).map(([key, value]) => [el("dt", {}, t(key)), el("dd", { class: "lines" }, value)])), below);
}
