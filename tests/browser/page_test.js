// SPDX-License-Identifier: Apache-2.0
// The page as a person uses it: in headless Chromium, against the program that was built.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, choose, chooseMade, drop, serve, settled, tab, text } from "./page_driver.js";
import { loadingMail, SCRIPTS, scriptMail } from "./hostile_mails.js";
import { listener } from "./listener.js";

const CORPUS = new URL("../../corpus/kit-de-survie/", import.meta.url).pathname;
const MAILS = ["thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml", "fraud/4-transfert.eml"].map((name) => CORPUS + name);
const ARTICLE = [...MAILS, `${CORPUS}exports/msg/4-transfert.msg`, `${CORPUS}exports/case.zip`];
const LOGS = ["audit.csv", "mail.log", "signins.json", "trace.csv"].map((name) => `${CORPUS}logs/attack/${name}`);
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

/** A page on a fresh session; both end with the test. */
async function opened(context, { args = [], ...view } = {}) {
  const served = await serve(["--tz", "Europe/Paris", ...args]);
  const page = await tab(chromium, served.address, view);
  context.after(async () => {
    await page.close();
    await served.stop();
  });
  return { served, page };
}

async function article(context, view) {
  const both = await opened(context, view);
  await drop(both.page, MAILS);
  await settled(both.page, MAILS.length);
  await both.page.waitForSelector(".verdict.critical");
  return both;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const rows = (page) => page.$$eval("#panel-case-timeline .line", (lines) => lines.map((line) => line.textContent));

test("a drop of four mails, a .msg and a zip shows the sentence and both accounts", async (context) => {
  const { page } = await opened(context);
  await drop(page, ARTICLE);
  await settled(page, ARTICLE.length);
  await page.waitForSelector(".verdict.critical");
  const sentence = await text(page, "#sentence");
  assert.match(sentence, /autre compte bancaire/);
  assert.match(sentence, /meridiene-groupe\.example/);
  assert.equal(await text(page, ".account.before .value"), "FR76 1999 8004 1200 0123 4567 850");
  assert.equal(await text(page, ".account.after .value"), "FR76 1988 7015 3000 0876 5432 118");
  assert.match(await text(page, ".account.before"), /F\. LeComptable/);
  assert.match(await text(page, ".account.after"), /France/);
  assert.equal(await text(page, ".domains mark:not(.gap)"), "n");
  assert.match(await text(page, ".stranger"), /f\.lecomptable@meridiene-groupe\.example/);
  assert.equal(await page.$eval(".files", (list) => list.children.length), ARTICLE.length);
  assert.deepEqual(page.problems, []);
});

test("no request leaves the page's own address", async (context) => {
  const { page, served } = await article(context);
  const own = served.address.split("#")[0];
  assert.deepEqual(page.requests.filter((one) => !one.startsWith(own) && !one.startsWith("about:") && !one.startsWith("data:")), []);
  assert.equal(new URL(page.url()).hash, "", "the key does not stay in the address");
});

test("what is no mail is refused with a reason", async (context) => {
  const { page } = await opened(context);
  await chooseMade(page, [{ name: "photo.png", text: "\u0089PNG\r\n\u001a\n not a mail" }, { name: "ok.eml", text: readFileSync(MAILS[2], "utf8") }]);
  await settled(page, 2);
  assert.match(await text(page, ".files"), /refus/);
  assert.match(await text(page, ".files"), /lu : 1/);
});

test("a file that is too large is said to be before it is sent", async (context) => {
  const { page } = await opened(context);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(53 * 1024 * 1024)], "big.pst"));
    const input = document.querySelector("input.pick-files");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
  });
  await page.waitForFunction(() => document.querySelector(".files")?.textContent.includes("threadline scan --case"));
  assert.match(await text(page, ".files"), /threadline scan --case DOSSIER big\.pst.*threadline serve --case DOSSIER/);
});

test("a drop before the page has its first answers is not lost", async (context) => {
  const served = await serve();
  const page = await chromium.newPage();
  context.after(async () => { await page.close(); await served.stop(); });
  await page.setRequestInterception(true);
  page.on("request", (request) => setTimeout(() => request.continue(), request.url().includes("/rows") ? 1500 : 0));
  await page.goto(served.address, { waitUntil: "load" });
  await page.waitForSelector(".drop");
  await drop(page, MAILS);
  await settled(page, MAILS.length);
  assert.equal(await page.$eval(".files", (list) => list.children.length), MAILS.length);
});

test("ten tabs of one browser all follow, and all answer", async (context) => {
  const { page, served } = await opened(context);
  const others = [];
  for (let count = 0; count < 9; count += 1) others.push(await tab(chromium, served.address));
  context.after(() => Promise.all(others.map((one) => one.close())));
  await page.bringToFront();
  await drop(page, MAILS);
  await settled(page, MAILS.length);
  await page.waitForSelector(".verdict.critical");
  for (const one of others) {
    await one.bringToFront();
    await settled(one, MAILS.length);
    await one.waitForSelector(".verdict.critical");
  }
  // the tab that has the stream goes; another one takes it
  await others.shift().close();
  await page.bringToFront();
  await choose(page, [`${CORPUS}exports/case.zip`]);
  await settled(page, MAILS.length + 1);
  await others[3].bringToFront();
  await settled(others[3], MAILS.length + 1);
});

test("a stream that falls silent is left, and nothing that happened meanwhile is lost", async (context) => {
  const { page, served } = await opened(context);
  await drop(page, MAILS.slice(0, 2));
  await settled(page, 2);
  served.child.kill("SIGSTOP");
  await pause(6000);
  served.child.kill("SIGCONT");
  await drop(page, MAILS.slice(2));
  await settled(page, MAILS.length);
  await page.waitForSelector(".verdict.critical");
});

test("a connection that was lost is found again, and the page says so meanwhile", async (context) => {
  const { page, served } = await opened(context);
  await page.setOfflineMode(true);
  served.child.kill("SIGSTOP");  // a stream that is open goes on where the browser is offline: until it falls silent
  await pause(5000);
  served.child.kill("SIGCONT");
  await page.waitForFunction(() => document.querySelector("main > .trouble")?.hidden === false, { timeout: 20000 });
  assert.match(await text(page, "main > .trouble"), /ne répond plus/);
  await page.setOfflineMode(false);
  await page.waitForFunction(() => document.querySelector("main > .trouble")?.hidden === true, { timeout: 20000 });
  await drop(page, MAILS);
  await settled(page, MAILS.length);
  await page.waitForSelector(".verdict.critical");
});

test("logs beside the mails: what was done in the account, in order, in both languages", async (context) => {
  const { page } = await opened(context);
  await drop(page, [...MAILS, ...LOGS]);
  await settled(page, MAILS.length + LOGS.length);
  await page.waitForSelector(".stories .step");
  assert.match(await text(page, ".stories summary"), /Session de p\.quidoitpayer@meridienne-groupe\.example depuis 203\.0\.113\.77/);
  const steps = await page.$$eval(".stories .step", (all) => all.map((one) => one.textContent));
  const order = ["Connexion", "Règle de messagerie", "Consultation", "Suppression"].map((word) => steps.findIndex((one) => one.includes(word)));
  assert.deepEqual(order.toSorted((a, b) => a - b), order);
  assert.ok(!order.includes(-1), steps.join("\n"));
  assert.match(await text(page, ".files"), /journal lu : \d+ ligne/);
  assert.ok((await rows(page)).some((row) => row.includes("audit.csv")));
  await page.click(`.stories li:nth-child(${order[1] + 1}) .step`);
  await page.waitForSelector("dialog[open] .story [aria-current]");
  assert.match(await text(page, "dialog pre.source"), /New-InboxRule/);
  assert.match(await text(page, "dialog .story [aria-current]"), /Règle/);
  await page.keyboard.press("Escape");
  await page.click(".switch [lang=en]");
  await page.waitForFunction(() => document.querySelector(".stories summary")?.textContent.includes("Session of"));
  assert.match(await text(page, ".stories"), /Sign-in.*Inbox rule.*Reading of.*Deletion/);
  assert.deepEqual(page.problems, []);
});

test("filters by text, severity, actor and finding", async (context) => {
  const { page } = await article(context);
  const all = (await rows(page)).length;
  assert.ok(all > 8);
  await page.type(".filters input[type=search]", "rib SUIVANT");
  await page.waitForFunction((count) => document.querySelectorAll("#panel-case-timeline .line").length < count, {}, all);
  for (const row of await rows(page)) assert.match(row, /RIB suivant|changement/i);
  await page.click(".filters button");
  await page.waitForFunction((count) => document.querySelectorAll("#panel-case-timeline .line").length === count, {}, all);
  await page.select(".filters label:nth-of-type(2) select", "critical");
  await page.waitForFunction(() => document.querySelectorAll("#panel-case-timeline .line").length === 3);
  await page.select(".filters label:nth-of-type(4) select", "bank_account_changed");
  await page.waitForFunction(() => document.querySelectorAll("#panel-case-timeline .line").length === 1);
});

test("strikes a row with a reason: it stays, struck", async (context) => {
  const { page } = await article(context);
  const all = (await rows(page)).length;
  await page.focus("#panel-case-timeline .line[tabindex='0']");
  await page.keyboard.press("b");
  await page.waitForSelector("dialog[open] input[name=why]");
  await page.keyboard.type("homonyme");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#panel-case-timeline .line.struck")?.textContent.includes("homonyme"));
  assert.equal((await rows(page)).length, all);
});

test("a mail that the panel opens can be noted and struck there", async (context) => {
  const { page } = await article(context);
  await page.click(".stranger button");
  await page.waitForSelector("dialog[open] .buttons");
  await page.evaluate(() => [...document.querySelectorAll("dialog .buttons button")].find((one) => one.textContent === "Noter").click());
  await page.waitForSelector("dialog[open] textarea[name=text]");
  await page.keyboard.type("vu avec la banque");
  await page.click("dialog .entry button[type=submit]");
  await page.waitForFunction(() => document.querySelector("#panel-case-timeline")?.textContent.includes("vu avec la banque"));
});

test("adds an action on the second tab", async (context) => {
  const { page } = await article(context);
  await page.click("#tab-case-actions");
  await page.click("#add-action");
  await page.waitForSelector("dialog[open] input[name=text]");
  await page.keyboard.type("Appel de la banque");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#panel-case-actions")?.textContent.includes("Appel de la banque"));
});

test("switches language, and remembers it", async (context) => {
  const { page } = await article(context);
  await page.click(".switch [lang=en]");
  await page.waitForFunction(() => document.documentElement.lang === "en" && document.querySelector("#sentence")?.textContent.includes("another bank account"));
  assert.match(await text(page, ".account.after h4"), /Asked for now/);
  await page.reload();
  await page.waitForFunction(() => document.querySelector("#sentence")?.textContent.includes("another bank account"));
  await page.click(".switch [lang=fr]");
  await page.waitForFunction(() => document.querySelector("#sentence")?.textContent.includes("autre compte"));
});

test("shows times in another zone", async (context) => {
  const { page } = await article(context);
  const before = await rows(page);
  assert.ok(before.some((row) => row.includes("11:45") && row.includes("CEST")));
  await page.select("#zone", "UTC");
  await page.waitForFunction(() => document.querySelector("#panel-case-timeline .line")?.textContent.includes("UTC"));
  assert.ok((await rows(page)).some((row) => row.includes("09:45")));
  await page.select("#zone", "Pacific/Honolulu");
  await page.waitForFunction(() => document.querySelector("#panel-case-timeline .line")?.textContent.includes("04/04/2018"));
  const all = (await rows(page)).length;
  await page.$eval(".filters .to input", (input) => { input.value = "2018-04-04"; input.dispatchEvent(new Event("input")); });
  await page.waitForFunction(() => document.querySelector(".count")?.textContent.includes(" sur "));
  const before5 = await rows(page);
  assert.ok(before5.length > 0 && before5.length <= all);
  for (const row of before5) assert.match(row, /04\/04\/2018/);
});

test("an export is saved and holds the accounts", async (context) => {
  const { page } = await article(context);
  const folder = mkdtempSync(join(tmpdir(), "threadline-download-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const client = await page.createCDPSession();
  await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
  for (const format of ["csv", "jsonl", "html", "xlsx"]) {
    await page.click(".menu summary");
    await page.click(`.menu [data-format=${format}]`);
    const name = `timeline.${format}`;
    for (let tries = 0; tries < 100 && !readdirSync(folder).includes(name); tries += 1) await pause(50);
    const bytes = readFileSync(join(folder, name));
    if (format === "xlsx") assert.equal(bytes.subarray(0, 2).toString(), "PK");
    else assert.match(bytes.toString(), /FR76 ?1988/);
  }
});

test("a finding leads to the bytes it rests on", async (context) => {
  const { page } = await article(context);
  await page.click(".stranger button");
  await page.waitForSelector("dialog[open] .finding");
  await page.click("dialog .finding");
  await page.waitForSelector("dialog pre.source mark");
  assert.match(await text(page, "dialog pre.source mark"), /19887|IBAN/);
});

test("the route is a picture with its border, and the conversation a tree", async (context) => {
  const { page } = await article(context);
  await page.click(".stranger button");
  await page.waitForSelector("dialog[open] [role=tab]");
  await page.click("#tab-message-route");
  assert.ok(await page.$("dialog svg .border"));
  assert.equal((await page.$$("dialog svg g.hop")).length, (await page.$$("dialog .wide-table tbody tr.trusted, dialog .wide-table tbody tr.untrusted")).length);
  await page.click("#tab-message-conversation");
  assert.ok((await page.$$("dialog .tree ul ul article")).length > 0, "levels in levels");
});

test("keyboard alone: drop by picker button, rows, message, tabs, back", async (context) => {
  const { page } = await article(context);
  await page.focus("#panel-case-timeline .line[tabindex='0']");
  await page.keyboard.press("End");
  const last = await page.evaluate(() => document.activeElement.getAttribute("aria-rowindex"));
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-rowindex")), "3");
  assert.ok(Number(last) > 8);
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open] [role=tab]");
  await page.focus("#tab-message-overview");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-message-route");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog"));
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-rowindex")), "3", "focus is back on the row");
  // every control can be reached by Tab
  await page.evaluate(() => document.activeElement.blur());
  const reached = new Set();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.textContent.slice(0, 40) || document.activeElement.tagName));
  }
  for (const name of ["Choisir des fichiers", "Choisir un dossier", "Exporter", "EN", "Chronologie"]) assert.ok([...reached].some((one) => one.includes(name)), name);
});

for (const [name, view] of [["light", {}], ["dark", { dark: true }], ["400 px", { width: 400, height: 800 }], ["200 % zoom", { width: 640, height: 450 }]]) {
  test(`axe-core finds nothing serious: ${name}`, async (context) => {
    const { page } = await article(context, view);
    const check = async (where) => {
      await page.evaluate(readFileSync(AXE, "utf8"));
      const found = await page.evaluate(() => globalThis.axe.run(document, { iframes: false }));
      const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
      assert.deepEqual(bad.map((one) => `${where}: ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 1, `${where}: ${overflow} px too wide`);
    };
    await check("page");
    await page.click("#tab-case-actions");
    await check("actions");
    await page.click(".stranger button");
    await page.waitForSelector("dialog[open] .finding");
    for (const one of ["overview", "route", "conversation", "mail", "source"]) {
      await page.click(`#tab-message-${one}`);
      await check(one);
    }
  });
}

test("a hostile mail loads nothing in any view", async (context) => {
  const { page } = await opened(context);
  const counting = await listener();
  context.after(() => counting.stop());
  await chooseMade(page, [{ name: "load.eml", text: loadingMail(`127.0.0.1:${counting.port}`) }]);
  await settled(page, 1);
  await page.waitForSelector("#panel-case-timeline .line");
  await page.click("#panel-case-timeline .line");
  await page.waitForSelector("dialog[open] [role=tab]");
  for (const one of ["overview", "route", "conversation", "source", "mail"]) {
    await page.click(`#tab-message-${one}`);
    await pause(150);
  }
  await page.click("dialog .choices label:nth-of-type(2) input");
  await page.waitForSelector("dialog iframe.mail");
  await pause(1500);
  assert.match(await (await (await page.$("dialog iframe.mail")).contentFrame()).$eval("body", (body) => body.textContent), /IBAN FR76/);
  assert.deepEqual(counting.counts, { connections: 0, requests: [] });
});

test("nothing of a mail runs, whatever field it stands in", async (context) => {
  const { page } = await opened(context, { language: "en" });
  const files = SCRIPTS.map((one, index) => ({ name: `${one.replaceAll("/", "\u2044")}.eml`, text: scriptMail(one, index) }));
  await chooseMade(page, files);
  await settled(page, files.length);
  await page.waitForFunction((count) => document.querySelectorAll("#panel-case-timeline .line").length >= count, {}, 10);
  const ids = await page.evaluate(async () => {
    const answer = await fetch("/api/v1/rows?limit=500", { headers: { "X-Threadline-Token": sessionStorage.getItem("token") } });
    return (await answer.json()).rows.filter((row) => row.kind === "message").map((row) => row.id);
  });
  assert.equal(ids.length, files.length);
  for (let index = 0; index < ids.length; index += 1) {
    await page.focus("#panel-case-timeline .line[tabindex='0']");
    await page.keyboard.press("Home");
    for (let step = 0; step < index; step += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open] [role=tab]");
    for (const one of ["route", "conversation", "source", "mail"]) await page.click(`#tab-message-${one}`);
    const choice = await page.$("dialog .choices label:nth-of-type(2) input");
    if (choice) await choice.click();
    await pause(60);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
  }
  await page.focus("#panel-case-timeline .line[tabindex='0']");
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  assert.equal(await page.$$eval("img, script:not([src='/app.js']), object, embed, svg[onload]", (nodes) => nodes.length), 0);
});

test("without the key the page says what to do", async (context) => {
  const served = await serve();
  const page = await tab(chromium, served.address.split("#")[0]);
  context.after(async () => { await page.close(); await served.stop(); });
  assert.match(await text(page, "main"), /clé/);
});

test("a folder keeps the names of its files", async (context) => {
  const { page } = await opened(context);
  await drop(page, [`${CORPUS}thread`]);
  await settled(page, 3);
  assert.match(await text(page, ".files"), /thread\/1-facturation\.eml/);
});

test("the picker takes files, too", async (context) => {
  const { page } = await opened(context);
  await choose(page, MAILS.slice(0, 2));
  await settled(page, 2);
  assert.match(await text(page, ".files"), /2-reponse\.eml/);
});
