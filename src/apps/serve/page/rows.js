// SPDX-License-Identifier: Apache-2.0
// A tab of the case as a table of which only the rows in sight exist: thousands stay smooth.

import { el, later, put } from "./dom.js";
import { get } from "./server.js";
import { colon, known, languageNow, moment, number, t, zoneNow } from "./words.js";

const PAGE = 200;       // rows of one request
const AHEAD = 12;       // rows beyond the ones in sight
const SEVERITIES = ["low", "medium", "high", "critical"];

/** One tab. `open(row)`, `strike(row)`, `note(row)` act on a row. */
export class Rows {
  constructor(tab, acts) {
    this.tab = tab;
    this.acts = acts;
    this.filter = {};
    this.pages = new Map();
    this.asked = new Set();
    this.total = 0;
    this.of = 0;
    this.at = 0;        // the row with the focus
    this.serial = 0;
    this.build();
  }

  // ---- what it is made of ----

  columns() {
    const time = ["date", "time", "zone"].map((name) => ({ name, title: t(`column.${name}`) }));
    const rest = ["source", "actor", "action", "comment"].map((name) => ({ name, title: t(`column.${name}`) }));
    const first = this.tab === "timeline" ? [{ name: "severity", title: t("column.severity") }] : [{ name: "number", title: t("serve.column.number") }];
    return [...first, ...time, ...(this.tab === "timeline" ? rest : rest.slice(1))];
  }

  build() {
    this.body = el("tbody", { role: "rowgroup" });
    this.table = el("table", { role: "grid", class: `rows ${this.tab}`, "aria-label": t(`serve.${this.tab}`), "aria-describedby": `keys-${this.tab}` },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
        this.columns().map((one) => el("th", { role: "columnheader", scope: "col", class: one.name }, one.title)))),
      this.body);
    this.scroller = el("div", { class: "scroller" }, this.table);
    this.count = el("p", { class: "count", role: "status" });
    this.keys = el("p", { class: "hint keys", id: `keys-${this.tab}` }, t("serve.keys"));
    this.scroller.addEventListener("scroll", () => requestAnimationFrame(() => this.draw()), { passive: true });
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.measure()).observe(this.scroller);
    this.node = el("div", { class: "tab-body" }, this.tab === "timeline" ? this.filters() : this.acts.above, this.count, this.scroller, this.keys);
  }

  select(name, label, values) {
    const select = el("select", { onchange: () => this.set(name, select.value) }, values.map(([value, text]) => el("option", { value }, text)));
    select.value = this.filter[name] ?? "";
    this.controls.set(name, select);
    return el("label", {}, el("span", {}, label), select);
  }

  input(name, label, type) {
    const input = el("input", { type, value: this.filter[name] ?? "", oninput: later(() => this.set(name, input.value.trim()), 180) });
    this.controls.set(name, input);
    return el("label", { class: name }, el("span", {}, label), input);
  }

  filters() {
    this.controls = new Map();
    const all = ["", t("serve.filter_all")];
    return el("form", { class: "filters", role: "search", "aria-label": t("serve.filters"), onsubmit: (event) => event.preventDefault() },
      this.input("text", t("serve.filter_text"), "search"),
      this.select("severity", t("serve.filter_severity"), [all, ...SEVERITIES.map((one) => [one, known(`severity.${one}`, one)])]),
      this.select("actor", t("serve.filter_actor"), [all]),
      this.select("code", t("serve.filter_code"), [all]),
      this.input("from", t("serve.filter_from"), "date"),
      this.input("to", t("serve.filter_to"), "date"),
      el("button", { type: "button", class: "quiet", onclick: () => this.clear() }, t("serve.filter_clear")));
  }

  async refreshFacets() {
    const facets = await get("facets", { lang: languageNow() });
    const fill = (name, list, text) => {
      const select = this.controls.get(name);
      const value = select.value;
      put(select, el("option", { value: "" }, t("serve.filter_all")),
        list.map((one) => el("option", { value: one.value }, `${text(one.value)} (${number(one.count)})`)));
      select.value = value;
      if (select.value !== value) this.set(name, "");
    };
    fill("actor", facets.actors, (value) => value);
    fill("code", facets.codes, (value) => known(`title.${value}`, value));
  }

  set(name, value) {
    if ((this.filter[name] ?? "") === value) return;
    this.filter[name] = value;
    this.at = 0;
    this.scroller.scrollTop = 0;
    this.reload();
  }

  clear() {
    this.filter = {};
    for (const control of this.controls.values()) control.value = "";
    this.at = 0;
    this.reload();
  }

  // ---- rows ----

  /** Forgets what it has and asks anew; what is shown stays until the answer is there. */
  async reload() {
    this.serial += 1;
    this.asked.clear();
    const serial = this.serial;
    const first = Math.floor(this.firstInSight() / PAGE);
    const answer = await this.ask(first);
    if (serial !== this.serial) return;
    this.pages = new Map([[first, answer.rows]]);
    this.asked = new Set([first]);
    this.total = answer.total;
    this.of = answer.of;
    this.at = Math.min(this.at, Math.max(0, this.total - 1));
    this.table.setAttribute("aria-rowcount", String(this.total + 1));
    put(this.count, this.total === this.of ? t("serve.count_all", { total: number(this.total) })
      : t("serve.count", { total: number(this.total), of: number(this.of) }));
    this.draw(true);
  }

  ask(page) {
    const zone = this.filter.from || this.filter.to ? zoneNow() : "";  // days are those that are shown
    return get("rows", { ...this.filter, zone, tab: this.tab, lang: languageNow(), offset: page * PAGE, limit: PAGE });
  }

  need(page) {
    if (this.asked.has(page) || page * PAGE >= this.total) return;
    this.asked.add(page);
    const serial = this.serial;
    this.ask(page).then((answer) => {
      if (serial !== this.serial) return;
      this.pages.set(page, answer.rows);
      this.draw(true);
    }).catch(() => this.asked.delete(page));
  }

  row(index) {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  measure() {
    this.height = parseFloat(getComputedStyle(this.table).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.draw(true);
  }

  firstInSight() {
    return Math.floor(this.scroller.scrollTop / (this.height || 48));
  }

  draw(anew = false) {
    const height = this.height || 48;
    const inSight = Math.ceil(this.scroller.clientHeight / height) + 1;
    const first = Math.max(0, Math.min(this.firstInSight() - AHEAD, Math.max(0, this.total - inSight)));
    const end = Math.min(this.total, first + inSight + 2 * AHEAD);
    if (!anew && first === this.drawnFirst && end === this.drawnEnd) return;
    const hadFocus = this.body.contains(document.activeElement);
    this.drawnFirst = first;
    this.drawnEnd = end;
    const space = (rows) => el("tr", { class: "space", role: "presentation", "aria-hidden": "true" }, el("td", { style: `height:${rows * height}px`, colspan: "8", role: "presentation" }));
    const lines = [];
    if (first > 0) lines.push(space(first));
    for (let index = first; index < end; index += 1) lines.push(this.line(index));
    if (end < this.total) lines.push(space(this.total - end));
    if (this.total === 0) lines.push(el("tr", { role: "row" }, el("td", { role: "gridcell", colspan: "8", class: "none" }, this.of > 0 ? t("serve.no_match") : t("serve.no_rows"))));
    put(this.body, lines);
    for (let page = Math.floor(first / PAGE); page * PAGE < end; page += 1) this.need(page);
    if (hadFocus) this.lineOf(this.at)?.focus({ preventScroll: true });
  }

  line(index) {
    const row = this.row(index);
    const cells = row ? this.cells(row) : this.columns().map((one) => [one.name, "…"]);
    const level = row?.severity ?? "";
    return el("tr", { role: "row", class: `line ${level} ${row?.kind ?? ""} ${row?.struck ? "struck" : ""}`, "aria-rowindex": String(index + 2),
      "data-index": String(index), tabindex: index === this.at ? "0" : "-1" },
    cells.map(([name, ...content]) => el("td", { role: "gridcell", class: name }, el("div", { class: "cell" }, content))));
  }

  cells(row) {
    const { day, clock, zone } = moment(row.time, row.zone);
    const struck = row.struck ? el("span", { class: "state bad" }, t("serve.struck"), " ") : null;
    const notes = (row.notes ?? []).map((one) => el("span", { class: "note" }, `${colon(t("serve.note_text"), one.text)} `));
    const verdict = row.qualified ? el("span", { class: "note" }, `${known(`verdict.${row.qualified.as}`, row.qualified.as)} `) : null;
    const said = [struck, row.struck ? el("span", { class: "note" }, `${row.struck.why} `) : null, verdict, notes];
    const badge = row.severity ? el("span", { class: `badge ${row.severity}` }, known(`severity.${row.severity}`, row.severity)) : "";
    const first = this.tab === "timeline" ? [["severity", badge, el("span", { class: "number" }, row.row > 0 ? `${row.row}` : "")]] : [["number", row.row]];
    const last = [["actor", row.actor], ["action", row.action], ["comment", said, row.comment]];
    return [...first, ["date", day], ["time", clock], ["zone", zone], ...(this.tab === "timeline" ? [["source", row.source_label || row.source]] : []), ...last];
  }

  // ---- keys and clicks ----

  lineOf(index) {
    return this.body.querySelector(`[data-index="${index}"]`);
  }

  go(index) {
    if (this.total === 0) return;
    this.at = Math.max(0, Math.min(this.total - 1, index));
    const height = this.height || 48;
    const head = this.table.tHead.offsetHeight;
    const top = this.at * height;
    const box = this.scroller;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight - head) box.scrollTop = top + height - box.clientHeight + head;
    this.draw(true);
    this.lineOf(this.at)?.focus({ preventScroll: true });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / (this.height || 48)) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.total, End: this.total };
    const row = this.row(this.at);
    const letter = event.key.toLowerCase();
    if (event.key in steps) this.go(this.at + steps[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && row) this.acts.open(row);
    else if (letter === t("serve.key_strike") && row) this.acts.strike(row);
    else if (letter === "n" && row) this.acts.note(row);
    else return;
    event.preventDefault();
  }

  click(event) {
    const line = event.target.closest("[data-index]");
    if (!line) return;
    this.at = Number(line.dataset.index);
    const row = this.row(this.at);
    for (const one of this.body.querySelectorAll("[tabindex='0']")) one.tabIndex = -1;
    line.tabIndex = 0;
    line.focus({ preventScroll: true });
    if (row && getSelection().isCollapsed) this.acts.open(row);
  }
}
