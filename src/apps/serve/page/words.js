// SPDX-License-Identifier: Apache-2.0
// The words of the page come from the program's one table (src/timeline/page_words.def), in two languages.

import { get } from "./server.js";

let words = {};
let language = "en";

export function languageNow() {
  return language;
}

/** The person's choice, else the program's (--lang), else the browser's. */
export function firstLanguage(ofProgram) {
  const chosen = localStorage.getItem("language");
  if (chosen === "fr" || chosen === "en") return chosen;
  if (ofProgram) return ofProgram;
  return (navigator.languages ?? [navigator.language]).map((one) => one.slice(0, 2)).find((one) => one === "fr" || one === "en") ?? "en";
}

export async function speak(wanted) {
  const spoken = await get("words", { lang: wanted });
  words = spoken;
  language = wanted;
  document.documentElement.lang = wanted;
}

/** The words of that key with its {names} filled, and without the [groups] whose names have no value; in French a space before ; : ! ? does not break. */
export function t(key, values = {}) {
  const isFilled = (group) => [...group.matchAll(/\{(\w+)\}/g)].every(([, name]) => (values[name] ?? "") !== "");
  const text = (words[key] ?? key).replace(/\[([^\]]*)\]/g, (whole, group) => (isFilled(group) ? group : ""));
  const filled = text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  return language === "fr" ? filled.replace(/ ([;:!?»])/g, "\u00a0$1") : filled;
}

/** "name: value", as the language writes it. */
export function colon(name, value) {
  return language === "fr" ? `${name}\u00a0: ${value}` : `${name}: ${value}`;
}

/** Words that may be missing: the value itself then. */
export function known(key, otherwise) {
  return words[key] ?? otherwise;
}

const countries = {};
/** "FR" -> "France (FR)" */
export function country(code) {
  if (!code) return t("serve.unknown");
  countries[language] ??= new Intl.DisplayNames([language], { type: "region" });
  try {
    return `${countries[language].of(code)} (${code})`;
  } catch {
    return code;
  }
}

export function size(bytes) {
  const unit = language === "fr" ? "o" : "B";
  if (bytes < 1000) return `${bytes} ${unit}`;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return bytes < 1e6 ? `${format.format(bytes / 1e3)} k${unit}` : `${format.format(bytes / 1e6)} M${unit}`;
}

export function number(count) {
  return new Intl.NumberFormat(language).format(count);
}

// ---- times ----

let zone = "";  // "": as the rows have it

export function setZone(name) {
  zone = name;
}
export function zoneNow() {
  return zone;
}

const formats = {};
function format(name) {
  formats[name] ??= new Intl.DateTimeFormat("en-GB", {
    timeZone: name, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  return formats[name];
}

/** {day, clock, zone} of a row's time; in the zone that was chosen, else as it stands. Empty texts where there is none. */
export function moment(time, shownZone) {
  if (!time) return { day: "", clock: "", zone: "" };
  let [year, month, day, clock, name] = [time.slice(0, 4), time.slice(5, 7), time.slice(8, 10), time.slice(11, 16), shownZone ?? time.slice(19)];
  if (zone) {
    const parts = Object.fromEntries(format(zone).formatToParts(new Date(time)).map((one) => [one.type, one.value]));
    ({ year, month, day } = parts);
    clock = `${parts.hour}:${parts.minute}`;
    name = parts.timeZoneName;
  }
  return { day: language === "fr" ? `${day}/${month}/${year}` : `${year}-${month}-${day}`, clock, zone: name };
}

/** The same in one line. */
export function momentLine(time, shownZone) {
  const { day, clock, zone: name } = moment(time, shownZone);
  return day ? `${day} ${clock} ${name}`.trim() : t("serve.unknown");
}
