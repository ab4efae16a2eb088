// SPDX-License-Identifier: Apache-2.0
// What logs tell: the story of a session, and one record of it.

import { el } from "./dom.js";
import { known, momentLine, number, t } from "./words.js";

function step(record, open, current) {
  const isHere = record.row === current;
  const words = [el("span", { class: "when" }, momentLine(record.time, record.zone)), " ", el("strong", {}, record.text)];
  const under = [record.subject, record.mails].filter(Boolean).map((line) => el("span", { class: "under" }, line));
  const findings = record.findings.map((one) => el("span", { class: "under" },
    el("span", { class: `badge ${one.severity}` }, known(`severity.${one.severity}`, one.severity)), " ", one.sentence));
  return el("li", { class: record.struck ? "struck" : "", "aria-current": isHere ? "step" : null },
    isHere ? el("div", { class: "step" }, words, under, findings)
      : el("button", { type: "button", class: "step", onclick: () => open(record.row, "log") }, words, under, findings));
}

/** One session, in order. */
export function story(session, open, current = null) {
  return el("div", { class: "story" },
    el("ol", {}, session.records.map((one) => step(one, open, current))),
    session.left_out > 0 ? el("p", { class: "hint" }, t("serve.left_out", { count: number(session.left_out) })) : null);
}

/** The sessions in which something was found, the first one open. */
export function storiesPanel(sessions, open) {
  if (sessions.length === 0) return el("section", { hidden: true });
  return el("section", { class: "stories", "aria-labelledby": "stories-title" },
    el("h2", { id: "stories-title", class: "label" }, t("serve.sessions")),
    el("p", { class: "hint" }, t("serve.sessions_hint")),
    sessions.map((one, index) => el("details", { class: "card", open: index === 0 },
      el("summary", {}, el("span", { class: `badge ${one.severity}` }, known(`severity.${one.severity}`, one.severity)), " ", one.title,
        " ", el("span", { class: "hint" }, t("serve.session_steps", { count: number(one.records.length + one.left_out) }))),
      story(one, open))));
}

/** A record of a log: what it says as it stands there, and the session that it is part of. */
export function recordView(row, sessions, open) {
  const text = row.evidence?.because?.[0]?.text ?? "";
  const session = sessions.find((one) => one.records.some((record) => record.row === row.id));
  return [
    el("h3", {}, t("serve.record")), el("pre", { class: "source", tabindex: "0", role: "region", "aria-label": t("serve.record") }, text),
    session ? [el("h3", {}, session.title), story(session, open, row.id)] : null];
}
