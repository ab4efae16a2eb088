// SPDX-License-Identifier: Apache-2.0
// The way of a message as a picture: a ladder of relays with delays, and where trust begins.

import { el, svg } from "./dom.js";
import { languageNow, momentLine, t } from "./words.js";

const STEP = 74;
const LEFT = 96;
const WIDTH = 720;

function host(hop) {
  return hop.by || hop.ip_by || "?";
}

function peer(from) {
  if (!from) return "?";
  return [from.name || from.helo, from.ip ? `[${from.ip}]` : ""].filter(Boolean).join(" ") || "?";
}

export function delayText(seconds) {
  if (seconds === null || seconds === undefined) return "";
  const sign = seconds < 0 ? "−" : "+";
  const whole = Math.abs(seconds);
  if (whole < 120) return `${sign}${whole} s`;
  if (whole < 7200) return `${sign}${Math.round(whole / 60)} min`;
  return `${sign}${new Intl.NumberFormat(languageNow(), { maximumFractionDigits: 1 }).format(whole / 3600)} h`;
}

function label(x, y, text, kind, most = 62) {
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return svg("text", { x, y, class: kind }, shown, shown === text ? null : svg("title", {}, text));
}

function rung(hop, index, y) {
  const slow = hop.delay_seconds > 3600 || hop.delay_seconds < -60;
  const broken = hop.link === "none";
  return svg("g", { class: `hop ${hop.trusted ? "trusted" : "untrusted"}` },
    svg("line", { x1: LEFT, y1: y - STEP + 9, x2: LEFT, y2: y - 9, class: broken ? "way broken" : "way" }),
    label(LEFT - 16, y - STEP / 2 + 4, delayText(hop.delay_seconds), slow ? "delay slow" : "delay"),
    svg("circle", { cx: LEFT, cy: y, r: 9 }),
    label(LEFT, y + 4, String(index + 1), "count"),
    label(LEFT + 22, y, host(hop), "host"),
    label(LEFT + 22, y + 17, [hop.with, hop.tls, momentLine(hop.time)].filter(Boolean).join(" · "), "small", 84));
}

/** The ladder: departure above, arrival below; the border is a line across it. */
export function ladder(hops) {
  if (hops.length === 0) return el("p", { class: "none" }, t("serve.no_route"));
  const border = hops.findIndex((hop) => hop.trusted);
  const height = (hops.length + 1) * STEP;
  const first = hops[0].from;
  const parts = [svg("circle", { cx: LEFT, cy: 30, r: 9, class: "start" }), label(LEFT + 22, 34, peer(first), "host")];
  hops.forEach((hop, index) => parts.push(rung(hop, index, 30 + (index + 1) * STEP)));
  if (border >= 0) {
    const y = 30 + border * STEP + STEP / 2;
    parts.push(svg("line", { x1: 8, y1: y + 12, x2: WIDTH - 8, y2: y + 12, class: "border" }),
      label(WIDTH - 10, y + 5, t("serve.border"), "border-name"),
      label(WIDTH - 10, y + 28, t("serve.border_above"), "small end"));
    if (border > 0 || hops[0].from) parts.push(label(WIDTH - 10, y - 12, t("serve.border_below"), "small end"));
  }
  return el("div", { class: "ladder", tabindex: "0", role: "region", "aria-label": t("serve.route") }, svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": t("serve.route_alt", { count: hops.length }) }, parts));
}

/** The same for those who read it. */
export function hopTable(hops) {
  const head = ["", t("serve.from_host"), t("serve.by_host"), t("serve.protocol"), t("serve.time"), t("serve.delay"), ""];
  return el("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": t("serve.tab.route") }, el("table", { class: "plain" },
    el("caption", {}, t("serve.route")),
    el("thead", {}, el("tr", {}, head.map((text) => (text ? el("th", { scope: "col" }, text) : el("td", {}))))),
    el("tbody", {}, hops.map((hop, index) => el("tr", { class: hop.trusted ? "trusted" : "untrusted" },
      el("th", { scope: "row" }, index + 1), el("td", { class: "exact" }, peer(hop.from)), el("td", { class: "exact" }, host(hop)),
      el("td", {}, [hop.with, hop.tls].filter(Boolean).join(", ")), el("td", {}, momentLine(hop.time)), el("td", {}, delayText(hop.delay_seconds)),
      el("td", {}, hop.trusted ? t("serve.trusted") : t("serve.untrusted")))))));
}
