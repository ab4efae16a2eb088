// SPDX-License-Identifier: Apache-2.0
// An export of 20,000 messages as one zip: how long until the first row, and is the page usable meanwhile?
//   node large.js PROGRAM ZIP

process.env.THREADLINE_PROGRAM = process.argv[2];
const { browser, drop, serve, tab } = await import("./page_driver.js");

const chromium = await browser();
const served = await serve();
const page = await tab(chromium, served.address, { language: "en" });
await page.evaluate(() => {
  // the longest time in which the page could not answer a person
  globalThis.longest = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - last - 20);
    last = now;
  }, 20);
});
const begin = Date.now();
const since = () => ((Date.now() - begin) / 1000).toFixed(2);
await drop(page, [process.argv[3]]);
await page.waitForFunction(() => document.querySelectorAll("#panel-case-timeline .line").length > 0 && !document.body.classList.contains("empty"), { timeout: 60000, polling: 20 });
console.log(`first row: ${since()} s`);

async function filtered(word) {
  const start = Date.now();
  await page.$eval(".filters input[type=search]", (input, text) => { input.value = text; input.dispatchEvent(new Event("input")); }, word);
  await page.waitForFunction((text) => document.querySelector(".count")?.textContent.includes(" of ") || text === "", { timeout: 30000, polling: 20 }, word);
  return Date.now() - start;
}
console.log(`a search while it reads: ${await filtered("invoice")} ms`);
await page.waitForFunction(() => document.querySelector(".files .state.done") && document.querySelector(".reading").hidden, { timeout: 300000, polling: 50 });
console.log(`all read, judged and in the case: ${since()} s`);
await filtered("");
await page.waitForFunction(() => Number(document.querySelector("table.timeline").getAttribute("aria-rowcount")) > 20000, { timeout: 60000, polling: 50 });
console.log(`rows: ${await page.$eval("table.timeline", (table) => table.getAttribute("aria-rowcount"))}; elements of the table: ${await page.$eval("table.timeline", (table) => table.querySelectorAll("*").length)}`);
const scroll = await page.evaluate(async () => {
  const box = document.querySelector("#panel-case-timeline .scroller");
  let worst = 0;
  let last = performance.now();
  for (let step = 0; step < 120; step += 1) {
    box.scrollTop += 4000;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
  }
  return worst;
});
console.log(`slowest of 120 frames while scrolling: ${scroll.toFixed(0)} ms`);
console.log(`longest time without an answer to the person: ${(await page.evaluate(() => globalThis.longest)).toFixed(0)} ms`);
console.log(`a search at the end: ${await filtered("delivery")} ms`);
await chromium.close();
await served.stop();
