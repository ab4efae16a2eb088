// SPDX-License-Identifier: Apache-2.0
// Screenshots of the page, to be looked at: node pictures.js PROGRAM FOLDER

import { mkdirSync } from "node:fs";
import { join } from "node:path";

process.env.THREADLINE_PROGRAM = process.argv[2] ?? process.env.THREADLINE_PROGRAM;
const { browser, drop, serve, settled, tab } = await import("./page_driver.js");

const folder = process.argv[3] ?? "/tmp/threadline-pictures";
mkdirSync(folder, { recursive: true });
const corpus = new URL("../../corpus/kit-de-survie/", import.meta.url).pathname;
const mails = ["thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml", "fraud/4-transfert.eml"].map((name) => corpus + name);
const chromium = await browser();
for (const [name, view] of [["light-1280", {}], ["dark-1280", { dark: true, language: "en" }], ["light-400", { width: 400, height: 800 }], ["dark-400", { width: 400, height: 800, dark: true }]]) {
  const served = await serve(["--tz", "Europe/Paris"]);
  const page = await tab(chromium, served.address, view);
  const shoot = (what, fullPage = false) => page.screenshot({ path: join(folder, `${name}-${what}.png`), fullPage });
  await shoot("0-empty");
  await drop(page, mails);
  await settled(page, mails.length);
  await page.waitForSelector(".verdict.critical");
  await shoot("1-page", true);
  await page.click("#tab-case-actions");
  await shoot("2-actions", true);
  await page.click(".stranger button");
  await page.waitForSelector("dialog[open] .finding");
  await shoot("3-overview");
  for (const one of ["route", "conversation", "mail", "source"]) {
    await page.click(`#tab-message-${one}`);
    await shoot(`4-${one}`);
  }
  await page.close();
  await served.stop();
}
await chromium.close();
console.log(folder);
