// SPDX-License-Identifier: Apache-2.0
// Elements are made here and nowhere from markup: what comes from a mail is always text.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.setAttribute("class", value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** An element with attributes ("on…": listeners) and children (text or nodes). */
export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for pictures. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Puts the children in place of what the node holds. */
export function put(node, ...children) {
  node.replaceChildren();
  return fill(node, {}, children);
}

/** Calls `work` once, that many milliseconds after the last call. */
export function later(work, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), milliseconds);
  };
}

/** A modal dialog with a title; Escape and its button close it, focus goes back where it was. */
export function dialog(title, content, { wide = false, close }) {
  const heading = el("h2", { id: "dialog-title", tabindex: "-1" }, title);
  const node = el("dialog", { class: wide ? "wide" : "", "aria-labelledby": "dialog-title" },
    el("header", {}, heading, el("button", { type: "button", class: "quiet", onclick: () => node.close() }, close)),
    el("div", { class: "dialog-body" }, content));
  const before = document.activeElement;
  node.addEventListener("close", () => {
    node.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(node);
  node.showModal();
  const first = node.querySelector("[autofocus]");
  (first ?? heading).focus();
  return node;
}

/** Says something to all, also to those who hear the page. */
export function say(text, kind = "") {
  let place = document.getElementById("said");
  const open = document.querySelector("dialog[open]");
  const parent = open ?? document.body;
  if (!place) place = el("div", { id: "said", role: "status", "aria-live": "polite" });
  if (place.parentNode !== parent) parent.append(place);
  place.className = `said ${kind}`;
  place.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { place.textContent = ""; place.className = ""; }, 6000);
}
