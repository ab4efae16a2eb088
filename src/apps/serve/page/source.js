// SPDX-License-Identifier: Apache-2.0
// The message's source, with the bytes marked that a finding rests on.

import { el, put } from "./dom.js";
import { t } from "./words.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The text in pieces, those of the spans (bytes of its UTF-8) marked; spans that overlap are one. */
function markedText(text, spans) {
  const bytes = encoder.encode(text);
  const order = spans.map((one) => [one.offset, Math.min(one.offset + one.length, bytes.length)]).filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  const pieces = [];
  let at = 0;
  for (const [from, to] of order) {
    if (to <= at) continue;
    const begin = Math.max(from, at);
    pieces.push(decoder.decode(bytes.subarray(at, begin)), el("mark", {}, decoder.decode(bytes.subarray(begin, to))));
    at = to;
  }
  pieces.push(decoder.decode(bytes.subarray(at)));
  return pieces;
}

export class Source {
  constructor(shown) {
    this.shown = shown;
    this.spans = [];
    this.parts = new Map();
    if (shown?.header) this.parts.set("header", [t("serve.part.header"), shown.header]);
    for (const one of shown?.parts ?? []) this.parts.set(one.part, [t("serve.part.text", { part: one.part, type: one.type }), one.text]);
    if (shown?.raw) this.parts.set("raw", [t("serve.part.raw"), shown.raw]);
    this.select = el("select", { onchange: () => this.show(this.select.value) },
      [...this.parts].map(([part, [name]]) => el("option", { value: part }, name)));
    this.text = el("pre", { class: "source", tabindex: "0", role: "region", "aria-label": t("serve.tab.source") });
    this.said = el("p", { class: "hint", role: "status" });
    this.node = el("div", {}, el("label", { class: "inline" }, el("span", {}, t("serve.part")), this.select), this.said, this.text,
      shown?.is_cut ? el("p", { class: "hint" }, t("serve.cut")) : null);
    if (this.parts.size > 0) this.show([...this.parts.keys()][0]);
  }

  show(part) {
    const [, text] = this.parts.get(part) ?? ["", ""];
    this.select.value = part;
    put(this.text, markedText(text, this.spans.filter((one) => one.part === part)));
  }

  /** Marks what a finding rests on, and goes to its first words. */
  cite(because) {
    this.spans = because.map((one) => one.span).filter((span) => span && span.length > 0 && this.parts.has(span.part));
    const elsewhere = because.filter((one) => !one.span?.length || !this.parts.has(one.span.part));
    put(this.said, t("serve.cited", { count: this.spans.length }), elsewhere.map((one) => el("span", { class: "elsewhere" }, t("serve.elsewhere", { text: one.text }))));
    const first = this.spans[0]?.part ?? [...this.parts.keys()][0];
    if (!first) return;
    this.show(first);
    this.text.querySelector("mark")?.scrollIntoView({ block: "center" });
    this.text.focus({ preventScroll: true });
  }
}
