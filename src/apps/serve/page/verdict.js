// SPDX-License-Identifier: Apache-2.0
// The first panel: one sentence, and what changed side by side.

import { el } from "./dom.js";
import { colon, country, known, momentLine, number, t } from "./words.js";

const FIELDS = { from: "From", sender: "Sender", reply_to: "Reply-To", return_path: "Return-Path", to: "To", cc: "Cc" };

function fact(name, ...value) {
  return [el("dt", {}, name), el("dd", {}, value)];
}

function whereOf(account) {
  if (account.attachment) return t("serve.where.attachment", { name: account.attachment });
  if (account.level > 0) return t("serve.where.quoted", { level: account.level });
  if (account.where === "policy") return t("serve.where.policy");
  return account.where ? t("serve.where.body") : t("serve.unknown");
}

function bankOf(account) {
  const code = account.bank_code ? t("serve.bank_code", { code: account.bank_code }) : "";
  return [account.bank_name, code].filter(Boolean).join(", ") || t("serve.unknown");
}

function accountBox(account, title, kind, open) {
  if (!account) return el("div", { class: `account ${kind}` }, el("h4", {}, title), el("p", { class: "none" }, t("serve.no_account_before")));
  const by = account.presented_by;
  return el("div", { class: `account ${kind}` },
    el("h4", {}, title),
    el("p", { class: "value exact" }, account.shown),
    el("dl", {},
      fact(t("serve.country"), country(account.country)),
      fact(t("serve.bank"), bankOf(account)),
      account.bic ? fact(t("serve.bic"), account.bic) : null,
      account.holder ? fact(t("serve.holder"), account.holder) : null,
      fact(t("serve.where"), whereOf(account)),
      fact(t("serve.presented_by"), by ? by.actor : account.source || t("serve.unknown")),
      fact(t("serve.since"), by?.time ? momentLine(by.time, by.zone) : momentLine(account.since))),
    by ? el("button", { type: "button", class: "quiet", onclick: () => open(by.id) }, t("serve.open_mail")) : null);
}

function accountCard(change, open) {
  return el("article", { class: "card accounts" },
    el("h3", {}, t("serve.account_changed")),
    el("div", { class: "sides" },
      el("div", { class: "side" }, change.before.length > 0 ? change.before.map((one) => accountBox(one, t("serve.before"), "before", open))
        : accountBox(null, t("serve.before"), "before", open)),
      el("div", { class: "arrow", "aria-hidden": "true" }, "→"),
      el("div", { class: "side" }, change.after.map((one) => accountBox(one, t("serve.after"), "after", open)))));
}

function codePoints(text) {
  return [...text].filter((one) => one.codePointAt(0) > 126).map((one) => `U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
}

function markedName(stretches) {
  return el("span", { class: "exact name" }, stretches.map((one) => {
    if (one.same) return one.text;
    if (!one.text) return el("mark", { class: "gap", title: t("serve.gap") }, "\u2038");
    const points = codePoints(one.text);
    return el("mark", { title: points || t("serve.differs") }, one.text, points ? el("small", {}, points) : null);
  }));
}

function domainCard(domain, open) {
  return el("article", { class: "card domains" },
    el("h3", {}, t("serve.domain_imitates")),
    el("dl", { class: "compared" },
      fact(t("serve.domain_seen"), markedName(domain.domain_marked)),
      fact(t("serve.domain_true"), markedName(domain.reference_marked))),
    el("p", { class: "hint" }, [domain.technique, FIELDS[domain.field] ?? domain.field].filter(Boolean).join(" · ")),
    domain.row ? el("button", { type: "button", class: "quiet", onclick: () => open(domain.row) }, t("serve.open_mail")) : null);
}

function person(one) {
  if (!one) return t("serve.unknown");
  return [one.name ? el("strong", {}, one.name) : null, " ", el("span", { class: "exact" }, `<${one.address}>`)];
}

function strangerCard(stranger, open) {
  return el("article", { class: "card stranger" },
    el("h3", {}, t("serve.stranger")),
    el("p", { class: "when" }, momentLine(stranger.time, stranger.zone), " · ", stranger.action),
    el("p", { class: "wrong" }, person(stranger.sender)),
    el("p", { class: "hint" }, t("serve.in_place_of")),
    el("p", { class: "right" }, person(stranger.participant)),
    el("button", { type: "button", class: "quiet", onclick: () => open(stranger.row) }, t("serve.open_mail")));
}

/** The panel; `open` shows a message. */
export function verdictPanel(verdict, own, provisional, open) {
  const level = ["critical", "high", "medium"].includes(verdict.level) ? verdict.level : "calm";
  const panel = el("section", { class: `verdict ${level}${provisional ? " provisional" : ""}`, "aria-labelledby": "verdict-title" },
    el("h2", { id: "verdict-title", class: "label" }, t("serve.verdict"),
      level === "calm" ? null : el("span", { class: `badge ${level}` }, known(`severity.${level}`, level))),
    el("p", { class: "sentence", id: "sentence" }, verdict.sentence),
    verdict.advice ? el("p", { class: "advice" }, verdict.advice) : null,
    provisional ? el("p", { class: "hint" }, t("serve.provisional")) : null,
    own.length > 0 ? el("p", { class: "hint" }, t("serve.own", { domains: own.join(", ") })) : null);
  const cards = [...verdict.accounts.slice(0, 3).map((one) => accountCard(one, open)),
    ...verdict.domains.slice(0, 3).map((one) => domainCard(one, open))];
  if (verdict.stranger) cards.push(strangerCard(verdict.stranger, open));
  if (cards.length > 0) panel.append(el("div", { class: "cards" }, cards));
  if (verdict.points.length > 1) {
    panel.append(el("details", { class: "points", open: verdict.points.length < 5 },
      el("summary", {}, `${t("serve.points")} (${number(verdict.points.length)})`),
      el("ol", {}, verdict.points.map((one) => el("li", {}, el("span", { class: `badge ${one.severity}` }, known(`severity.${one.severity}`, one.severity)), " ",
        el("span", { class: "when" }, one.time), " ", el("strong", {}, one.actor), colon("", one.sentence))))));
  }
  if (verdict.todo.length > 0) {
    panel.append(el("details", { class: "todo" }, el("summary", {}, t("serve.todo")),
      el("ol", {}, verdict.todo.map((line) => el("li", {}, line)))));
  }
  return panel;
}
